import Evaluation
import JSON
import Statistics

/// The parameters of `tau2_tasks`.
struct Tau2TasksParameters: Parameters {
    /// How the trials' seeds come from the seed.
    enum TrialSeeds: String, ParameterChoice {
        case official
        case consecutive
    }

    var domain = ""
    var taskSet: String?
    var split: String?
    var taskIDs = OneOrMany<IdentifierText>()
    var taskCount: Int?
    var trialCount: Int?
    var seed: Int?
    var trialSeeds = TrialSeeds.official
    var shuffles = false
    var dataDirectory: String?
    /// Where keys without effect leave their values.
    var ignored: JSONValue = .null

    static var fields: [ParameterField<Self>] {
        [
            .init("domain", \.domain, "mock, airline, retail, telecom or telecom-workflow.") {
                $0.aliases = ["task_domain"]
                $0.isRequired = true
            },
            .init("task_set", \.taskSet, "The task set, where it is not the domain's: telecom_full, telecom_small.") {
                $0.aliases = ["task_set_name"]
            },
            .init("task_split", \.split, "The split; the task set's own default if not given, mostly 'base'.") {
                $0.aliases = ["task_split_name", "split"]
            },
            .init("task_ids", \.taskIDs, "Only these tasks."),
            .init("num_tasks", \.taskCount, "Only so many tasks, the first ones.") { $0.minimum = 0 },
            .init("num_trials", \.trialCount, "Attempts at each task.") { $0.minimum = 1 },
            .init("seed", \.seed, "The seed that the trials' seeds come from; null gives the models no seed."),
            .init(
                "trial_seeds", \.trialSeeds,
                "official draws them as the official command does; consecutive is seed + trial."),
            .init("shuffle", \.shuffles, "Whether the tasks are shuffled by the seed (300 if there is none)."),
            .init("data_dir", \.dataDirectory, "The directory with the official tau2 data.") {
                $0.aliases = ["tau2_data_dir", "data_path"]
            },
        ] + hubFields
    }

    /// Keys of the guide that say where and how to download.
    private static var hubFields: [ParameterField<Self>] {
        let names = [
            "hub_id", "source", "revision", "cache_dir", "download_dir", "local_dir", "token", "allow_patterns",
            "ignore_patterns", "local_files_only", "force_download", "repo_type", "data_subdir",
        ]
        let local = names.map { name -> ParameterField<Self> in
            .init(name, \.ignored, "How the data are downloaded.") {
                $0.isSecret = name == "token"
                $0.ignoredBecause = "the data are read from 'data_dir'; `gage data fetch tau2` puts them there"
            }
        }
        return local + [
            .init("allow_non_base_split", \.ignored, "Whether a split other than base is meant.") {
                $0.aliases = ["allow_non_base"]
                $0.ignoredBecause = "every split may be named"
            }
        ]
    }
}

/// `tau2_tasks`: the tasks of a domain as records, one each.
struct Tau2TasksLoader: DatasetLoader {
    let parameters: Tau2TasksParameters
    let store: Tau2DataStore

    func open(in context: DatasetContext) async throws -> Dataset {
        let root = Tau2DataDirectory.resolve(
            parameters.dataDirectory, environment: context.environment, baseDirectory: context.baseDirectory)
        let name = parameters.taskSet ?? parameters.domain
        let taskSet = try Tau2TaskSet.named(name)
        let domainName = try Self.domainName(parameters.domain, for: taskSet)
        let domain = try await store.domain(named: domainName, dataDirectory: root)
        let split = parameters.split ?? taskSet.defaultSplit
        let tasks = try selected(try domain.tasks(inSplit: split))
        var facts: JSONObject = [
            "_tau2_domain": .string(domainName), "_tau2_task_set": .string(name), "_tau2_split": .string(split),
            "_tau2_data_dir": .string(root), "_tau2_trial_seeds": .string(parameters.trialSeeds.rawValue),
        ]
        facts["_tau2_seed"] = parameters.seed.map { JSONValue($0) }
        facts["_tau2_num_trials"] = parameters.trialCount.map { JSONValue($0) }
        let records = tasks.map { task in
            DatasetRecord(
                fields: (task.json.objectValue ?? [:]).merging(facts),
                origin: "\(domain.directory.path("tasks.json")) task '\(task.id)'")
        }
        return Dataset(
            metadata: metadata(of: domain, split: split, root: root), count: records.count,
            records: RecordStream(records))
    }

    /// The domain decides on the policy, the task set on the tasks; both must be of one world.
    private static func domainName(_ name: String, for taskSet: Tau2TaskSet) throws(EvaluationError) -> String {
        let domain = try Tau2TaskSet.named(name)
        guard domain.folder == taskSet.folder else {
            throw EvaluationError(
                .configurationInvalid, "task set '\(taskSet.name)' is not of domain '\(name)'", cause: .configuration)
        }
        return domain.domain
    }

    private func selected(_ tasks: [Tau2Task]) throws(EvaluationError) -> [Tau2Task] {
        var tasks = tasks
        let wanted = parameters.taskIDs.values.map(\.text)
        if !wanted.isEmpty {
            let known = Set(tasks.map(\.id))
            if let stranger = wanted.first(where: { !known.contains($0) }) {
                throw EvaluationError(
                    .configurationInvalid, "there is no task '\(stranger)' in this split", cause: .configuration,
                    advice: NearMiss.advice(stranger, among: tasks.map(\.id)))
            }
            let chosen = Set(wanted)
            tasks = tasks.filter { chosen.contains($0.id) }
        }
        if parameters.shuffles {
            var random = PythonRandom(seed: parameters.seed ?? 300)
            random.shuffle(&tasks)
        }
        if let count = parameters.taskCount { tasks = Array(tasks.prefix(count)) }
        return tasks
    }

    private func metadata(of domain: Tau2Domain, split: String, root: String) -> JSONObject {
        [
            "loader": "tau2_tasks", "domain": .string(parameters.domain), "task_set": .string(domain.taskSet.name),
            "task_split": .string(split), "num_trials": JSONValue(parameters.trialCount ?? 1),
            "data_dir": .string(root), "tasks_path": .string(domain.directory.path("tasks.json")),
            "tool_source": .string(domain.toolSource.rawValue),
            "policy_source": .string(domain.policySource.rawValue),
            "user_guidelines_source": .string(domain.guidelinesSource.rawValue),
        ]
    }
}
