import JSON

extension ToolBlueprint {
    /// Notes, reminders, settings and discovery.
    static let notesAndSettings: [ToolBlueprint] = [
        .init(
            "list_notes", "The user's notes in a range of days. Needs the user's permission for notes.",
            [.startDate, .endDate]),
        .init(
            "add_note", "Writes a note with the present time. Needs the user's permission for notes.",
            [.text("note", "What to write.")]),
        .init(
            "delete_note", "Deletes a note. Needs the user's permission for notes.",
            [.text("note_id", "The note's id.")]),
        .init("list_daily_reminders", "All reminders."),
        .init(
            "create_daily_reminder", "Sets a reminder that comes back every day or on some days of the week.",
            [
                .text("title", "What to be reminded of."),
                .text("time_of_day", "When, as HH:MM of the 24-hour clock."),
                .list(
                    "repeat_days", "On which days; none means every day.",
                    of: [
                        "type": "string", "enum": .array(weekdays.map { .string($0) }),
                    ]),
            ]),
        .init(
            "delete_daily_reminder", "Deletes a reminder.", [.text("reminder_id", "The reminder's id.")]),
        .init(
            "get_system_settings",
            "The platform's settings: sources and whether they are connected, devices, and the user's permissions."),
        .init(
            "get_source_features",
            "The tools for raw data and weekly goals of one source; they can be called from then on. Needs the user's "
                + "permission for raw data.",
            [.text("source_name", "The source, such as fitbit or oura.")]),
        .init(
            "get_med_features",
            "The tools for health providers; they can be called from then on. For members only, and needs the user's "
                + "permission for the medical assistant."),
    ]

    /// The days of the week as reminders name them.
    static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
}
