import Evaluation
import JSON

/// The parameters of `pause_logs`.
struct PauseLogsParameters: Parameters {
    var logs = OneOrMany<String>()
    var maximumTrajectories: Int?
    var limit: Int?

    static var fields: [ParameterField<Self>] {
        [
            .init("logs", \.logs, "Log files, or directories with log files; a * in a file's name stands for anything.")
            {
                $0.aliases = ["logs_glob", "logs_dir"]
                $0.isRequired = true
            },
            .init("max_trajs_per_file", \.maximumTrajectories, "Only the first trajectories of each log.") {
                $0.minimum = 1
            },
            .init("limit", \.limit, "The largest number of logs.") { $0.minimum = 1 },
        ]
    }
}

/// `pause_logs`: log files as records, one each.
struct PauseLogsLoader: DatasetLoader {
    let parameters: PauseLogsParameters

    func open(in context: DatasetContext) async throws -> Dataset {
        var paths: [String] = []
        for path in parameters.logs.values {
            let found = PauseFiles.jsonFiles(at: PauseFiles.absolute(path, in: context.baseDirectory))
            guard !found.isEmpty else {
                throw EvaluationError(
                    .dataMissing, "there are no logs at \(path)", cause: .configuration,
                    advice: "write some with 'gage pause run-user-tasks'")
            }
            paths += found
        }
        paths = Array(paths.prefix(parameters.limit ?? paths.count))
        let maximum = parameters.maximumTrajectories
        let queue = paths
        let records = RecordStream {
            let position = PausePathQueue(queue)
            return {
                guard let path = position.next() else { return nil }
                return DatasetRecord(
                    fields: ["_pause_log": .string(path), "max_trajs": JSONValue(optional: maximum)], origin: path)
            }
        }
        let metadata: JSONObject = ["loader": "pause_logs", "logs": JSONValue(paths.count)]
        return Dataset(metadata: metadata, count: paths.count, records: records)
    }
}

/// `pause_logs_preprocessor`: reads a log and makes a sample of it.
struct PauseLogsPreprocessor: Preprocessor {
    func process(_ record: DatasetRecord) throws -> PreprocessingResult {
        guard let path = record.fields["_pause_log"]?.stringValue else {
            throw EvaluationError(
                .dataMalformed, "\(record.origin) is no log", cause: .task, advice: "load it with 'pause_logs'")
        }
        let file = try PauseLogFile(path: path)
        let task = try file.task()
        let trajectories = file.trajectories.prefix(record.fields["max_trajs"]?.intValue ?? Int.max)
        let name = PauseFiles.stem(of: path)
        var sample = Sample(id: name)
        sample.taskType = "agent"
        sample.metadata["pause"] = [
            "file": .string(path), "log": .string(name), "branch": .string(file.branch), "label": .string(task.label),
            "difficulty": .string(task.difficulty.rawValue),
        ]
        // Profile and meta stay in the file: a hundred logs share them.
        sample.gold["pause_log"] = ["trajs": .array(trajectories.map { .object($0) })]
        return .sample(sample)
    }
}
