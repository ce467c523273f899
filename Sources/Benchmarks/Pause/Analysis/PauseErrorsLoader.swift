import Evaluation
import JSON

/// The parameters of `pause_errors`.
struct PauseErrorsParameters: Parameters {
    var tasks = OneOrMany<String>()
    var models = OneOrMany<String>()

    static var fields: [ParameterField<Self>] {
        [
            .init("tasks_dir", \.tasks, "Evaluated tasks: files or directories.") { $0.isRequired = true },
            .init("model_name", \.models, "Only these assistants; all by default.") { $0.aliases = ["model_names"] },
        ]
    }
}

/// `pause_errors`: evaluated trajectories that missed a target and about which a judge had something to say.
struct PauseErrorsLoader: DatasetLoader {
    let parameters: PauseErrorsParameters

    func open(in context: DatasetContext) async throws -> Dataset {
        let paths = try PauseTasksLoader.files(parameters.tasks.values, in: context.baseDirectory)
        var records: [DatasetRecord] = []
        for path in paths {
            guard let object = try PauseFiles.json(path).objectValue,
                let branches = object["evaluations_by_branch"]?.objectValue
            else { continue }
            for (branch, tasks) in branches {
                for task in tasks.arrayValue ?? [] { records += self.records(of: task, branch: branch, path) }
            }
        }
        let metadata: JSONObject = ["loader": "pause_errors", "errors": JSONValue(records.count)]
        return Dataset(metadata: metadata, count: records.count, records: RecordStream(records))
    }

    private func records(of item: JSONValue, branch: String, _ path: String) -> [DatasetRecord] {
        (item["evaluations"]?.arrayValue ?? []).compactMap { evaluation in
            let model = evaluation["assistant_model"]?.stringValue ?? ""
            guard parameters.models.values.isEmpty || parameters.models.values.contains(model),
                let found = evaluation["evaluation"], Self.isError(found)
            else { return nil }
            let name = item["log_path"]?.stringValue.map(PauseFiles.stem(of:)) ?? ""
            let fields: JSONObject = [
                "file": .string(path), "log": .string(name), "branch": .string(branch),
                "task": item["task"] ?? .null, "traj_idx": evaluation["traj_idx"] ?? 0,
                "assistant_model": .string(model), "targets_achieved": found["targets_achieved"] ?? [],
                "error_analysis": found["error_analysis"] ?? "",
            ]
            return DatasetRecord(fields: fields, origin: "\(path) \(name)")
        }
    }

    /// Whether a target was missed and somebody said why.
    static func isError(_ evaluation: JSONValue) -> Bool {
        let missed = evaluation["targets_achieved"]?.arrayValue?.contains { $0.boolValue == false } ?? false
        return missed && !(evaluation["error_analysis"]?.stringValue ?? "").trimmingBlanks.isEmpty
    }
}

/// `pause_errors_preprocessor`: makes a sample of a trajectory that missed a target.
struct PauseErrorsPreprocessor: Preprocessor {
    func process(_ record: DatasetRecord) throws -> PreprocessingResult {
        guard let log = record.fields["log"]?.stringValue, record.fields["error_analysis"] != nil else {
            throw EvaluationError(
                .dataMalformed, "\(record.origin) is no error", cause: .task, advice: "load it with 'pause_errors'")
        }
        let number = record.fields["traj_idx"]?.intValue ?? 0
        let folder = PauseFiles.stem(of: record.fields["file"]?.stringValue ?? "")
        var sample = Sample(id: "\(folder)/\(log)__traj_\(number)")
        sample.taskType = "agent"
        sample.metadata["pause"] = [
            "log": .string(log), "branch": record.fields["branch"] ?? .null,
            "assistant_model": record.fields["assistant_model"] ?? .null,
        ]
        sample.gold["pause_error"] = .object(record.fields)
        return .sample(sample)
    }
}
