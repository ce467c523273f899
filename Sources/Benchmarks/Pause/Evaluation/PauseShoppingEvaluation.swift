public import Evaluation
import JSON

/// Scores the final states of shopping trajectories, without a model.
public struct PauseShoppingEvaluation: Sendable {
    /// The saved tasks.
    public let tasks: String
    /// The logs of the attempts at them.
    public let logs: String
    /// Where the results go.
    public let output: String
    /// The branch whose tasks are orders.
    public let branch: String
    /// Whether only completed orders count.
    public let isStrict: Bool

    /// Describes an evaluation.
    public init(
        tasks: String, logs: String, output: String, branch: String = PauseBranch.shopping.rawValue,
        isStrict: Bool = true
    ) {
        self.tasks = tasks
        self.logs = logs
        self.output = output
        self.branch = branch
        self.isStrict = isStrict
    }

    /// Writes a file for each file of saved tasks that has orders; returns the files.
    ///
    /// Throws ``EvaluationError`` when tasks cannot be read or results not be written; what is wrong with a log is in them.
    public func run() throws(EvaluationError) -> [String] {
        var files: [String] = []
        for path in try PauseTasksLoader.files([tasks], in: ".") {
            let file = try PauseTaskLibrary.read(path)
            let items = file.tasks(of: branch).enumerated().map { index, task in
                json(of: task, at: PauseTaskPlace(path: path, branch: branch, index: index))
            }
            guard !items.isEmpty else { continue }
            let source = file.json
            let object: JSONObject = [
                "store_meta": source["store_meta"] ?? .null, "profile": source["profile"] ?? .null,
                "tasks_by_branch": [branch: source["tasks_by_branch"]?[branch] ?? []],
                "evaluations_by_branch": [branch: .array(items)],
            ]
            let target = "\(output)/\(PauseFiles.name(of: path))"
            try PauseFiles.write(.object(object), to: target)
            files.append(target)
        }
        return files
    }

    private func json(of task: PauseTask, at place: PauseTaskPlace) -> JSONValue {
        let path = "\(logs)/\(place.logName).json"
        var evaluations: [JSONValue] = []
        var failure: JSONValue = .null
        do {
            for (number, trajectory) in try PauseLogFile(path: path).trajectories.enumerated() {
                evaluations.append(evaluation(of: trajectory, number: number, task))
            }
        } catch {
            failure = .string(error.code == .dataMissing ? "missing_log" : "read_error")
        }
        let scores = evaluations.compactMap { $0["evaluation"]?["score_ratio"]?.doubleValue }
        return [
            "task": task.json, "branch": .string(branch), "log_path": .string(path), "failure_category": failure,
            "evaluations": .array(evaluations),
            "summary": [
                "n": JSONValue(scores.count),
                "avg_ratio": JSONValue(optional: scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)),
                "ok": JSONValue(evaluations.count { $0["evaluation"]?["ok"]?.boolValue == true }),
            ],
        ]
    }

    private func evaluation(of trajectory: JSONObject, number: Int, _ task: PauseTask) -> JSONValue {
        let reader = PauseTrajectoryReader(trajectory)
        var object: JSONObject = [
            "traj_idx": JSONValue(number), "assistant_model": .string(reader.assistantModel),
            "terminated": .bool(reader.isTerminated), "termination_reason": .string(reader.terminationReason),
        ]
        // What failed through no fault of the assistant's says nothing about it.
        guard !reader.isInfrastructureFailure else {
            object["failure_category"] = "not_evaluable"
            return .object(object)
        }
        let score = ShoppingScore(
            state: trajectory["shopping_state"]?.objectValue, expected: task.expectedTransaction ?? [:],
            mode: isStrict ? .strict : .source)
        object["evaluation"] = score.json
        return .object(object)
    }
}

/// Averages shopping scores by model.
public enum PauseShoppingSummary {
    /// Reads evaluated shopping tasks, writes `shopping_summary_<branch>.json` beside them, and returns the summaries.
    ///
    /// Throws ``EvaluationError`` when nothing is there to read.
    public static func run(directory: String, branch: String) throws(EvaluationError) -> [ShoppingScoreSummary] {
        var rows: [ShoppingScoreSummary.Row] = []
        let paths = PauseFiles.jsonFiles(at: directory)
        guard !paths.isEmpty else {
            throw EvaluationError(
                .dataMissing, "there are no evaluated tasks in \(directory)", cause: .configuration,
                advice: "make them with 'gage pause evaluate-trajs-shopping'")
        }
        for path in paths {
            let items = try PauseFiles.json(path)["evaluations_by_branch"]?[branch]?.arrayValue ?? []
            for evaluation in items.flatMap({ $0["evaluations"]?.arrayValue ?? [] }) {
                guard let found = evaluation["evaluation"] else { continue }
                rows.append(
                    .init(
                        model: evaluation["assistant_model"]?.stringValue ?? "", evaluation: found["shopping"] ?? found)
                )
            }
        }
        let summaries = ShoppingScoreSummary.summaries(of: rows)
        try PauseFiles.write(
            ["branch": .string(branch), "models": .array(summaries.map(\.json))],
            to: "\(directory)/shopping_summary_\(branch).json")
        return summaries
    }
}
