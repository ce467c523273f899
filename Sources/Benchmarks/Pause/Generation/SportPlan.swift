import JSON

/// A workout that a user's habit puts on a day.
struct PlannedSport: Hashable {
    let day: CalendarDay
    /// Minutes of the day, the end excluded.
    let minutes: Range<Int>
    let intensity: SportIntensity
    let name: String
}

/// The workouts of a user, drawn week by week from one habit template.
struct SportPlan {
    let template: HabitTemplate
    let sports: [PlannedSport]

    /// Draws template, training days, patterns and times; writes nothing.
    ///
    /// The last day stays free: its evening may lie after the store's `now`.
    init(days: ClosedRange<CalendarDay>, stream: inout PauseStream) {
        let template = HabitTemplate.all[stream.integer(in: 0...HabitTemplate.all.count - 1)]
        var sports: [PlannedSport] = []
        for week in Self.naturalWeeks(of: days) {
            let wanted = stream.integer(in: template.daysPerWeek)
            let free = week.filter { $0 < days.upperBound }
            for day in stream.sample(min(wanted, free.count), of: free).sorted() {
                sports += Self.sports(on: day, template, &stream)
            }
        }
        self.template = template
        self.sports = sports
    }

    /// The days by weeks from Monday to Sunday.
    static func naturalWeeks(of days: ClosedRange<CalendarDay>) -> [[CalendarDay]] {
        var weeks: [[CalendarDay]] = []
        for day in days {
            if day.weekday == 0 || weeks.isEmpty { weeks.append([]) }
            weeks[weeks.count - 1].append(day)
        }
        return weeks
    }

    private static func sports(
        on day: CalendarDay, _ template: HabitTemplate, _ stream: inout PauseStream
    ) -> [PlannedSport] {
        var sports: [PlannedSport] = []
        for window in stream.pick(template.patterns)?.windows ?? [] {
            let duration = stream.integer(in: template.minutes)
            guard let start = place(duration, in: window, besides: sports, &stream),
                let intensity = stream.pick(template.intensities), let name = stream.pick(template.sports)
            else { continue }
            sports.append(
                PlannedSport(day: day, minutes: start..<start + duration, intensity: intensity, name: name))
        }
        return sports.sorted { $0.minutes.lowerBound < $1.minutes.lowerBound }
    }

    private static func place(
        _ duration: Int, in window: Range<Int>, besides sports: [PlannedSport], _ stream: inout PauseStream
    ) -> Int? {
        guard window.count >= duration else { return nil }
        for _ in 0..<60 {
            let start = stream.integer(in: window.lowerBound...window.upperBound - duration)
            if !sports.contains(where: { $0.minutes.overlaps(start..<start + duration) }) { return start }
        }
        return nil
    }
}

extension SportPlan {
    /// Writes the workouts' minutes into the tables and returns their records.
    ///
    /// Intensities come first; steps, METs and calories follow from them, and the record counts what was written.
    func inject(into tables: inout WearableTables, stream: inout PauseStream) -> [JSONObject] {
        sports.compactMap { sport in
            guard let dayMinutes = tables.minutes(of: sport.day) else { return nil }
            let mix = sport.intensity.minuteMix
            let weights = mix.map(\.weight)
            var azm = 0
            var calories = 0
            for minute in sport.minutes {
                let level = mix[stream.position(weights: weights)].level
                let index = dayMinutes.lowerBound + minute
                write(level, at: index, into: &tables, &stream)
                if level >= 2 { azm += 1 }
                calories += Int(tables.calories[index])
            }
            return sport.record(calories: Double(calories) / 100, azm: azm)
        }
    }

    private func write(_ level: Int, at index: Int, into tables: inout WearableTables, _ stream: inout PauseStream) {
        let figures = MinuteLevel.all[level]
        let steps = stream.number(in: figures.steps) + stream.number(in: -8...8)
        let calories = stream.number(in: figures.calories) + stream.number(in: -0.5...0.5)
        let mets = stream.number(in: figures.mets) + stream.number(in: -0.3...0.3)
        tables.intensities[index] = UInt8(level)
        tables.steps[index] = UInt16(max(0, steps).rounded())
        tables.calories[index] = UInt16((max(0, calories) * 100).rounded())
        tables.mets[index] = UInt16(max(0, mets).rounded())
    }
}

extension PlannedSport {
    func record(calories: Double, azm: Int) -> JSONObject {
        [
            "sport_type": "sport", "sport_name": .string(name),
            "start_time": .string(DayTime(day, minute: minutes.lowerBound).description),
            "end_time": .string(DayTime(day, minute: minutes.upperBound).description),
            "intensity": .string(intensity.rawValue),
            "statistics": ["calories": JSONValue(calories), "azm": .init(azm)],
            "user_note": "",
        ]
    }
}
