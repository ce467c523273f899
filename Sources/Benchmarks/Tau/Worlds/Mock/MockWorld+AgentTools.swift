import JSON

extension MockWorld {
    static let agentFunctions: [ToolFunction<MockWorld>] = [
        .tool("create_task", .write, ["user_id", "title", ToolParameter("description", default: .null)], createTask),
        .tool("get_users", .read, [], getUsers),
        .tool("update_task_status", .write, ["task_id", "status"], updateTaskStatus),
        .environment("assert_number_of_tasks", ["user_id", "expected_number"], assertNumberOfTasks),
        .environment("assert_task_status", ["task_id", "expected_status"], assertTaskStatus),
        .transferToHumanAgents,
    ]

    private static func createTask(
        _ world: inout MockWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let user = try world.requireUser(arguments["user_id"])
        // Where the number is taken already, the task under it is replaced.
        let id = "task_\(try world.state.agent.count(of: "tasks") + 1)"
        let task = try MockModels.task.make([
            "task_id": .string(id), "title": arguments["title"], "description": arguments["description"],
            "status": "pending",
        ])
        try world.state.agent.insert(task, under: id, in: "tasks")
        try world.state.agent.update(user.key, in: "users") { $0["tasks"]?.append(.string(id)) }
        return .model(task)
    }

    private static func getUsers(
        _ world: inout MockWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        .models(try world.state.agent.records(in: "users").map(\.value))
    }

    private static func updateTaskStatus(
        _ world: inout MockWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let task = try world.requireTask(arguments["task_id"])
        return .model(
            try world.state.agent.update(task.key, in: "tasks") { record in
                record["status"] = arguments["status"]
                return record
            })
    }

    private static func assertNumberOfTasks(
        _ world: inout MockWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let user = try world.requireUser(arguments["user_id"])
        let count = JSONValue(user.record["tasks"]?.arrayValue?.count ?? 0)
        return .scalar(.bool(count.pythonEquals(arguments["expected_number"])))
    }

    private static func assertTaskStatus(
        _ world: inout MockWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let task = try world.requireTask(arguments["task_id"])
        return .scalar(.bool(task["status"].pythonEquals(arguments["expected_status"])))
    }

    private func requireUser(_ id: JSONValue) throws(PythonException) -> FoundRecord {
        try state.agent.find(id, in: "users", orElse: "User \(id.pythonText) not found")
    }

    private func requireTask(_ id: JSONValue) throws(PythonException) -> FoundRecord {
        try state.agent.find(id, in: "tasks", orElse: "Task \(id.pythonText) not found")
    }
}
