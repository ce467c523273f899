/// Derives heart rates from what a user did: sleep, rest, walking and sport, with the strap off now and then.
struct HeartRateGenerator {
    /// Beats above the resting rate while awake and still, and by the minute's intensity.
    private static let rise: [Double] = [26, 34, 66, 90]

    /// Fills the minute rates and the daily table.
    static func write(into tables: inout WearableTables, nights: [DailySleep], stream: inout PauseStream) {
        let isAsleep = WearableGenerator.asleepMinutes(in: tables, nights)
        let usual = min(max(stream.normal(mean: 54, deviation: 4), 44), 68)
        var rate = usual + 10
        for day in 0..<tables.dayCount {
            let resting = min(max(usual + stream.normal(mean: 0, deviation: 2), 42), 72)
            // Some days lie heavier on the heart than others.
            let strain = stream.normal(mean: 0, deviation: 4.5)
            let vigour = min(max(stream.normal(mean: 1, deviation: 0.16), 0.6), 1.45)
            var stairs = 0
            let off = offWrist(&stream)
            for minute in 0..<WearableTables.minutesPerDay {
                let index = day * WearableTables.minutesPerDay + minute
                let level = min(Int(tables.intensities[index]), 3)
                if level > 0, stream.chance(0.025) { stairs = 3 }
                stairs = level > 0 ? max(0, stairs - 1) : 0
                let target =
                    isAsleep[index] && level == 0
                    ? resting + 8
                    : resting + rise[level] * (level > 0 ? vigour : 1) + strain + (stairs > 0 ? 38 : 0)
                // The heart follows within a few minutes, faster up than down.
                let pace = target > rate ? 0.5 : 0.22
                rate += (target - rate) * pace + stream.normal(mean: 0, deviation: 1.9)
                rate = min(max(rate, resting), 200)
                if !isAsleep[index], off.contains(where: { $0.contains(minute) }) {
                    tables.heartRates[index] = 0
                } else {
                    tables.heartRates[index] = UInt8(rate.rounded())
                }
            }
            tables.dailyHeartRates.append(summary(of: day, resting: Int(resting.rounded()), in: tables))
        }
    }

    /// None to two stretches of 20 to 120 waking minutes without a reading.
    private static func offWrist(_ stream: inout PauseStream) -> [Range<Int>] {
        (0..<stream.integer(in: 0...2)).map { _ in
            let length = stream.integer(in: 20...120)
            let start = stream.integer(in: 420...1320 - length)
            return start..<start + length
        }
    }

    private static func summary(of day: Int, resting: Int, in tables: WearableTables) -> DailyHeartRate {
        let start = day * WearableTables.minutesPerDay
        var zones = [0, 0, 0, 0]
        var sum = 0
        var count = 0
        var maximum = 0
        var minimum = Int.max
        for rate in tables.heartRates[start..<start + WearableTables.minutesPerDay] where rate > 0 {
            let rate = Int(rate)
            sum += rate
            count += 1
            maximum = max(maximum, rate)
            minimum = min(minimum, rate)
            zones[rate < 90 ? 0 : rate < 110 ? 1 : rate < 140 ? 2 : 3] += 1
        }
        // Never empty: at most four hours of a day are without a reading.
        let average = count > 0 ? Int((Double(sum) / Double(count)).rounded()) : resting
        return DailyHeartRate(
            day: tables.firstDay.advanced(by: day), resting: min(resting, minimum), average: average,
            maximum: maximum, minimum: count > 0 ? minimum : resting, zoneMinutes: zones)
    }
}
