import Evaluation
import JSON

/// One environment of τ-bench, and what its files have to be.
struct TauBenchEnvironment: Sendable {
    var name: String
    /// The tables, one JSON file each.
    var tables: [String]
    /// The splits, and how many tasks each officially has.
    var splits: [(name: String, tasks: Int)]
    /// The official name of the file with examples.
    var fewShotFile: String

    /// The files that there have to be.
    var files: [String] {
        tables.map { "\($0).json" } + splits.map { "tasks_\($0.name).json" }
            + ["policy.md", "rules.json", "tools.json", "terminate_tools.json"]
    }

    /// Looks at the files in a directory.
    func check(_ directory: String, into check: inout DataCheck) {
        for file in files where DatasetFiles.size("\(directory)/\(file)") == nil {
            check.problems.append("\(name): \(file) is missing")
        }
        guard check.isRight else { return }
        for table in tables where json("\(directory)/\(table).json", &check)?.objectValue?.isEmpty != false {
            check.problems.append("\(name): \(table).json is no JSON object with records")
        }
        let tools = json("\(directory)/tools.json", &check)?.arrayValue ?? []
        let named = tools.compactMap { $0["function"]?["name"]?.stringValue }
        if tools.isEmpty || named.count != tools.count {
            check.problems.append("\(name): tools.json is no list of functions")
        }
        checkTasks(directory, tools: Set(named), &check)
        if DatasetFiles.size("\(directory)/few_shot.jsonl") == nil {
            check.notes.append("\(name): few_shot.jsonl is missing; only the few-shot agent needs it")
        }
    }

    private func checkTasks(_ directory: String, tools: Set<String>, _ check: inout DataCheck) {
        var words: [String] = []
        for split in splits {
            let tasks = json("\(directory)/tasks_\(split.name).json", &check)?.arrayValue ?? []
            words.append("\(split.name) \(tasks.count)")
            if tasks.count != split.tasks {
                check.notes.append("\(name): '\(split.name)' officially has \(split.tasks) tasks")
            }
            for (index, task) in tasks.enumerated() {
                guard task["user_id"]?.stringValue != nil, task["instruction"]?.stringValue != nil,
                    let actions = task["actions"]?.arrayValue
                else {
                    check.problems.append("\(name): task \(index) of '\(split.name)' is not complete")
                    break
                }
                let unknown = actions.first { !tools.contains($0["name"]?.stringValue ?? "") }
                if let unknown {
                    check.problems.append(
                        "\(name): task \(index) of '\(split.name)' calls \(unknown["name"]?.text() ?? "nothing")")
                    break
                }
            }
        }
        check.facts.append("\(name): \(words.joined(separator: ", ")) tasks; \(tools.count) tools")
    }

    private func json(_ path: String, _ check: inout DataCheck) -> JSONValue? {
        do {
            return try DatasetFiles.json(path)
        } catch {
            check.problems.append("\(name): \(error.message)")
            return nil
        }
    }
}
