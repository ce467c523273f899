extension Tau2OwnTools {
    static let mock: [OwnTool] = [
        (
            "create_task", "Add a task to a user's list.",
            [
                .text("user_id", "The user who gets the task."), .text("title", "The task's title."),
                .text("description", "More about the task.", optional: true),
            ]
        ),
        ("get_users", "List all users.", []),
        (
            "update_task_status", "Set the status of a task.",
            [
                .text("task_id", "The task."), .choice("status", "Its new status.", ["pending", "completed"]),
            ]
        ),
        transfer,
        ("check_notifications", "Look at your notifications.", []),
        (
            "dismiss_notification", "Mark one of your notifications as read.",
            [.text("notification_id", "The notification.")]
        ),
    ]
}
