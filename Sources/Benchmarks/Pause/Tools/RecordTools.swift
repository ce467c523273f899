import JSON

/// Sessions and meals.
enum RecordTools {
    static let handlers: [String: ToolHandler] = [
        "get_session_records": sessions, "get_meal_records": meals, "analysis_meal": analyse,
        "create_session_record": createSession, "create_meal_record": createMeal, "delete_record": delete,
    ]

    /// The records of a list whose time lies in the call's range of days.
    static func records(
        _ list: RecordList, at key: String, _ world: PauseWorld, _ call: PauseCall
    ) throws(ToolStop) -> [JSONObject] {
        guard let range = try call.days() else { return [] }
        return world.store.profile.records(list).filter { record in
            DayTime(lenient: record[key]?.stringValue ?? "").map { range.contains($0.day) } ?? false
        }
    }

    private static func sessions(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        .array(try records(.sessions, at: "start_time", world, call).map { .object($0) })
    }

    private static func meals(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        .array(
            try records(.meals, at: "time", world, call).map { meal in
                [
                    "record_id": meal["record_id"] ?? .null, "time": meal["time"] ?? .null,
                    "meal_type": meal["meal_type"] ?? .null, "items": meal["items"] ?? [],
                    "total_calories": meal["nutrition"]?["calories"] ?? 0.0,
                ]
            })
    }

    private static func analyse(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        let id = try call.text("record_id")
        let meal = world.store.profile.records(.meals).first { $0["record_id"]?.stringValue == id }
        guard let meal else { throw .value("Meal record not found: \(id)") }
        let nutrition = meal["nutrition"]
        return [
            "record_id": .string(id), "time": meal["time"] ?? .null, "meal_type": meal["meal_type"] ?? .null,
            "nutrition": .object(
                JSONObject(
                    entries: ["calories", "sugar_g", "fiber_g", "fat_g"].map { key in
                        (key: key, value: nutrition?[key] ?? 0.0)
                    })),
        ]
    }

    private static func createSession(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        let start = try call.moment("start_time")
        let end = try call.moment("end_time")
        let record: JSONObject = [
            "record_id": .string(world.identifier(.session, call)),
            "session_type": .string(try call.text("session_type")), "start_time": .string(start.description),
            "end_time": .string(end.description), "user_note": .string(try call.optionalText("user_note") ?? ""),
        ]
        world.store.profile.append(record, to: .sessions)
        return .object(record)
    }

    private static func delete(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        let id = try call.text("record_id")
        for (list, type) in [(RecordList.sessions, "session"), (.meals, "meal")]
        where world.store.profile.removeRecord(from: list, where: "record_id", is: id) {
            return ["deleted": true, "record_id": .string(id), "type": .string(type)]
        }
        throw .value("No session or meal with the record id '\(id)'")
    }
}
