import Evaluation
import JSON

/// The parameters of `pause_tasks`.
struct PauseTasksParameters: Parameters {
    var taskFiles = OneOrMany<String>()
    var branches = OneOrMany<String>()
    var routes: [PauseRoute] = [PauseRoute()]
    var isInference = false
    var limit: Int?
    var trialCount: Int?

    static var fields: [ParameterField<Self>] {
        [
            .init("tasks_files", \.taskFiles, "Task files, or directories with task files.") {
                $0.aliases = ["tasks_file", "tasks_dir"]
                $0.isRequired = true
            },
            .init("branch", \.branches, "Only these branches; all by default.") { $0.aliases = ["branches"] },
            .init("routes", \.routes, "Who plays assistant and user; each task is attempted once by each route."),
            .init(
                "inference", \.isInference,
                "Whether the assistant has all tools and no policy, as when it is evaluated."),
            .init("limit", \.limit, "The largest number of tasks of each branch in each file.") { $0.minimum = 1 },
            .init("num_trials", \.trialCount, "Attempts of each route at each task.") { $0.minimum = 1 },
        ]
    }

    func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        if routes.isEmpty { diagnostics.error("'routes' is empty", at: node, advice: "leave it out for the oracle") }
        PauseBranchChoice(branches.values).validate(at: node, into: &diagnostics)
    }
}

/// `pause_tasks`: the tasks of task files as records, one for each route.
struct PauseTasksLoader: DatasetLoader {
    let parameters: PauseTasksParameters

    func open(in context: DatasetContext) async throws -> Dataset {
        let files = try Self.files(parameters.taskFiles.values, in: context.baseDirectory)
        var records: [DatasetRecord] = []
        var stems: [String: String] = [:]
        var taskCount = 0
        let wanted = PauseBranchChoice(parameters.branches.values)
        for path in files {
            let stem = PauseFiles.stem(of: path)
            if let other = stems.updateValue(path, forKey: stem) {
                throw EvaluationError(
                    .dataMalformed, "\(other) and \(path) have one name, and so would their logs",
                    cause: .configuration,
                    advice: "rename one of them")
            }
            let file = try PauseTaskLibrary.read(path)
            for (branch, tasks) in file.tasksByBranch where wanted.contains(branch) {
                for (index, task) in tasks.prefix(parameters.limit ?? tasks.count).enumerated() {
                    taskCount += 1
                    records += self.records(of: task, .init(path: path, branch: branch, index: index))
                }
            }
        }
        guard !records.isEmpty else {
            throw EvaluationError(
                .dataMissing, "there is no task of the branches asked for in \(files.joined(separator: ", "))",
                cause: .configuration)
        }
        let metadata: JSONObject = [
            "loader": "pause_tasks", "files": .array(files.map { .string($0) }), "tasks": JSONValue(taskCount),
            "routes": .array(parameters.routes.map(\.json)), "inference": .bool(parameters.isInference),
        ]
        return Dataset(metadata: metadata, count: records.count, records: RecordStream(records))
    }

    /// The files that paths mean.
    static func files(_ paths: [String], in base: String) throws(EvaluationError) -> [String] {
        var files: [String] = []
        for path in paths {
            let found = PauseFiles.jsonFiles(at: PauseFiles.absolute(path, in: base))
            guard !found.isEmpty else {
                throw EvaluationError(
                    .dataMissing, "there are no task files at \(path)", cause: .configuration,
                    advice: "make some with 'gage pause generate-tasks', or name local-datasets/pause")
            }
            files += found
        }
        return files
    }

    /// Whether the routes are left to the step that leads the dialogues, so that a sample stands for no model.
    private var leavesRoutesOpen: Bool { !parameters.isInference && parameters.routes == [PauseRoute()] }

    private func records(of task: PauseTask, _ place: PauseTaskPlace) -> [DatasetRecord] {
        parameters.routes.enumerated().map { number, route in
            let facts: JSONObject = [
                "file": .string(place.path), "branch": .string(place.branch), "index": JSONValue(place.index),
                "route": route.json, "route_index": JSONValue(number), "inference": .bool(parameters.isInference),
                "num_trials": JSONValue(optional: parameters.trialCount),
                "domain": .string(leavesRoutesOpen ? place.branch : "\(route.assistantModel): \(place.branch)"),
            ]
            return DatasetRecord(
                fields: ["_pause": .object(facts), "task": task.json],
                origin: "\(place.path) \(place.branch)[\(place.index)]")
        }
    }
}

/// Where a task stands.
struct PauseTaskPlace: Sendable, Hashable {
    /// Its file.
    var path: String
    /// Its branch.
    var branch: String
    /// Its place within the branch.
    var index: Int

    /// The name of its log: `<file>_<branch>_<index>`.
    var logName: String { "\(PauseFiles.stem(of: path))_\(branch)_\(index)" }
}
