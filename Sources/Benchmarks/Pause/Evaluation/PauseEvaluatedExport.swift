public import Evaluation
public import JSON

/// Writes evaluated tasks off the journal: one file for each file of saved tasks, and a summary of all.
public struct PauseEvaluatedExport {
    private let directory: String
    private var items: [String: [Item]] = [:]
    private var table = PauseFiguresTable()

    /// The evaluations of one task.
    private struct Item {
        var place: PauseTaskPlace
        var task: JSONValue
        var logPath: String
        var annotatedPath: String
        var evaluations: [(trajectory: Int, json: JSONValue)]
    }

    /// Writes into a directory.
    public init(directory: String) { self.directory = directory }

    /// Whether no episode was taken.
    public var isEmpty: Bool { items.isEmpty }

    /// Takes an episode of the run; those of anything else are passed over.
    public mutating func add(_ record: EpisodeRecord) {
        guard let facts = record.sample["metadata"]?["pause"], let path = facts["file"]?.stringValue,
            let branch = facts["branch"]?.stringValue, let index = facts["index"]?.intValue,
            let number = facts["traj_idx"]?.intValue, let task = record.sample["gold"]?["pause_task"]
        else { return }
        let place = PauseTaskPlace(path: path, branch: branch, index: index)
        let model = facts["assistant_model"]?.stringValue ?? ""
        let evaluation: JSONValue = [
            "traj_idx": JSONValue(number), "assistant_model": .string(model),
            "evaluation": .object(Self.evaluation(of: record)),
        ]
        var own = items[path] ?? []
        if let position = own.firstIndex(where: { $0.place == place }) {
            own[position].evaluations.append((number, evaluation))
        } else {
            own.append(
                Item(
                    place: place, task: task, logPath: facts["log_path"]?.stringValue ?? "",
                    annotatedPath: facts["annotated_log_path"]?.stringValue ?? "",
                    evaluations: [(number, evaluation)]))
        }
        items[path] = own
        addFigures(record, facts, model: model, branch: branch)
    }

    /// Writes the files and `summary.json`; returns the summary.
    ///
    /// Throws ``EvaluationError`` when a file of saved tasks has gone or nothing can be written.
    public func write() throws(EvaluationError) -> JSONObject {
        for (path, own) in items.sorted(by: { $0.key < $1.key }) {
            let file = try PauseTaskLibrary.read(path)
            try PauseFiles.write(.object(json(of: file, own)), to: "\(directory)/\(PauseFiles.name(of: path))")
        }
        try PauseFiles.write(.object(table.json), to: "\(directory)/summary.json")
        return table.json
    }

    private mutating func addFigures(_ record: EpisodeRecord, _ facts: JSONValue, model: String, branch: String) {
        let end: PauseFigures.End =
            switch record.outcome {
            case .scored: .scored
            case .errored(let error): .errored(cause: error.cause.rawValue)
            case .unscorable: .unscorable
            }
        table.add(
            PauseFigures.Trial(
                task: facts["log"]?.stringValue ?? "", found: record.judgeOutput["pause"] ?? .null, end: end),
            model: model, difficulty: facts["difficulty"]?.stringValue ?? "", branch: branch)
    }

    private func json(of file: PauseTaskFile, _ items: [Item]) -> JSONObject {
        var branches: JSONObject = [:]
        for (branch, _) in file.tasksByBranch {
            let own = items.filter { $0.place.branch == branch }.sorted { $0.place.index < $1.place.index }
            guard !own.isEmpty else { continue }
            branches[branch] = .array(own.map(Self.json))
        }
        let source = file.json
        var object: JSONObject = [:]
        for key in ["store_meta", "profile", "tasks_by_branch", "profile_by_branch"] {
            if let value = source[key] { object[key] = value }
        }
        object["evaluations_by_branch"] = .object(branches)
        return object
    }

    private static func json(of item: Item) -> JSONValue {
        [
            "task": item.task, "branch": .string(item.place.branch),
            "annotated_log_path": .string(item.annotatedPath), "log_path": .string(item.logPath),
            "evaluations": .array(item.evaluations.sorted { $0.trajectory < $1.trajectory }.map(\.json)),
        ]
    }

    /// `evaluation`: what the judge found, or why nobody could judge.
    private static func evaluation(of record: EpisodeRecord) -> JSONObject {
        if case .errored(let error) = record.outcome {
            return [
                "ok": false, "failure_category": "error", "reason": .string(error.message),
                "cause": .string(error.cause.rawValue),
            ]
        }
        guard var found = record.judgeOutput["pause"]?.objectValue else {
            let failure = record.judgeOutput["pause_failure"]
            return [
                "ok": false, "failure_category": failure?["category"] ?? "error",
                "reason": failure?["reason"] ?? .null,
            ]
        }
        for key in ["label", "log", "branch"] { found[key] = nil }
        found["ok"] = true
        return found
    }
}
