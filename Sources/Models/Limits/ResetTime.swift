/// Reads when a rate is whole again, in whichever way a provider says it.
enum ResetTime {
    private static let units: [(name: String, seconds: Double)] = [
        ("ms", 0.001), ("d", 86_400), ("h", 3600), ("m", 60), ("s", 1),
    ]

    /// Seconds from now: `0.5`, `12ms`, `6m0s`, `1h2m3.5s`, seconds or milliseconds since 1970, or an RFC 3339 time.
    ///
    /// Nil for anything else. `wallNow` is the time in seconds since 1970.
    static func seconds(_ text: String, wallNow: Double) -> Double? {
        if let number = Double(text) {
            guard number.isFinite, number >= 0 else { return nil }
            // No rate takes thirty years; such a number is a moment.
            if number > 1e11 { return max(0, number / 1000 - wallNow) }
            return number > 1e9 ? max(0, number - wallNow) : number
        }
        return duration(text) ?? moment(text).map { max(0, $0 - wallNow) }
    }

    private static func duration(_ text: String) -> Double? {
        var rest = text[...]
        var sum = 0.0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            rest = rest.dropFirst(digits.count)
            guard let value = Double(digits), value.isFinite,
                let unit = units.first(where: { rest.hasPrefix($0.name) })
            else { return nil }
            rest = rest.dropFirst(unit.name.count)
            sum += value * unit.seconds
        }
        return text.isEmpty ? nil : sum
    }

    /// Seconds since 1970 of `2025-01-15T14:24:00Z`, fractions of a second and other offsets included.
    private static func moment(_ text: String) -> Double? {
        guard let split = text.firstIndex(where: { $0 == "T" || $0 == "t" || $0 == " " }) else { return nil }
        let date = text[..<split].split(separator: "-").map { Int($0) }
        var clock = text[text.index(after: split)...]
        var offset = 0.0
        if let sign = clock.firstIndex(where: { $0 == "+" || $0 == "-" }) {
            let parts = clock[sign...].dropFirst().split(separator: ":").map { Double($0) }
            guard parts.count == 2, let hours = parts[0], let minutes = parts[1] else { return nil }
            offset = (clock[sign] == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
            clock = clock[..<sign]
        } else {
            guard let last = clock.last, last == "Z" || last == "z" else { return nil }
            clock = clock.dropLast()
        }
        let time = clock.split(separator: ":").map { Double($0) }
        guard date.count == 3, let year = date[0], let month = date[1], let day = date[2],
            (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day),
            time.count == 3, let hour = time[0], let minute = time[1], let second = time[2],
            (0..<24).contains(hour), (0..<60).contains(minute), (0..<61).contains(second)
        else { return nil }
        let days = HTTPDate.daysSince1970(year: year, month: month, day: day)
        return Double(days) * 86_400 + hour * 3600 + minute * 60 + second - offset
    }
}
