/// A moment on the user's own clock, to the second and without time zone.
///
/// Its text is `YYYY-MM-DDTHH:MM:SS`.
public struct DayTime: Sendable, Hashable, Comparable {
    /// Seconds since 1970-01-01T00:00:00 on the same clock.
    public var seconds: Int

    /// Makes a moment from its distance to 1970.
    public init(seconds: Int) { self.seconds = seconds }

    /// Makes a moment of a day; minutes beyond the day's end lead into the following days.
    public init(_ day: CalendarDay, minute: Int, second: Int = 0) {
        seconds = day.number * 86_400 + minute * 60 + second
    }

    /// Reads `YYYY-MM-DDTHH:MM:SS`, and nothing else.
    public init?(_ text: some StringProtocol) {
        let halves = text.split(separator: "T", omittingEmptySubsequences: false)
        guard halves.count == 2, let day = CalendarDay(halves[0]) else { return nil }
        let parts = halves[1].split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let hour = twoDigits(parts[0], below: 24), let minute = twoDigits(parts[1], below: 60),
            let second = twoDigits(parts[2], below: 60)
        else { return nil }
        self.init(day, minute: hour * 60 + minute, second: second)
    }

    /// Reads what people and older files write too: `YYYY-MM-DD`, with `T` or a blank, with or without seconds.
    public init?(lenient text: some StringProtocol) {
        let pieces = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "T" || $0 == " " }
        guard let first = pieces.first, let day = CalendarDay(first) else { return nil }
        guard pieces.count == 2 else {
            self.init(day, minute: 0)
            return
        }
        let clock = pieces[1].split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(clock.count), let hour = twoDigits(clock[0], below: 24),
            let minute = twoDigits(clock[1], below: 60)
        else { return nil }
        let second = clock.count == 3 ? twoDigits(clock[2].prefix(2), below: 60) : 0
        guard let second else { return nil }
        self.init(day, minute: hour * 60 + minute, second: second)
    }

    /// The day.
    public var day: CalendarDay { CalendarDay(number: Int((Double(seconds) / 86_400).rounded(.down))) }

    /// Minutes since midnight.
    public var minuteOfDay: Int { (seconds - day.number * 86_400) / 60 }

    /// The hour of the day.
    public var hour: Int { minuteOfDay / 60 }

    /// Whether the earlier comes first.
    public static func < (left: Self, right: Self) -> Bool { left.seconds < right.seconds }

    /// The moment that many minutes later.
    public func adding(minutes: Int) -> Self { Self(seconds: seconds + minutes * 60) }
}

extension DayTime: CustomStringConvertible {
    /// The text `YYYY-MM-DDTHH:MM:SS`.
    public var description: String {
        let second = (seconds - day.number * 86_400) % 60
        return "\(day)T\(clockText(minuteOfDay)):\(padded(second, to: 2))"
    }
}

/// A minute of the day as `HH:MM`.
func clockText(_ minute: Int) -> String { "\(padded(minute / 60, to: 2)):\(padded(minute % 60, to: 2))" }

/// One or two decimal digits below a bound.
func twoDigits(_ text: some StringProtocol, below bound: Int) -> Int? {
    guard (1...2).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        let value = Int(text), value < bound
    else { return nil }
    return value
}
