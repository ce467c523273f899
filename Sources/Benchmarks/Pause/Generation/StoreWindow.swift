import Evaluation

/// The days that a store covers, and the time at which the user talks.
struct StoreWindow {
    let days: ClosedRange<CalendarDay>
    let now: DayTime

    /// Draws the first day so that all days lie in the target years, and a full hour of the last day's evening.
    init(_ settings: StoreSettings) throws {
        guard (1...StoreMeta.maximumDays).contains(settings.days) else {
            throw EvaluationError(
                .configurationInvalid,
                "a store covers 1 to \(StoreMeta.maximumDays) days, not \(settings.days)", cause: .configuration)
        }
        guard let earliest = CalendarDay(year: settings.targetYears.lowerBound, month: 1, day: 1),
            let last = CalendarDay(year: settings.targetYears.upperBound, month: 12, day: 31),
            earliest.distance(to: last) >= settings.days - 1
        else {
            throw EvaluationError(
                .configurationInvalid,
                "\(settings.days) days do not fit into the years \(settings.targetYears.lowerBound) to "
                    + "\(settings.targetYears.upperBound)",
                cause: .configuration, advice: "Give a wider range of target years.")
        }
        var window = PauseStream(seed: settings.seed, stage: "window")
        let offset = window.integer(in: 0...earliest.distance(to: last) - (settings.days - 1))
        let first = earliest.advanced(by: offset)
        days = first...first.advanced(by: settings.days - 1)
        var clock = PauseStream(seed: settings.seed, stage: "now")
        now = DayTime(days.upperBound, minute: clock.integer(in: 18...22) * 60)
    }
}
