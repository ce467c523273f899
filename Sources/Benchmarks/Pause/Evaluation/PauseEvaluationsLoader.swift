import Evaluation
import JSON

/// The parameters of `pause_evaluations`.
struct PauseEvaluationsParameters: Parameters {
    var tasks = ""
    var logs = ""
    var branches = OneOrMany<String>()
    var runDirectory: String?
    var limit: Int?

    static var fields: [ParameterField<Self>] {
        [
            .init("tasks_dir", \.tasks, "The saved tasks: a file or a directory.") { $0.isRequired = true },
            .init("logs_dir", \.logs, "The logs of the attempts at them.") { $0.isRequired = true },
            .init("branch", \.branches, "Only these branches; all by default.") { $0.aliases = ["branches"] },
            .init(
                "run_dir", \.runDirectory,
                "Against what 'annotated_log_path' is read; the folder of tasks_dir by default."),
            .init("limit", \.limit, "The largest number of tasks of each branch in each file.") { $0.minimum = 1 },
        ]
    }

    func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        PauseBranchChoice(branches.values).validate(at: node, into: &diagnostics)
    }
}

/// `pause_evaluations`: the trajectories of logs as records, each with its task and its reference.
struct PauseEvaluationsLoader: DatasetLoader {
    let parameters: PauseEvaluationsParameters

    func open(in context: DatasetContext) async throws -> Dataset {
        let paths = try PauseTasksLoader.files([parameters.tasks], in: context.baseDirectory)
        let source = PauseEvaluationSource(
            logs: PauseFiles.absolute(parameters.logs, in: context.baseDirectory),
            runDirectory: PauseFiles.absolute(
                parameters.runDirectory ?? PauseFiles.folder(of: Self.trimmed(parameters.tasks)),
                in: context.baseDirectory))
        var records: [DatasetRecord] = []
        let wanted = PauseBranchChoice(parameters.branches.values)
        for path in paths {
            let file = try PauseTaskLibrary.read(path)
            for (branch, tasks) in file.tasksByBranch where wanted.contains(branch) {
                for (index, task) in tasks.prefix(parameters.limit ?? tasks.count).enumerated() {
                    records += source.records(
                        of: task, at: PauseTaskPlace(path: path, branch: branch, index: index))
                }
            }
        }
        guard !records.isEmpty else {
            throw EvaluationError(
                .dataMissing, "\(parameters.tasks) has no task of the branches asked for", cause: .configuration)
        }
        let metadata: JSONObject = ["loader": "pause_evaluations", "trajectories": JSONValue(records.count)]
        return Dataset(metadata: metadata, count: records.count, records: RecordStream(records))
    }

    private static func trimmed(_ path: String) -> String { path.hasSuffix("/") ? String(path.dropLast()) : path }
}

/// Finds the trajectories and references of saved tasks.
struct PauseEvaluationSource: Sendable {
    /// Where the logs of the attempts are.
    let logs: String
    /// Against what paths of annotated logs are read.
    let runDirectory: String

    /// A record for each trajectory of a task; one that says what is missing where there is none.
    func records(of task: PauseTask, at place: PauseTaskPlace) -> [DatasetRecord] {
        let path = "\(logs)/\(place.logName).json"
        var facts: JSONObject = [
            "file": .string(place.path), "branch": .string(place.branch), "index": JSONValue(place.index),
            "log": .string(place.logName), "log_path": .string(path),
            "annotated_log_path": .string(task.annotatedLogPath ?? ""),
        ]
        var evaluation: JSONObject = [:]
        var trajectories: [JSONObject] = []
        do {
            evaluation["reference"] = try reference(of: task)?.json
            trajectories = try candidates(at: path)
        } catch {
            evaluation["failure_category"] = .string(error.category)
            evaluation["failure_reason"] = .string(error.reason)
        }
        if trajectories.isEmpty { trajectories = [[:]] }
        return trajectories.enumerated().map { number, trajectory in
            facts["traj_idx"] = JSONValue(number)
            var own = evaluation
            own["trajectory"] = .object(trajectory)
            return DatasetRecord(
                fields: ["_pause": .object(facts), "task": task.json, "evaluation": .object(own)],
                origin: "\(path)[\(number)]")
        }
    }

    /// Why there is nothing to evaluate.
    struct Missing: Error {
        var category: String
        var reason: String
    }

    private func candidates(at path: String) throws(Missing) -> [JSONObject] {
        guard PauseFiles.exists(path) else {
            throw Missing(category: "missing_log", reason: "there is no log at \(path)")
        }
        do {
            let trajectories = try PauseLogFile(path: path).trajectories
            guard trajectories.isEmpty else { return trajectories }
        } catch {
            throw Missing(category: "read_error", reason: error.message)
        }
        throw Missing(category: "not_evaluable", reason: "\(path) has no trajectory")
    }

    /// The trajectory that the annotation chose; nil for a task without an annotated log, whose solution has to do.
    private func reference(of task: PauseTask) throws(Missing) -> PauseSubject.Reference? {
        guard let given = task.annotatedLogPath else { return nil }
        let path = PauseFiles.absolute(given, in: runDirectory)
        guard PauseFiles.exists(path) else {
            throw Missing(category: "missing_annotated", reason: "there is no annotated log at \(path)")
        }
        guard let log = PauseFiles.objectIfReadable(path) else {
            throw Missing(category: "read_error", reason: "\(path) is no JSON object")
        }
        guard let chosen = PauseAnnotatedLog(log).chosen else {
            throw Missing(category: "not_evaluable", reason: "\(path) has no chosen trajectory")
        }
        return PauseSubject.Reference(
            calls: PauseTrajectoryReader(chosen).assistantCalls,
            summary: chosen["annotation"]?["trajectory_summary"]?.stringValue ?? "",
            state: StateCheck(json: chosen["state_check"]))
    }
}

/// An annotated log, as later stages read it.
struct PauseAnnotatedLog {
    let json: JSONObject

    init(_ json: JSONObject) { self.json = json }

    /// Whether a reference was chosen.
    var isSelected: Bool { json["final_selection"]?["status"]?.stringValue == "selected" }

    /// The chosen trajectory, that of a repetition before the first ones; nil when none was chosen.
    var chosen: JSONObject? {
        guard isSelected else { return nil }
        let again = (json["rerun_trajs"]?.arrayValue ?? []).compactMap(\.objectValue)
        let first = (json["trajs"]?.arrayValue ?? []).compactMap(\.objectValue)
        let selection = json["final_selection"]
        for trajectories in [again, first] where !trajectories.isEmpty {
            if let place = selection?["select_traj_idx"]?.intValue, trajectories.indices.contains(place) {
                return trajectories[place]
            }
            let model = selection?["select_assistant_model"]?.stringValue ?? ""
            if let found = trajectories.first(where: { PauseTrajectoryReader($0).assistantModel == model }) {
                return found
            }
        }
        return nil
    }
}

/// `pause_evaluations_preprocessor`: makes a sample of a trajectory, its task and its reference.
struct PauseEvaluationsPreprocessor: Preprocessor {
    func process(_ record: DatasetRecord) throws -> PreprocessingResult {
        guard var facts = record.fields["_pause"]?.objectValue, let name = facts["log"]?.stringValue,
            let branch = facts["branch"]?.stringValue, let number = facts["traj_idx"]?.intValue,
            let json = record.fields["task"], let evaluation = record.fields["evaluation"]
        else {
            throw EvaluationError(
                .dataMalformed, "\(record.origin) is no trajectory of a task", cause: .task,
                advice: "load it with 'pause_evaluations'")
        }
        let task = try PauseTask(json: json, branch: branch)
        var sample = Sample(id: "\(name)__traj_\(number)")
        sample.taskType = "agent"
        facts["label"] = .string(task.label)
        facts["difficulty"] = .string(task.difficulty.rawValue)
        facts["assistant_model"] = evaluation["trajectory"]?["assistant_model"] ?? "unknown"
        facts["domain"] = .string("\(facts["assistant_model"]?.stringValue ?? ""): \(branch)")
        sample.metadata["pause"] = .object(facts)
        sample.gold["pause_task"] = task.json
        sample.gold["pause_evaluation"] = evaluation
        return .sample(sample)
    }
}
