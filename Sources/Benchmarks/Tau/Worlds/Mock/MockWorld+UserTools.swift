import JSON

extension MockWorld {
    static let userFunctions: [ToolFunction<MockWorld>] = [
        .tool("check_notifications", .read) { world, _ throws(PythonException) in
            .models(try world.userData.records(in: "notifications").map(\.value))
        },
        .tool("dismiss_notification", .write, ["notification_id"]) { world, arguments throws(PythonException) in
            let found = try world.requireNotification(arguments["notification_id"])
            try world.userData.update(found.key, in: "notifications") { $0["status"] = "read" }
            return .string("Notification \(found.key) dismissed")
        },
        .environment(
            "add_notification", ["notification_id", "message", ToolParameter("task_id", default: .null)]
        ) { world, arguments throws(PythonException) in
            let id = arguments["notification_id"]
            let notification = try MockModels.notification.make([
                "notification_id": id, "message": arguments["message"], "task_id": arguments["task_id"],
            ])
            try world.userData.insert(notification, under: id.stringValue ?? "", in: "notifications")
            return .model(notification)
        },
        .environment("assert_notification_status", ["notification_id", "expected_status"]) {
            world, arguments throws(PythonException) in
            let found = try world.requireNotification(arguments["notification_id"])
            return .scalar(.bool((found.record["status"] ?? .null).pythonEquals(arguments["expected_status"])))
        },
    ]

    /// The user's data, which the mock domain always has.
    private var userData: Database {
        get { state.user ?? state.agent }
        set { state.user = newValue }
    }

    private func requireNotification(_ id: JSONValue) throws(PythonException) -> FoundRecord {
        try userData.find(id, in: "notifications", orElse: "Notification \(id.pythonText) not found")
    }
}
