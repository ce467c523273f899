import JSON

extension MockWorld {
    static let agentFunctions: [ToolFunction<MockWorld>] = [
        .tool("create_task", .write, ["user_id", "title", ToolParameter("description", default: .null)]) {
            world, arguments throws(PythonException) in
            try world.createTask(arguments)
        },
        .tool("get_users", .read) { world, _ throws(PythonException) in
            .models(try world.state.agent.records(in: "users").map(\.value))
        },
        .tool("update_task_status", .write, ["task_id", "status"]) { world, arguments throws(PythonException) in
            try world.updateTaskStatus(arguments)
        },
        .environment("assert_number_of_tasks", ["user_id", "expected_number"]) {
            world, arguments throws(PythonException) in
            let user = try world.requireUser(arguments["user_id"]).record
            let count = JSONValue(user["tasks"]?.arrayValue?.count ?? 0)
            return .scalar(.bool(count.pythonEquals(arguments["expected_number"])))
        },
        .environment("assert_task_status", ["task_id", "expected_status"]) {
            world, arguments throws(PythonException) in
            let task = try world.requireTask(arguments["task_id"]).record
            return .scalar(.bool((task["status"] ?? .null).pythonEquals(arguments["expected_status"])))
        },
        .transferToHumanAgents,
    ]

    private mutating func createTask(_ arguments: ToolArguments) throws(PythonException) -> PythonResult {
        let user = try requireUser(arguments["user_id"])
        let id = "task_\(try state.agent.count(of: "tasks") + 1)"
        let task = try MockModels.task.make([
            "task_id": .string(id), "title": arguments["title"], "description": arguments["description"],
            "status": "pending",
        ])
        try state.agent.insert(task, under: id, in: "tasks")
        try state.agent.update(user.key, in: "users") { $0["tasks"]?.append(.string(id)) }
        return .model(task)
    }

    private mutating func updateTaskStatus(_ arguments: ToolArguments) throws(PythonException) -> PythonResult {
        let task = try requireTask(arguments["task_id"])
        return .model(
            try state.agent.update(task.key, in: "tasks") { record in
                record["status"] = arguments["status"]
                return record
            })
    }

    private func requireUser(_ id: JSONValue) throws(PythonException) -> FoundRecord {
        try state.agent.find(id, in: "users", orElse: "User \(id.pythonText) not found")
    }

    private func requireTask(_ id: JSONValue) throws(PythonException) -> FoundRecord {
        try state.agent.find(id, in: "tasks", orElse: "Task \(id.pythonText) not found")
    }
}
