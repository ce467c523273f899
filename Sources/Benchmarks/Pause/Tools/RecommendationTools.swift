import JSON

/// Suggestions for members.
enum RecommendationTools {
    static let handlers: [String: ToolHandler] = [
        "recommend_sports": sports, "recommend_health_food": healthFood,
    ]

    private static func sports(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        try world.requireVIP(for: call, "Workout suggestions are for members; a VIP membership is needed.")
        let records = try call.list("recent_sports_records")
        let preference = try call.text("preference")
        let intensity = try call.text("intensity")
        guard !records.isEmpty else {
            // The original divides by the number of records.
            if world.showsQuirks { throw .value("division by zero") }
            throw .refused(
                code: "NO_RECENT_RECORDS", message: "recent_sports_records must hold at least one workout.")
        }
        let scales: [String: Double] = ["low": 0.7, "medium": 1, "high": 1.3]
        let scale = scales[intensity] ?? 1
        let plan = workout(for: preference, intensity)
        return [
            "recommendations": [
                [
                    "sport_type": .string(plan.sport), "intensity": .string(intensity),
                    "expected_duration_minutes": .init(plan.minutes),
                    "estimated_calories": .init(estimate("calories", records, scale)),
                    "estimated_azm": .init(estimate("azm", records, scale)), "reason": .string(plan.reason),
                ]
            ]
        ]
    }

    private static func estimate(_ key: String, _ records: [JSONValue], _ scale: Double) -> Int {
        let sum = records.reduce(0) { $0 + ($1[key]?.doubleValue ?? 0) }
        let value = sum / Double(records.count) * scale
        return value.isFinite && value.magnitude < 1e12 ? Int(value) : 0
    }

    private static func workout(
        for preference: String, _ intensity: String
    ) -> (sport: String, minutes: Int, reason: String) {
        switch preference {
        case "cardio":
            (
                intensity == "high" ? "running" : "cycling", intensity == "low" ? 50 : 40,
                "Steady cardio on top of what you did lately."
            )
        case "endurance": ("steady_run", 55, "Your recent workouts carry a longer, even one.")
        case "speed_training": ("interval_training", 25, "Short intervals train speed without a long session.")
        case "strength": ("weight_training", 45, "Strength rounds off what you have been training.")
        case "recovery": ("walking", 35, "An easy walk keeps you moving while you recover.")
        default: ("mixed_cardio", 40, "A mixed session fits what you did lately.")
        }
    }

    private static func healthFood(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        try world.requireVIP(for: call, "Food suggestions are for members; a VIP membership is needed.")
        let text = try call.text("preference")
        guard let preference = HealthFoodPreference(rawValue: text) else {
            let known = HealthFoodPreference.allCases.map(\.rawValue).joined(separator: ", ")
            throw .value("preference must be one of \(known), not '\(text)'")
        }
        let metric = preference.metric
        let candidates = world.catalog.products.filter { $0.tags.contains(text) }
        func value(_ product: Product) -> Double { product.nutrition.json[metric.key]?.doubleValue ?? 0 }
        let best = candidates.min { left, right in
            metric.moreIsBetter ? value(left) > value(right) : value(left) < value(right)
        }
        guard let best else { return ["recommendations": []] }
        let amount = JSONValue(roundedLikePython(value(best), 1))
        return [
            "recommendations": [
                [
                    "item": .string(best.name), "scenario": "snack for the next 3 days",
                    "trait": [
                        "preference": .string(text), "metric": .string(metric.key), "value": amount,
                        "unit": .string(metric.unit),
                    ],
                    "reason": .string("A serving has \(amount) \(metric.unit) of \(metric.key)."),
                ]
            ]
        ]
    }
}
