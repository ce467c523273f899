/// A day's heart rate in beats a minute.
public struct DailyHeartRate: Sendable, Hashable {
    /// The zones' names and bounds, the upper one excluded.
    public static let zones: [(name: String, bounds: Range<Int>)] = [
        ("Below", 30..<90), ("Fat Burn", 90..<110), ("Cardio", 110..<140), ("Peak", 140..<220),
    ]

    /// The day.
    public var day: CalendarDay
    /// The rate at rest.
    public var resting: Int
    /// The mean over the minutes with a reading.
    public var average: Int
    /// The highest.
    public var maximum: Int
    /// The lowest.
    public var minimum: Int
    /// Minutes in each zone, in the order of ``zones``.
    public var zoneMinutes: [Int]

    /// Describes a day.
    public init(day: CalendarDay, resting: Int, average: Int, maximum: Int, minimum: Int, zoneMinutes: [Int]) {
        self.day = day
        self.resting = resting
        self.average = average
        self.maximum = maximum
        self.minimum = minimum
        self.zoneMinutes = zoneMinutes
    }
}
