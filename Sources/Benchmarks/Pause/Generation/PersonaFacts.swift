public import JSON

/// What is known of a user before words are put to it: the input of whoever writes the persona.
public struct PersonaFacts: Sendable, Hashable {
    /// How the user trains.
    public var habit: HabitTemplate
    /// First and last day.
    public var dateRange: ClosedRange<CalendarDay>
    /// The time at which the user talks to the assistant.
    public var now: DayTime
    /// Steps, METs, kilocalories and active zone minutes of each day.
    public var activity: JSONObject
    /// Kilocalories eaten on each day.
    public var mealCalories: JSONObject

    /// The facts as one object, for a prompt.
    public var json: JSONObject {
        [
            "meta": [
                "date_range": [
                    .string(dateRange.lowerBound.description), .string(dateRange.upperBound.description),
                ],
                "now": .string(now.description),
            ],
            "activity_30d": .object(activity), "meals_30d_calories": .object(mealCalories),
            "habit_templates": .object(habit.json),
            "common_tags": .array(ProductCatalog.variantTags.map { .string($0) }),
        ]
    }
}

extension PersonaFacts {
    /// Gathers the facts from tables and meals.
    init(habit: HabitTemplate, meta: StoreMeta, tables: WearableTables, meals: [JSONObject]) {
        var activity: [String: JSONObject] = ["steps": [:], "mets": [:], "calories": [:], "azm": [:]]
        for day in meta.days {
            guard let totals = DayTotals(of: day, in: tables) else { continue }
            let key = day.description
            activity["steps"]?[key] = .init(totals.steps)
            activity["mets"]?[key] = .init(totals.mets)
            activity["calories"]?[key] = JSONValue(totals.calories)
            activity["azm"]?[key] = .init(totals.azm)
        }
        var eaten: [(key: String, value: Double)] = []
        for meal in meals {
            let day = String((meal["time"]?.stringValue ?? "").prefix(10))
            let calories = meal["nutrition"]?["calories"]?.doubleValue ?? 0
            if eaten.last?.key == day {
                eaten[eaten.count - 1].value += calories
            } else {
                eaten.append((day, calories))
            }
        }
        self.init(
            habit: habit, dateRange: meta.dateRange, now: meta.now,
            activity: JSONObject(
                entries: ["steps", "mets", "calories", "azm"].map { (key: $0, value: .object(activity[$0] ?? [:])) }),
            mealCalories: JSONObject(
                entries: eaten.map { (key: $0.key, value: JSONValue(roundedLikePython($0.value, 2))) }))
    }
}

extension HabitTemplate {
    /// The habit in words and ranges, without its probabilities.
    public var json: JSONObject {
        func ranks<Choice>(_ choices: [Weighted<Choice>], _ name: (Choice) -> String) -> JSONValue {
            .object(
                JSONObject(
                    entries: choices.map { entry in
                        let rank = entry.weight >= 0.6 ? "primary" : entry.weight >= 0.3 ? "secondary" : "occasional"
                        return (key: name(entry.choice), value: .string(rank))
                    }))
        }
        return [
            "name": .string(name),
            "frequency": [
                "days_per_week": ["min": .init(daysPerWeek.lowerBound), "max": .init(daysPerWeek.upperBound)]
            ],
            "session_duration_minutes": ["min": .init(minutes.lowerBound), "max": .init(minutes.upperBound)],
            "intensity_profile": ranks(intensities) { $0.rawValue },
            "sport_preferences": .array(
                sports.sorted { $0.weight > $1.weight }.prefix(2).map { .string($0.choice) }),
            "day_pattern_preferences": ranks(patterns) { $0.name },
        ]
    }
}
