import JSON

extension WearableTools {
    static func hourlySteps(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        try hourly("steps", &world, call) { JSONValue(Double($0.steps)) }
    }

    static func hourlyCalories(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        try hourly("calories", &world, call) { JSONValue($0.calories) }
    }

    static func hourlyMETs(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        try hourly("mets", &world, call) { JSONValue(Double($0.mets)) }
    }

    static func hourlyActivity(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        let (day, hours) = try window(&world, call)
        return [
            "date": .string(day.description),
            "hours": .array(
                hours.map { hour, totals in
                    [
                        "hour": .init(hour), "time": .string(clockText(hour * 60)),
                        "sedentary_minutes": .init(totals.minutesByIntensity[0]),
                        "lightly_active_minutes": .init(totals.minutesByIntensity[1]),
                        "fairly_active_minutes": .init(totals.minutesByIntensity[2]),
                        "very_active_minutes": .init(totals.minutesByIntensity[3]), "azm_total": .init(totals.azm),
                    ]
                }),
        ]
    }

    private static func hourly(
        _ metric: String, _ world: inout PauseWorld, _ call: PauseCall, _ value: (DayTotals) -> JSONValue
    ) throws(ToolStop) -> JSONValue {
        let (day, hours) = try window(&world, call)
        return [
            "date": .string(day.description), "metric": .string(metric),
            "hours": .array(
                hours.map { hour, totals in
                    ["hour": .init(hour), "time": .string(clockText(hour * 60)), "value": value(totals)]
                }),
        ]
    }

    /// The hours from `start` to before `end`; none of a day without visible data.
    private static func window(
        _ world: inout PauseWorld, _ call: PauseCall
    ) throws(ToolStop) -> (CalendarDay, [(hour: Int, totals: DayTotals)]) {
        let start = try call.integer("start")
        let end = try call.integer("end")
        guard (0...23).contains(start), (1...24).contains(end), start < end else {
            throw .value("start must be 0 to 23, end 1 to 24, and start before end; got \(start) and \(end)")
        }
        let day = try call.day("date")
        guard world.visibleSource(on: day, for: call) != nil, let minutes = world.store.tables.minutes(of: day)
        else { return (day, []) }
        return (
            day,
            (start..<end).map { hour in
                let first = minutes.lowerBound + hour * 60
                return (hour, DayTotals(minutes: first..<first + 60, in: world.store.tables))
            }
        )
    }
}
