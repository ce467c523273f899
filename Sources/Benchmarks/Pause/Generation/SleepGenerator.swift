/// Draws the nights of a user.
struct SleepGenerator {
    /// Minutes asleep: mean and deviation, and what no night leaves.
    static let duration = (mean: 472.0, deviation: 55.0, bounds: 300.0...560.0)
    /// How likely one, two and three stretches are.
    static let segmentWeights = [0.66, 0.28, 0.06]

    /// The nights from the one before the first day to the one that begins on the last.
    ///
    /// A night ends at least 20 minutes before a workout of the next morning.
    static func nights(
        days: ClosedRange<CalendarDay>, sports: [PlannedSport], stream: inout PauseStream
    ) -> [DailySleep] {
        var firstWorkout: [CalendarDay: Int] = [:]
        for sport in sports where sport.minutes.lowerBound < 720 {
            firstWorkout[sport.day] = min(firstWorkout[sport.day] ?? 720, sport.minutes.lowerBound)
        }
        return (days.lowerBound.advanced(by: -1)...days.upperBound).map { day in
            let alarm = firstWorkout[day.advanced(by: 1)].map { 1440 + $0 - 20 } ?? 1920
            return night(of: day, before: alarm, &stream)
        }
    }

    private static func night(of day: CalendarDay, before alarm: Int, _ stream: inout PauseStream) -> DailySleep {
        let drawn = stream.normal(mean: duration.mean, deviation: duration.deviation)
        let asleep = Int(min(max(drawn, duration.bounds.lowerBound), duration.bounds.upperBound).rounded())
        let count = stream.position(weights: segmentWeights) + 1
        let gaps = (1..<max(count, 1)).map { _ in stream.integer(in: 12...45) }
        var start = 1350 + stream.integer(in: -60...60)
        let latestStart = alarm - asleep - gaps.reduce(0, +)
        // Who has to get up early goes to bed earlier, but not before 21:00; then the night is shorter.
        start = max(1260, min(start, latestStart))
        var rest = min(asleep, alarm - start - gaps.reduce(0, +))
        var segments: [DailySleep.Segment] = []
        for index in 0..<count {
            let left = count - index
            let share = left == 1 ? 1 : stream.number(in: 0.35...0.65)
            let minutes = left == 1 ? rest : max(20, Int((Double(rest) * share).rounded()))
            segments.append(segment(of: day, from: start, minutes: minutes, &stream))
            rest -= minutes
            start += minutes + (index < gaps.count ? gaps[index] : 0)
        }
        return DailySleep(day: day, segments: segments)
    }

    private static func segment(
        of day: CalendarDay, from start: Int, minutes: Int, _ stream: inout PauseStream
    ) -> DailySleep.Segment {
        let deepShare = min(max(stream.normal(mean: 0.055, deviation: 0.026), 0), 0.13)
        let remShare = min(max(stream.normal(mean: 0.0085, deviation: 0.007), 0), 0.04)
        let deep = Int((Double(minutes) * deepShare).rounded())
        let rem = Int((Double(minutes) * remShare).rounded())
        return DailySleep.Segment(
            start: DayTime(day, minute: start), end: DayTime(day, minute: start + minutes),
            light: minutes - deep - rem, deep: deep, rem: rem)
    }
}
