import JSON

extension TemplateScene {
    /// Opens a source's own tools: permission and discovery.
    mutating func openSource(_ source: String) throws {
        try grant(.rawData)
        try look("get_source_features", ["source_name": .string(source)])
    }

    /// Has the user connect every source that was worn on some of the days and is not connected.
    mutating func connectSources(of days: ClosedRange<CalendarDay>) throws {
        try look("get_system_settings", [:])
        for source in disconnectedSources(of: days) {
            try ask("update_source", ["source_name": .string(source), "allow": true])
        }
    }

    /// The sources worn on some of the days that are not connected, by name.
    func disconnectedSources(of days: ClosedRange<CalendarDay>) -> [String] {
        let worn = Set(days.days.compactMap { start.assignedSource(on: $0) })
        return worn.filter { $0 != "missing" && !start.isConnected($0) }.sorted()
    }

    /// The notes of the last week.
    mutating func recentNotes() throws -> [JSONValue] {
        try grant(.userNotes)
        let week = today.advanced(by: -7)...today
        return try look("list_notes", Self.bounds(week)).list("notes")
    }

    /// The care plans.
    mutating func carePlans() throws -> [JSONValue] {
        try openMedicalAssistant()
        return try look("med-get_resources", ["resource_type": "care_plans"]).list("resources")
    }

    /// The confirmed appointment.
    mutating func appointment() throws -> JSONValue {
        try openMedicalAssistant()
        let list = try look("med-get_resources", ["resource_type": "appointments"]).list("resources")
        guard let found = list.first(where: { $0["status"] == "confirmed" }) else {
            throw TemplateFailure("no appointment")
        }
        return found
    }

    /// The value of a rule's measure for each of the days.
    mutating func values(of rule: DayRule, on days: ClosedRange<CalendarDay>) throws -> [Double] {
        switch rule.measure {
        case .activity(let path):
            var values: [Double] = []
            for day in days.days { values.append(try summary(of: day).number(path)) }
            return values
        case .intake: return try intake(of: days).map(\.calories)
        }
    }

    /// Kilocalories eaten on each of the days.
    ///
    /// Throws ``TemplateFailure`` when a day has no meal on record.
    mutating func intake(of days: ClosedRange<CalendarDay>) throws -> [(day: CalendarDay, calories: Double)] {
        let meals = try meals(of: days)
        return try days.days.map { day in
            let eaten = meals.filter { $0.time.day == day }
            guard !eaten.isEmpty else { throw TemplateFailure("a day without meals") }
            return (day, Money.rounded(eaten.reduce(0) { $0 + $1.calories }))
        }
    }

    /// A workout with the source that recorded it, connected or to be connected.
    mutating func workoutWithSource() throws -> (day: CalendarDay, record: JSONObject, source: String) {
        let profile = start
        let known = Set(profile.marketplaces.map(\.source))
        let workouts = sports { day in profile.assignedSource(on: day).map { known.contains($0) } ?? false }
        let counts = Dictionary(grouping: workouts, by: \.day).mapValues(\.count)
        let single = workouts.filter { counts[$0.day] == 1 }
        guard let workout = stream.pick(single), let source = profile.assignedSource(on: workout.day) else {
            throw TemplateFailure("no workout with a source")
        }
        return (workout.day, workout.record, source)
    }

    /// The minutes of a workout from its source's intensities; also the call that the current target asks for.
    mutating func intensities(
        of workout: (day: CalendarDay, record: JSONObject, source: String)
    ) throws -> [JSONValue] {
        try connectSources(of: workout.day...workout.day)
        try look("get_sport_records", Self.bounds(workout.day...workout.day))
        try openSource(workout.source)
        let record = JSONValue.object(workout.record)
        let begin = try record.words("start_time").dropFirst(11).prefix(5)
        let end = try record.words("end_time").dropFirst(11).prefix(5)
        let data = try act(
            "\(workout.source)-get_intraday_intensities",
            ["date": .string("\(workout.day)"), "start": .string(String(begin)), "end": .string(String(end))],
            free: ["start", "end"]
        ).list("data")
        guard data.count > 1 else { throw TemplateFailure("no minutes") }
        return data
    }

    /// The hours of a workout in words: `from 18:05 to 18:50`.
    func hours(of record: JSONObject) throws -> String {
        let value = JSONValue.object(record)
        let begin = try value.words("start_time").dropFirst(11).prefix(5)
        let end = try value.words("end_time").dropFirst(11).prefix(5)
        return "from \(begin) to \(end)"
    }

    /// The goal kinds, hours and days that templates draw from.
    mutating func reminderTime() -> (time: String, days: [String]) {
        let week = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let chosen = Set(stream.sample(stream.integer(in: 2...3), of: week))
        let time = stream.pick(["07:30", "12:15", "17:45", "20:00"]) ?? "12:15"
        return (time, week.filter { chosen.contains($0) })
    }
}
