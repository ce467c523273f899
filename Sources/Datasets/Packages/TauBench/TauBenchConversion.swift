import Evaluation
import JSON

/// Converts one environment of an official checkout: Python files become JSON, without running Python.
struct TauBenchConversion {
    let environment: TauBenchEnvironment
    /// The directory that was given.
    let checkout: String
    /// The directory with the environments in it.
    let environments: String

    private var folder: String { "\(environments)/\(environment.name)" }

    /// One member a line, indented by one space.
    private static let style = JSONStyle(keySeparator: ": ", indent: 1)

    /// Writes the environment's files into a directory.
    ///
    /// Throws ``EvaluationError``, cause `task`, with file and line for Python that is more than constants.
    func write(_ target: String) throws(EvaluationError) {
        for table in environment.tables {
            try MaterialSearch.copy("\(folder)/data/\(table).json", to: "\(target)/\(table).json")
        }
        try MaterialSearch.copy("\(folder)/wiki.md", to: "\(target)/policy.md")
        for split in environment.splits {
            try save(.array(tasks(split.name)), to: "\(target)/tasks_\(split.name).json")
        }
        try save(constant("RULES", in: "rules.py"), to: "\(target)/rules.json")
        try save(constant("terminate_tools", in: "env.py"), to: "\(target)/terminate_tools.json")
        try save(.array(tools()), to: "\(target)/tools.json")
        let examples = MaterialSearch.findAbove(
            environments, upTo: checkout, ["few_shot_data/\(environment.fewShotFile)"])
        if let examples { try MaterialSearch.copy(examples, to: "\(target)/few_shot.jsonl") }
    }

    /// The tasks of a split; a task's id is its place, and who wrote it is left out.
    private func tasks(_ split: String) throws(EvaluationError) -> [JSONValue] {
        // The name of the list differs from environment to environment.
        let module = try module("tasks_\(split).py")
        var value = try module.assigned(to: "TASKS_\(split.uppercased())")
        if value == nil { value = try module.assigned(to: "TASKS") }
        guard let items = value?.arrayValue else {
            throw EvaluationError(.dataMalformed, "\(module.name) has no list of tasks", cause: .task)
        }
        var tasks: [JSONValue] = []
        for (index, item) in items.enumerated() {
            guard let user = item["user_id"], let instruction = item["instruction"],
                let actions = item["actions"]?.arrayValue
            else {
                throw EvaluationError(
                    .dataMalformed, "task \(index) in \(folder)/tasks_\(split).py is not complete", cause: .task)
            }
            let calls = actions.map { action -> JSONValue in
                ["name": action["name"] ?? .null, "kwargs": action["kwargs"] ?? .object([:])]
            }
            tasks.append([
                "task_id": JSONValue(index), "user_id": user, "actions": .array(calls), "instruction": instruction,
                "outputs": item["outputs"] ?? [],
            ])
        }
        return tasks
    }

    /// The tools' descriptions in the order in which the official environment lists them.
    private func tools() throws(EvaluationError) -> [JSONValue] {
        let list = try module("tools/__init__.py")
        let modules = list.imports()
        var tools: [JSONValue] = []
        for name in try list.names(assignedTo: "ALL_TOOLS") ?? [] {
            guard let file = modules[name] else {
                throw EvaluationError(
                    .dataMalformed, "\(list.name) lists '\(name)', which it does not import", cause: .task)
            }
            let source = try module("tools/\(SafePath.name(file)).py")
            guard let tool = try source.returned(by: "get_info") else {
                throw EvaluationError(.dataMalformed, "\(source.name) has no 'get_info'", cause: .task)
            }
            tools.append(tool)
        }
        return tools
    }

    private func constant(_ name: String, in file: String) throws(EvaluationError) -> JSONValue {
        let module = try module(file)
        guard let value = try module.assigned(to: name) else {
            throw EvaluationError(.dataMalformed, "\(module.name) has no '\(name)'", cause: .task)
        }
        return value
    }

    private func module(_ file: String) throws(EvaluationError) -> PythonModule {
        let path = "\(folder)/\(file)"
        return try PythonModule(DatasetFiles.bytes(path, limit: 64 << 20), name: path)
    }

    private func save(_ value: JSONValue, to path: String) throws(EvaluationError) {
        try DatasetFiles.makeDirectory(DatasetFiles.parent(of: path))
        try FileWriter(path).write(value.bytes(Self.style) + [UInt8(ascii: "\n")])
    }
}
