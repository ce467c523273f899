import JSON

/// The models of the mock domain.
enum MockModels {
    static let task = ModelSchema(
        "Task",
        [
            .field("task_id", .string),
            .field("title", .string),
            .optional("description", .string),
            .field("status", .literal(["pending", "completed"])),
        ])

    static let user = ModelSchema(
        "User",
        [
            .field("user_id", .string),
            .field("name", .string),
            .field("tasks", .list(.string)),
        ])

    static let database = ModelSchema(
        "MockDB", forbidsExtras: true,
        [
            .field("tasks", .dictionary(.model(task))),
            .field("users", .dictionary(.model(user))),
        ])

    static let notification = ModelSchema(
        "Notification", forbidsExtras: true,
        [
            .field("notification_id", .string),
            .field("message", .string),
            .field("status", .literal(["unread", "read"]), default: "unread"),
            .optional("task_id", .string),
        ])

    static let userDatabase = ModelSchema(
        "MockUserDB", forbidsExtras: true,
        [
            .field("notifications", .dictionary(.model(notification)), default: [:])
        ])
}
