/// The sums of a day's minutes.
public struct DayTotals: Sendable, Hashable {
    /// Steps.
    public var steps = 0
    /// METs in Fitabase's scale.
    public var mets = 0
    /// Hundredths of kilocalories.
    var caloriesInHundredths = 0
    /// Minutes by intensity 0 to 3.
    public var minutesByIntensity = [0, 0, 0, 0]

    /// Kilocalories, to the hundredth.
    public var calories: Double { Double(caloriesInHundredths) / 100 }
    /// Active zone minutes: those of intensity 2 and 3.
    public var azm: Int { minutesByIntensity[2] + minutesByIntensity[3] }

    /// Adds up some minutes of the tables, given by their places in the arrays.
    public init(minutes: Range<Int>, in tables: WearableTables) {
        for index in minutes.clamped(to: tables.steps.indices) {
            steps += Int(tables.steps[index])
            mets += Int(tables.mets[index])
            caloriesInHundredths += Int(tables.calories[index])
            minutesByIntensity[min(Int(tables.intensities[index]), 3)] += 1
        }
    }

    /// Adds up a day; nil for a day that the tables do not cover.
    public init?(of day: CalendarDay, in tables: WearableTables) {
        guard let minutes = tables.minutes(of: day) else { return nil }
        self.init(minutes: minutes, in: tables)
    }
}
