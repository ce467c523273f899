import Evaluation
import JSON
import Models
import Tau

/// What a configuration of τ-bench asks for, read off its effective form.
struct TauBenchFacts: Hashable {
    /// The environment.
    var subset: String
    /// The split.
    var split: String
    /// The tasks by id, in the order asked for; empty for all.
    var tasks: [Int]
    /// Attempts at each task.
    var trials: Int
    /// The model under test, by its whole name.
    var model: String
    /// The model that plays the user, where there is one.
    var userModel: String?

    /// Reads a configuration; nil when it is not one run of τ-bench.
    init?(_ configuration: JSONValue) {
        let datasets = configuration["datasets"]?.arrayValue ?? []
        guard datasets.count == 1, datasets[0]["loader"]?.stringValue == "tau_bench_tasks",
            let parameters = datasets[0]["params"], let subset = parameters["env"]?.stringValue
        else { return nil }
        self.subset = subset
        split = parameters["split"]?.stringValue ?? "test"
        let ids = parameters["task_ids"]?.arrayValue ?? []
        tasks = ids.compactMap { $0.intValue ?? $0.stringValue.flatMap { Int($0) } }
        trials = parameters["num_trials"]?.intValue ?? 1
        let agent = configuration.at("agent_backends[0].backend_id")?.stringValue ?? ""
        model = Self.model(ofBackend: agent, in: configuration) ?? agent
        let settings = configuration.at("sandbox_profiles[0].runtime_configs")
        if let user = settings?["user_backend_id"]?.stringValue {
            userModel = Self.model(ofBackend: user, in: configuration) ?? user
        } else {
            userModel = settings?["user_model"]?.stringValue
        }
    }

    /// The id that the preprocessor gives a task's sample.
    func sampleID(ofTask task: Int) -> String { "\(subset)_\(split)_\(task)" }

    private static func model(ofBackend id: String, in configuration: JSONValue) -> String? {
        let backend = configuration["backends"]?.arrayValue?.first { $0["backend_id"]?.stringValue == id }
        return backend?["config"]?["model"]?.stringValue
    }
}

/// What is asked of τ-bench beside the configuration; nil and empty leave what the configuration says.
struct TauBenchWish {
    var model: String?
    var subset: String?
    var tasks: [Int] = []
    var trials: Int?
    var userModel: String?
}
