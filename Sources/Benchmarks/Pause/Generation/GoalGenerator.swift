import JSON

/// Draws the user's goals, and the somewhat different ones that each source keeps.
struct GoalGenerator {
    /// The four goals that a source keeps too, with the grids to which a source's daily and weekly goal are rounded.
    private static let sourceGoals = [
        (key: "steps", daily: 100, weekly: 1000), (key: "mets", daily: 100, weekly: 1000),
        (key: "calories_burn", daily: 100, weekly: 1000), (key: "AZM", daily: 5, weekly: 10),
    ]

    /// The platform's daily goals.
    static func daily(_ stream: inout PauseStream) -> JSONObject {
        [
            "steps": .init(stream.integer(in: 80...100) * 100),
            "mets": .init(stream.integer(in: 20...25) * 1000),
            "calories_burn": .init(stream.integer(in: 20...25) * 100),
            "AZM": .init(stream.integer(in: 2...6) * 10),
            "calories_intake": .init(stream.integer(in: 20...25) * 100),
        ]
    }

    /// What the sources keep: goals within a fifth of the platform's, weekly ones seven times as high.
    static func sourceProfiles(
        sources: [String], basicInfo: JSONValue, goals: JSONObject, stream: inout PauseStream
    ) -> [JSONObject] {
        Set(sources).sorted().map { source in
            var daily = JSONObject()
            var weekly = JSONObject()
            for goal in sourceGoals {
                let own = goals[goal.key]?.doubleValue ?? 0
                let value = jittered(own, grid: goal.daily, &stream)
                daily[goal.key] = .init(value)
                weekly[goal.key] = .init(rounded(Double(value * 7), to: goal.weekly))
            }
            return [
                "source": .string(source), "basic_info": basicInfo, "daily_goal": .object(daily),
                "weekly_goal": .object(weekly),
            ]
        }
    }

    /// A value on the grid within a fifth of the goal.
    private static func jittered(_ goal: Double, grid: Int, _ stream: inout PauseStream) -> Int {
        let value = rounded(goal * stream.number(in: 0.8...1.2), to: grid)
        let lowest = Int((goal * 0.8 / Double(grid)).rounded(.up)) * grid
        let highest = Int((goal * 1.2 / Double(grid)).rounded(.down)) * grid
        return min(max(value, lowest), highest)
    }

    private static func rounded(_ value: Double, to grid: Int) -> Int {
        Int((value / Double(grid)).rounded(.toNearestOrEven)) * grid
    }
}
