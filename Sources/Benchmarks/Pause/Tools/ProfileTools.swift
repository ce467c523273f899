import JSON

/// The platform's profile of the user.
enum ProfileTools {
    static let handlers: [String: ToolHandler] = ["get_user_profile": get, "update_profile": update]

    private static let parts = ["basic_info", "health_risks", "dietary_restrictions", "preferences", "daily_goal"]

    private static func get(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        ["user_profile": shown(world)]
    }

    private static func update(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        var profile = world.store.profile.json["user_profile"]?.objectValue ?? [:]
        var changes = 0
        changes += try merge("basic_info", keys: ["name", "age", "gender"], into: &profile, call)
        changes += try replace("health_risks", in: &profile, call)
        changes += try replace("dietary_restrictions", in: &profile, call)
        changes += try merge("preferences", keys: ["sport", "food"], into: &profile, call)
        changes += try merge(
            "daily_goal", keys: ["steps", "calories_intake", "calories_burn", "AZM", "mets"], into: &profile, call)
        guard changes > 0 else { throw .value("No valid profile fields to update.") }
        world.store.profile.json["user_profile"] = .object(profile)
        return ["updated_profile": shown(world)]
    }

    /// Sets the known members that are given of a part; returns how many.
    static func merge(
        _ part: String, keys: [String], into profile: inout JSONObject, _ call: PauseCall
    ) throws(ToolStop) -> Int {
        guard let given = try call.optionalObject(part) else { return 0 }
        var current = profile[part]?.objectValue ?? [:]
        var changes = 0
        for key in keys {
            guard let value = given[key] else { continue }
            current[key] = value
            changes += 1
        }
        profile[part] = .object(current)
        return changes
    }

    /// Replaces a list that is given; returns 1 when it is.
    static func replace(_ part: String, in profile: inout JSONObject, _ call: PauseCall) throws(ToolStop) -> Int {
        guard let list = try call.optionalList(part) else { return 0 }
        profile[part] = .array(list)
        return 1
    }

    private static func shown(_ world: PauseWorld) -> JSONValue {
        let profile = world.store.profile.json["user_profile"]
        let lists: Set = ["health_risks", "dietary_restrictions"]
        return .object(
            JSONObject(
                entries: parts.map { (key: $0, value: profile?[$0] ?? (lists.contains($0) ? [] : [:])) }))
    }
}
