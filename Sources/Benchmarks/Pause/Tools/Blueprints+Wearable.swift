import JSON

extension ToolBlueprint {
    /// Aggregated data of the wearables, plots and recommendations.
    static let wearable: [ToolBlueprint] = [
        .init(
            "get_daily_summary",
            "One day in figures: steps, calories, METs, time by activity level, active zone minutes, heart rate, "
                + "which daily goals were reached, and the platform's own scores.",
            [.date]),
        .init(
            "get_range_summary",
            "Several days in figures: sums, daily averages, best and worst day, goals day by day. Days without "
                + "visible data are left out and not counted.",
            [.startDate, .endDate]),
        hourly("steps", "Steps"), hourly("calories", "Burned kilocalories"), hourly("mets", "METs"),
        .init(
            "get_hourly_activity",
            "Minutes by activity level and active zone minutes, hour by hour.", [.date, startHour, endHour]),
        .init(
            "get_daily_sleep_summary",
            "The night that begins on a day, from 08:00 of that day to 08:00 of the next: minutes asleep, stages and "
                + "stretches.",
            [.date]),
        .init(
            "plot_time_series", "Draws evenly spaced values as a chart and returns where it is.",
            [
                .text("start_time", "When the first value was taken, as YYYY-MM-DDTHH:MM:SS."),
                .text(
                    "granularity", "How far apart the values are.", among: ["minute", "hour", "day"]),
                .list("time_series", "The values in order.", of: ["type": "number"]),
                .text("unit", "What the values are measured in, such as steps, kcal or bpm.").optional,
            ]),
        .init(
            "recommend_sports",
            "Suggests a workout from recent ones, a training preference and a wanted intensity. For members only.",
            [
                .list("recent_sports_records", "Recent workouts.", of: recentSport),
                .text(
                    "preference", "What the training is for.",
                    among: ["cardio", "endurance", "speed_training", "strength", "recovery", "mixed_cardio"]),
                .text("intensity", "How hard it may be.", among: ["low", "medium", "high"]),
            ]),
        .init(
            "recommend_health_food", "Suggests a food of the shop for a dietary preference. For members only.",
            [.text("preference", "What the food has to be.", among: HealthFoodPreference.allCases.map(\.rawValue))],
            isExtension: true),
        .init(
            "get_sport_records", "The workouts that the wearables recognised in a range of days.",
            [.startDate, .endDate]),
        .init(
            "get_daily_heart_rate", "A day's heart rate: at rest, average, highest, lowest, and minutes by zone.",
            [.date], isExtension: true),
        .init(
            "get_daily_vitals",
            "A day's oxygen saturation, stress and heart rate variability, as far as the day's device measures them.",
            [.date], isExtension: true),
    ]

    private static let startHour = Parameter.integer("start", "First hour, 0 to 23.", from: 0, to: 23)
    private static let endHour = Parameter.integer(
        "end", "Hour before which the values end, 1 to 24: start 0 and end 2 give the hours 0 and 1.", from: 1, to: 24)

    private static func hourly(_ metric: String, _ title: String) -> ToolBlueprint {
        ToolBlueprint("get_hourly_\(metric)", "\(title) of a day, hour by hour.", [.date, startHour, endHour])
    }

    private static let recentSport: JSONValue = [
        "type": "object",
        "properties": [
            "sport_type": ["type": "string"], "duration_minutes": ["type": "number"],
            "calories": ["type": "number"], "azm": ["type": "number"],
        ],
        "required": ["sport_type", "duration_minutes", "calories", "azm"],
    ]
}
