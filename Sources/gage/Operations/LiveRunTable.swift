import JSON
import Reports

/// Live runs as a table for people.
struct LiveRunTable {
    let entries: [LiveRuns.Entry]

    /// The table's lines.
    func lines(on terminal: Terminal) -> [String] {
        var table = TextTable([
            .init("run"), .init("pid", .right), .init("state"), .init("task", canShrink: true),
            .init("done", .right), .init("running", .right), .init("errored", .right), .init("elapsed", .right),
            .init("cost", .right),
        ])
        for entry in entries { table.add(row(entry.json)) }
        return table.lines(on: terminal)
    }

    private func row(_ status: JSONValue) -> [String] {
        let tasks = status["tasks"]?.arrayValue ?? []
        let current = tasks.firstIndex { $0["state"]?.stringValue == "running" }
        let task = current.map { "\(tasks[$0]["task_id"]?.stringValue ?? "") (\($0 + 1) of \(tasks.count))" } ?? ""
        let name = status["run_id"]?.stringValue ?? ""
        let done = sum("done", tasks)
        let planned = tasks.allSatisfy { $0["planned"]?.intValue != nil } ? "/\(sum("planned", tasks))" : ""
        let answers = status["tasks"] != nil && status["elapsed_s"] != nil
        return [
            name + (status["shard"]?.stringValue.map { " \($0)" } ?? ""),
            status["pid"]?.intValue.map { "\($0)" } ?? "", status["state"]?.stringValue ?? "", task,
            answers ? "\(done)\(planned)" : "", answers ? "\(sum("running", tasks))" : "",
            answers ? "\(errored(tasks))" : "",
            status["elapsed_s"]?.doubleValue.map { NumberText.duration($0) } ?? "",
            status["cost_usd"]?.doubleValue.map { NumberText.dollars($0) } ?? "",
        ]
    }

    private func sum(_ key: String, _ tasks: [JSONValue]) -> Int {
        tasks.reduce(0) { $0 + ($1[key]?.intValue ?? 0) }
    }

    private func errored(_ tasks: [JSONValue]) -> Int {
        tasks.reduce(0) { sum, task in
            sum + (task["errored"]?.objectValue?.reduce(0) { $0 + ($1.value.intValue ?? 0) } ?? 0)
        }
    }
}
