import JSON

/// Raw data and weekly goals of one source.
enum SourceTools {
    static let handlers: [String: ToolHandler] = [
        "get_intraday_steps": steps, "get_intraday_calories": calories, "get_intraday_mets": mets,
        "get_intraday_intensities": intensities, "get_intraday_heart_rate": heartRate, "get_intraday_spo2": oxygen,
        "get_intraday_stress": stress, "create_activity_plan": createPlan, "get_activity_plan": plan,
    ]

    private static let goalTypes = ["steps", "AZM", "mets", "calories_burn"]

    private static func createPlan(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        let source = call.source ?? ""
        let goal = try call.text("goal_type")
        let value = try call.integer("value")
        try world.requireKnown(source, for: call)
        guard goalTypes.contains(goal) else {
            throw .refused(
                code: "INVALID_GOAL_TYPE",
                message: "goal_type must be one of \(goalTypes.joined(separator: ", ")), not '\(goal)'.")
        }
        var profile = world.store.profile
        if !profile.records(.sourceProfiles).contains(where: { $0["source"]?.stringValue == source }) {
            profile.append(
                [
                    "source": .string(source),
                    "basic_info": profile.json["user_profile"]?["basic_info"] ?? [:], "daily_goal": [:],
                    "weekly_goal": [:],
                ], to: .sourceProfiles)
        }
        _ = profile.updateRecord(of: .sourceProfiles, where: "source", is: source) { record in
            var goals = record["weekly_goal"]?.objectValue ?? [:]
            goals[goal] = .init(value)
            record["weekly_goal"] = .object(goals)
        }
        world.store.profile = profile
        return ["period": "weekly", "goal_type": .string(goal), "value": .init(value), "source": .string(source)]
    }

    private static func plan(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        let source = call.source ?? ""
        try world.requireKnown(source, for: call)
        let record = world.store.profile.records(.sourceProfiles).first { $0["source"]?.stringValue == source }
        return ["goals": record?["weekly_goal"] ?? [:], "source": .string(source)]
    }
}
