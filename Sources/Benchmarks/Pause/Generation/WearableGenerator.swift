/// Writes the minutes of days without sport: sleep, sitting and short walks.
struct WearableGenerator {
    /// How likely a still person stays still, and a moving one moving, from one minute to the next.
    static let stay = (still: 0.97, moving: 0.85)

    /// How busy the waking hours are, by the hour, with a mean of about 1 from 07 to 22.
    private static let weekday: [Double] = [
        0.2, 0.1, 0.1, 0.1, 0.2, 0.5, 1.0, 1.6, 1.4, 0.7, 0.7, 0.8, 1.5, 1.1, 0.7, 0.7, 0.9, 1.6, 1.5, 1.1, 0.8, 0.7,
        0.5, 0.3,
    ]
    private static let weekend: [Double] = [
        0.2, 0.1, 0.1, 0.1, 0.1, 0.3, 0.5, 0.7, 1.0, 1.3, 1.5, 1.4, 1.1, 1.1, 1.3, 1.3, 1.2, 1.0, 0.9, 0.8, 0.7, 0.6,
        0.5, 0.4,
    ]

    /// Fills all minutes of the tables.
    static func write(into tables: inout WearableTables, nights: [DailySleep], stream: inout PauseStream) {
        let isAsleep = asleepMinutes(in: tables, nights)
        var isMoving = false
        for day in 0..<tables.dayCount {
            let weights = tables.firstDay.advanced(by: day).isWeekend ? weekend : weekday
            for minute in 0..<WearableTables.minutesPerDay {
                let index = day * WearableTables.minutesPerDay + minute
                if isAsleep[index] {
                    isMoving = false
                    sleep(at: index, into: &tables, &stream)
                    continue
                }
                isMoving =
                    isMoving ? stream.chance(stay.moving) : stream.chance((1 - stay.still) * weights[minute / 60])
                if isMoving { move(at: index, into: &tables, &stream) } else { rest(at: index, into: &tables, &stream) }
            }
        }
    }

    /// Which minutes of the tables lie in a stretch of sleep.
    static func asleepMinutes(in tables: WearableTables, _ nights: [DailySleep]) -> [Bool] {
        var asleep = [Bool](repeating: false, count: tables.intensities.count)
        let origin = DayTime(tables.firstDay, minute: 0).seconds
        for segment in nights.flatMap(\.segments) {
            let start = max(0, (segment.start.seconds - origin) / 60)
            let end = min(asleep.count, (segment.end.seconds - origin) / 60)
            for index in start..<max(start, end) { asleep[index] = true }
        }
        return asleep
    }

    private static func sleep(at index: Int, into tables: inout WearableTables, _ stream: inout PauseStream) {
        let bits = stream.next()
        tables.mets[index] = bits & 1 == 0 ? 9 : 10
        tables.calories[index] = 93 + UInt16(bits >> 1 & 0xFFFF) % 5
    }

    private static func rest(at index: Int, into tables: inout WearableTables, _ stream: inout PauseStream) {
        tables.mets[index] = 10
        tables.calories[index] = UInt16(stream.integer(in: 100...110))
    }

    private static func move(at index: Int, into tables: inout WearableTables, _ stream: inout PauseStream) {
        tables.intensities[index] = stream.chance(0.92) ? 1 : 2
        tables.steps[index] = UInt16(stream.integer(in: 40...60))
        tables.mets[index] = UInt16(stream.integer(in: 20...40))
        tables.calories[index] = UInt16(stream.integer(in: 300...500))
    }
}
