/// What the wearables measured: four minute tables, two daily ones, and the heart rate behind the daily one.
///
/// One value per minute in compact arrays that all copies share; a user's thirty days are 345 kB.
public struct WearableTables: Sendable, Hashable {
    /// Minutes of a day.
    public static let minutesPerDay = 1440

    /// The first day.
    public var firstDay: CalendarDay
    /// How many days there are.
    public var dayCount: Int
    /// Steps of each minute.
    public var steps: [UInt16]
    /// Kilocalories of each minute, in hundredths.
    public var calories: [UInt16]
    /// METs of each minute in Fitabase's scale: ten times the usual value.
    public var mets: [UInt16]
    /// How intense each minute was: 0 sedentary, 1 light, 2 fair, 3 very active.
    public var intensities: [UInt8]
    /// Heart rate of each minute; 0 where the device was not on the wrist; not one of the six documented tables.
    public var heartRates: [UInt8]
    /// A day's heart rate, in the order of the days.
    public var dailyHeartRates: [DailyHeartRate]
    /// The night that begins on a day, in the order of the days.
    public var dailySleep: [DailySleep]

    /// Tables of a person who lies still, to be written into.
    public init(firstDay: CalendarDay, dayCount: Int) {
        let minutes = dayCount * Self.minutesPerDay
        self.firstDay = firstDay
        self.dayCount = dayCount
        steps = Array(repeating: 0, count: minutes)
        calories = Array(repeating: 0, count: minutes)
        mets = Array(repeating: 0, count: minutes)
        intensities = Array(repeating: 0, count: minutes)
        heartRates = Array(repeating: 0, count: minutes)
        dailyHeartRates = []
        dailySleep = []
    }

    /// The minutes of a day within the arrays; nil for a day that is not covered.
    public func minutes(of day: CalendarDay) -> Range<Int>? {
        let index = firstDay.distance(to: day)
        guard (0..<dayCount).contains(index) else { return nil }
        return index * Self.minutesPerDay..<(index + 1) * Self.minutesPerDay
    }

    /// A day's heart rate; nil for a day that is not covered.
    public func heartRate(of day: CalendarDay) -> DailyHeartRate? {
        dailyHeartRates.first { $0.day == day }
    }

    /// The night that begins on a day; nil for a day that is not covered.
    public func sleep(of day: CalendarDay) -> DailySleep? {
        dailySleep.first { $0.day == day }
    }
}
