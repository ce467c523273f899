import JSON

/// The platform's aggregated wearable data.
enum WearableTools {
    static let handlers: [String: ToolHandler] = [
        "get_daily_summary": dailySummary, "get_range_summary": rangeSummary, "get_hourly_steps": hourlySteps,
        "get_hourly_calories": hourlyCalories, "get_hourly_mets": hourlyMETs, "get_hourly_activity": hourlyActivity,
        "get_daily_sleep_summary": sleepSummary, "plot_time_series": plot, "get_sport_records": sportRecords,
        "get_daily_heart_rate": dailyHeartRate, "get_daily_vitals": dailyVitals,
    ]

    private static func dailySummary(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        let day = try call.day("date")
        guard let (source, device) = world.visibleSource(on: day, for: call),
            let summary = DaySummary(of: day, in: world.store)
        else { return DaySummary.empty(day) }
        return .object(summary.json(source: source, device: device))
    }

    private static func rangeSummary(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        guard let range = try call.days() else { throw .value("start_date must not be after end_date") }
        let days = world.visibleDays(in: range, for: call)
        let summaries = days.compactMap { DaySummary(of: $0, in: world.store) }
        return .object(RangeSummary(range: range, days: summaries).json)
    }

    private static func sleepSummary(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        let day = try call.day("date")
        let isVisible = world.visibleSource(on: day, for: call) != nil
        // The original never finds a night.
        let night = isVisible && !world.showsQuirks ? world.store.tables.sleep(of: day) : nil
        let minutes = night?.totalMinutes ?? 0
        return [
            "date": .string(day.description), "total_sleep_minutes": .init(minutes),
            "total_sleep_hours": JSONValue(roundedLikePython(Double(minutes) / 60, 3)),
            "total_light_minutes": .init(night?.lightMinutes ?? 0),
            "total_deep_minutes": .init(night?.deepMinutes ?? 0),
            "total_rem_minutes": .init(night?.remMinutes ?? 0),
            "segment_count": .init(night?.segments.count ?? 0),
            "segments": .array(night?.segments.map(\.json) ?? []),
        ]
    }

    private static func sportRecords(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        guard let range = try call.days() else { return [] }
        let visible = Set(world.visibleDays(in: range, for: call))
        let sports = world.store.profile.records(.sports).filter { record in
            DayTime(lenient: record["start_time"]?.stringValue ?? "").map { visible.contains($0.day) } ?? false
        }
        return .array(sports.map { .object($0) })
    }

    private static func dailyHeartRate(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        let day = try call.day("date")
        let visible = world.visibleSource(on: day, for: call)
        // A device without a continuous heart rate has none to show, though the platform's summary estimates it.
        let measures = visible.flatMap { WearableSource.named($0.source) }?.heartRateMinutes != nil
        let rate = measures ? world.store.tables.heartRate(of: day) : nil
        return [
            "date": .string(day.description), "source": .string(visible?.source ?? "unknown"),
            "device": .string(visible?.device ?? "unknown"), "heart_rate": rate?.json ?? .null,
        ]
    }

    private static func dailyVitals(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        let day = try call.day("date")
        let visible = world.visibleSource(on: day, for: call)
        let source = visible.flatMap { WearableSource.named($0.source) }
        let vitals = source.flatMap { DayVitals(of: day, from: $0, in: world.store) }
        return [
            "date": .string(day.description), "source": .string(visible?.source ?? "unknown"),
            "device": .string(visible?.device ?? "unknown"), "spo2": vitals?.oxygenJSON ?? .null,
            "stress": vitals?.stressJSON ?? .null, "hrv": vitals?.variabilityJSON ?? .null,
        ]
    }

    private static func plot(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        let granularity = try call.text("granularity")
        guard let step = PlotDrawing.Granularity(rawValue: granularity) else {
            throw .value("granularity must be minute, hour or day, not '\(granularity)'")
        }
        var values: [Double] = []
        for value in try call.list("time_series") {
            guard let number = value.doubleValue, number.isFinite else {
                throw .type("time_series must hold numbers only, not \(value.typeName)")
            }
            values.append(number)
        }
        guard !values.isEmpty else { throw .value("time_series must not be empty") }
        let start = try call.moment("start_time")
        let unit = try call.optionalText("unit") ?? "unknown"
        let id = world.identifier(.plot, call)
        let drawing = PlotDrawing(start: start, granularity: step, values: values, unit: unit)
        let plot = PausePlot(id: id, svg: drawing.svg)
        world.plots.append(plot)
        return [
            "image_url": .string(world.showsQuirks ? "https://api.example.com/plots/\(id).png" : plot.path),
            "plot_id": .string(id), "granularity": .string(granularity), "unit": .string(unit),
            "data_points": .init(values.count), "start_time": .string(start.description),
        ]
    }
}
