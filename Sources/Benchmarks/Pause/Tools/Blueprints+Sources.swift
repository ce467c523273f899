extension ToolBlueprint {
    /// Raw data and weekly goals of one source.
    static let sourceTools: [ToolBlueprint] = [
        intraday("intensities", "Activity levels 0 to 3"), intraday("mets", "METs"),
        intraday("calories", "Burned kilocalories"), intraday("steps", "Steps"),
        .init(
            "create_activity_plan", "Sets a weekly goal of this source.",
            [
                .text(
                    "goal_type", "Which goal.", among: ["steps", "AZM", "mets", "calories_burn"]),
                .integer("value", "The goal for a week."),
            ]),
        .init("get_activity_plan", "The weekly goals of this source."),
        intraday("heart_rate", "Heart rates", isExtension: true),
        .init("get_intraday_spo2", "A day's oxygen saturation in percent.", [.date], isExtension: true),
        .init("get_intraday_stress", "A day's stress values from 0 to 100.", [.date], isExtension: true),
    ]

    private static func intraday(_ metric: String, _ title: String, isExtension: Bool = false) -> ToolBlueprint {
        ToolBlueprint(
            "get_intraday_\(metric)", "\(title) of this source as they were measured, within a window of a day.",
            [
                .date, Parameter.text("start", "First minute, as HH:mm.").optional,
                Parameter.text("end", "Last minute, as HH:mm; it belongs to the window.").optional,
            ],
            isExtension: isExtension)
    }
}
