import JSON

extension SourceTools {
    /// Values of a day: the minute of each and what it is.
    private typealias Series = [(minute: Int, value: JSONValue)]

    static func steps(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        try minutes(&world, call, grid: \.stepMinutes) { tables, range in
            .init(range.reduce(0) { $0 + Int(tables.steps[$1]) })
        }
    }

    static func calories(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        try minutes(&world, call) { tables, range in
            JSONValue(Double(range.reduce(0) { $0 + Int(tables.calories[$1]) }) / 100)
        }
    }

    static func mets(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        try minutes(&world, call) { tables, range in
            JSONValue(Double(range.reduce(0) { $0 + Int(tables.mets[$1]) }))
        }
    }

    static func intensities(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        try minutes(&world, call) { tables, range in .init(Int(tables.intensities[range.lowerBound])) }
    }

    static func heartRate(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        let (source, day) = try admit(&world, call)
        guard let grid = source.heartRateMinutes else { throw unmeasured("a continuous heart rate", source) }
        let tables = world.store.tables
        let all = slots(of: day, every: grid, in: tables).compactMap { minute, range -> (Int, JSONValue)? in
            let readings = tables.heartRates[range].filter { $0 > 0 }
            guard !readings.isEmpty else { return nil }
            let sum = readings.reduce(0) { $0 + Int($1) }
            return (minute, .init(Int((Double(sum) / Double(readings.count)).rounded())))
        }
        return try answer(all, source, day, call)
    }

    static func oxygen(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        let (source, day) = try admit(&world, call)
        guard let series = DayVitals(of: day, from: source, in: world.store)?.oxygen else {
            throw unmeasured("oxygen saturation", source)
        }
        return try answer(series.map { ($0.minute, .init($0.value)) }, source, day, call)
    }

    static func stress(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        let (source, day) = try admit(&world, call)
        guard let series = DayVitals(of: day, from: source, in: world.store)?.stress else {
            throw unmeasured("stress", source)
        }
        return try answer(series.map { ($0.minute, .init($0.value)) }, source, day, call)
    }

    /// A minute table, on the device's grid where it has a coarser one.
    private static func minutes(
        _ world: inout PauseWorld, _ call: PauseCall, grid: KeyPath<WearableSource, Int>? = nil,
        _ value: (WearableTables, Range<Int>) -> JSONValue
    ) throws(ToolStop) -> JSONValue {
        let (source, day) = try admit(&world, call)
        let step = world.showsQuirks ? 1 : grid.map { source[keyPath: $0] } ?? 1
        let tables = world.store.tables
        let all = slots(of: day, every: step, in: tables).map { minute, range in (minute, value(tables, range)) }
        return try answer(all, source, day, call)
    }

    /// The stretches of a day: their first minutes and their places in the arrays.
    private static func slots(
        of day: CalendarDay, every step: Int, in tables: WearableTables
    ) -> [(minute: Int, range: Range<Int>)] {
        guard let minutes = tables.minutes(of: day) else { return [] }
        return stride(from: 0, to: WearableTables.minutesPerDay, by: step).map { minute in
            let first = minutes.lowerBound + minute
            return (minute, first..<min(first + step, minutes.upperBound))
        }
    }

    /// Permission, then the user's choice of sources, then the day's source.
    private static func admit(
        _ world: inout PauseWorld, _ call: PauseCall
    ) throws(ToolStop) -> (source: WearableSource, day: CalendarDay) {
        try world.require(
            .rawData, for: call, "The user has not given the permission for raw data (allow_raw_data_access).")
        let name = call.source ?? ""
        try world.requireReadable(name, for: call)
        let day = try call.day("date")
        let visible = world.store.profile.visibleSource(on: day)
        let granted = visible?.source == name
        world.note(
            call, .sourceOfDay, granted: granted,
            granted ? "\(day) has data of \(name)" : "\(day) has no data of \(name)")
        guard granted, let source = WearableSource.named(name) else {
            throw .refused(code: "DATA_NOT_AVAILABLE", message: "There are no data for \(day).")
        }
        return (source, day)
    }

    private static func unmeasured(_ what: String, _ source: WearableSource) -> ToolStop {
        .refused(code: "DATA_NOT_AVAILABLE", message: "The device \(source.deviceID) does not measure \(what).")
    }

    /// The values within the call's window, both ends included.
    private static func answer(
        _ series: Series, _ source: WearableSource, _ day: CalendarDay, _ call: PauseCall
    ) throws(ToolStop) -> JSONValue {
        let first = try minute("start", call) ?? 0
        let last = try minute("end", call) ?? WearableTables.minutesPerDay - 1
        let shown = series.filter { $0.minute >= first && $0.minute <= last }
        return [
            "date": .string(day.description), "source": .string(source.name),
            "data": .array(
                shown.map { ["time": .string(clockText($0.minute) + ":00"), "value": $0.value] }),
        ]
    }

    private static func minute(_ name: String, _ call: PauseCall) throws(ToolStop) -> Int? {
        guard let text = try call.optionalText(name), !text.isEmpty else { return nil }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let hour = twoDigits(parts[0], below: 24), let minute = twoDigits(parts[1], below: 60)
        else { throw .value("\(name) must be HH:mm, not '\(text)'") }
        return hour * 60 + minute
    }
}
