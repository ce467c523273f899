import JSON

extension MockWorld {
    static let userFunctions: [ToolFunction<MockWorld>] = [
        .tool("check_notifications", .read, [], checkNotifications),
        .tool("dismiss_notification", .write, ["notification_id"], dismissNotification),
        .environment(
            "add_notification", ["notification_id", "message", ToolParameter("task_id", default: .null)],
            addNotification),
        .environment(
            "assert_notification_status", ["notification_id", "expected_status"], assertNotificationStatus),
    ]

    private static func checkNotifications(
        _ world: inout MockWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        .models(try world.userData.records(in: "notifications").map(\.value))
    }

    private static func dismissNotification(
        _ world: inout MockWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let notification = try world.requireNotification(arguments["notification_id"])
        try world.userData.update(notification.key, in: "notifications") { $0["status"] = "read" }
        return .string("Notification \(notification.key) dismissed")
    }

    private static func addNotification(
        _ world: inout MockWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let id = arguments["notification_id"]
        let notification = try MockModels.notification.make([
            "notification_id": id, "message": arguments["message"], "task_id": arguments["task_id"],
        ])
        // The model has made sure that the identifier is a string.
        try world.userData.insert(notification, under: id.pythonText, in: "notifications")
        return .model(notification)
    }

    private static func assertNotificationStatus(
        _ world: inout MockWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let notification = try world.requireNotification(arguments["notification_id"])
        return .scalar(.bool(notification["status"].pythonEquals(arguments["expected_status"])))
    }

    /// The user's data, which the mock domain always has.
    private var userData: Database {
        get { state.user ?? state.agent }
        set { state.user = newValue }
    }

    private func requireNotification(_ id: JSONValue) throws(PythonException) -> FoundRecord {
        try userData.find(id, in: "notifications", orElse: "Notification \(id.pythonText) not found")
    }
}
