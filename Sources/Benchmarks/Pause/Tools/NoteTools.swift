import JSON

/// Notes and reminders.
enum NoteTools {
    static let handlers: [String: ToolHandler] = [
        "list_notes": list, "add_note": add, "delete_note": delete, "list_daily_reminders": reminders,
        "create_daily_reminder": createReminder, "delete_daily_reminder": deleteReminder,
    ]

    private static func requireNotes(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) {
        try world.require(
            .userNotes, for: call, "The user has not given the permission for notes (allow_user_notes_access).")
    }

    private static func list(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        try requireNotes(&world, call)
        return ["notes": .array(try RecordTools.records(.notes, at: "time", world, call).map { .object($0) })]
    }

    private static func add(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        try requireNotes(&world, call)
        let note: JSONObject = [
            "note_id": .string(world.identifier(.note, call)),
            "time": .string(world.store.profile.now.description), "content": .string(try call.text("note")),
        ]
        world.store.profile.append(note, to: .notes)
        return ["note": .object(note)]
    }

    private static func delete(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        try requireNotes(&world, call)
        let id = try call.text("note_id")
        guard world.store.profile.removeRecord(from: .notes, where: "note_id", is: id) else {
            throw .value("No note with the id '\(id)'")
        }
        return ["deleted": true, "note_id": .string(id)]
    }

    private static func reminders(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        .array(world.store.profile.records(.reminders).map { .object($0) })
    }

    private static func createReminder(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        let days = try call.optionalList("repeat_days") ?? []
        let reminder: JSONObject = [
            "reminder_id": .string(world.identifier(.reminder, call)), "title": .string(try call.text("title")),
            "time_of_day": .string(try call.text("time_of_day")),
            "repeat_days": .array(days.isEmpty ? ToolBlueprint.weekdays.map { .string($0) } : days),
        ]
        world.store.profile.append(reminder, to: .reminders)
        return .object(reminder)
    }

    private static func deleteReminder(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        let id = try call.text("reminder_id")
        guard world.store.profile.removeRecord(from: .reminders, where: "reminder_id", is: id) else {
            throw .value("No reminder with the id '\(id)'")
        }
        return ["deleted": true, "reminder_id": .string(id)]
    }
}
