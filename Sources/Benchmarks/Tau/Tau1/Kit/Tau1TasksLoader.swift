import Evaluation
import JSON

/// The parameters of `tau_bench_tasks`.
struct Tau1TasksParameters: Parameters {
    var environment = ""
    var split = "test"
    var taskIDs = OneOrMany<IdentifierText>()
    var startIndex = 0
    var endIndex = -1
    var trialCount: Int?
    var seed = 10
    var shuffles = false
    var dataDirectory: String?

    static var fields: [ParameterField<Self>] {
        [
            .init("env", \.environment, "retail or airline.") {
                $0.aliases = ["environment", "domain"]
                $0.isRequired = true
            },
            .init("split", \.split, "test; retail has train and dev besides.") { $0.aliases = ["task_split"] },
            .init("task_ids", \.taskIDs, "Only these tasks, by their places from 0; negative ones count from the end."),
            .init("start_index", \.startIndex, "The first task, where 'task_ids' names none.") { $0.minimum = 0 },
            .init("end_index", \.endIndex, "The task before which to stop; -1 for all.") { $0.minimum = -1 },
            .init("num_trials", \.trialCount, "Attempts at each task.") { $0.minimum = 1 },
            .init("seed", \.seed, "The seed of the order of tasks and of the few-shot agent's examples."),
            .init("shuffle", \.shuffles, "Whether the tasks are shuffled by the seed."),
            .init("data_dir", \.dataDirectory, "The directory with the official τ-bench data.") {
                $0.aliases = ["tau_bench_data_dir"]
            },
        ]
    }
}

/// `tau_bench_tasks`: the tasks of a split of the original τ-bench as records, one each.
struct Tau1TasksLoader: DatasetLoader {
    let parameters: Tau1TasksParameters
    let store: Tau1DataStore

    func open(in context: DatasetContext) async throws -> Dataset {
        let root = Tau1DataDirectory.resolve(
            parameters.dataDirectory, environment: context.environment, baseDirectory: context.baseDirectory)
        let domain = try await store.domain(named: parameters.environment, dataDirectory: root)
        let tasks = try domain.tasks(inSplit: parameters.split)
        let chosen = try chosenPlaces(of: tasks.count)
        let stream = Tau1OfficialStream(
            seed: parameters.seed, splitCount: tasks.count, taskCount: chosen.count, shuffles: parameters.shuffles)
        let records = stream.order(ofTrial: 0).map { position -> DatasetRecord in
            let task = tasks[chosen[position]]
            var fields = task.json.objectValue ?? [:]
            fields["_tau_bench"] = [
                "env": .string(domain.name.rawValue), "split": .string(parameters.split), "task_id": JSONValue(task.id),
                "data_dir": .string(root), "position": JSONValue(position), "tasks_in_run": JSONValue(chosen.count),
                "tasks_in_split": JSONValue(tasks.count), "seed": JSONValue(parameters.seed),
                "shuffle": .bool(parameters.shuffles),
                "num_trials": JSONValue(optional: parameters.trialCount),
            ]
            let file = domain.directory.path("tasks_\(parameters.split).json")
            return DatasetRecord(fields: fields, origin: "\(file) task \(task.id)")
        }
        return Dataset(
            metadata: metadata(of: domain, root: root), count: records.count, records: RecordStream(records))
    }

    /// The places of the wanted tasks in the order in which they are wanted.
    private func chosenPlaces(of count: Int) throws(EvaluationError) -> [Int] {
        let wanted = parameters.taskIDs.values.map(\.text)
        guard !wanted.isEmpty else {
            let end = parameters.endIndex == -1 ? count : min(parameters.endIndex, count)
            guard parameters.startIndex < end else {
                throw EvaluationError(
                    .configurationInvalid,
                    "there are no tasks from \(parameters.startIndex) to \(parameters.endIndex) in split '\(parameters.split)'",
                    cause: .configuration, advice: "its tasks are 0 to \(count - 1); 'end_index' is not included")
            }
            return Array(parameters.startIndex..<end)
        }
        var places: [Int] = []
        for text in wanted {
            guard let id = Int(text), (-count..<count).contains(id) else {
                throw EvaluationError(
                    .configurationInvalid, "there is no task '\(text)' in split '\(parameters.split)'",
                    cause: .configuration, advice: "its tasks are 0 to \(count - 1)")
            }
            let place = id < 0 ? count + id : id
            guard !places.contains(place) else {
                throw EvaluationError(
                    .configurationInvalid, "task \(place) is named twice", cause: .configuration,
                    advice: "set 'num_trials' for several attempts at a task")
            }
            places.append(place)
        }
        return places
    }

    private func metadata(of domain: Tau1Domain, root: String) -> JSONObject {
        [
            "loader": "tau_bench_tasks", "env": .string(domain.name.rawValue), "split": .string(parameters.split),
            "num_trials": JSONValue(parameters.trialCount ?? 1), "seed": JSONValue(parameters.seed),
            "data_dir": .string(root),
            "tasks_path": .string(domain.directory.path("tasks_\(parameters.split).json")),
        ]
    }
}
