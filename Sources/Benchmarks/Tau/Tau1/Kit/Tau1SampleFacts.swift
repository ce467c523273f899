import Evaluation
import JSON

/// What a sample says about its task, read back from the places where ``Tau1Preprocessor`` put it.
struct Tau1SampleFacts {
    let task: Tau1Task
    let environment: String
    let split: String
    let metadata: JSONObject

    init(_ sample: Sample) throws(EvaluationError) {
        guard let metadata = sample.metadata["tau_bench"]?.objectValue,
            let environment = metadata["env"]?.stringValue, let split = metadata["split"]?.stringValue,
            let id = metadata["task_id"]?.intValue, let gold = sample.gold["tau_bench_task"]
        else {
            throw EvaluationError(
                .dataMalformed, "sample '\(sample.id)' is no τ-bench task", cause: .configuration,
                advice: "give its data set 'preprocess: tau_bench_preprocessor'")
        }
        task = try Tau1Task(json: gold, position: id)
        self.environment = environment
        self.split = split
        self.metadata = metadata
    }

    /// How the agent was driven.
    var agentStrategy: Tau1AgentStrategy {
        metadata["agent_strategy"]?.stringValue.flatMap(Tau1AgentStrategy.init) ?? .toolCalling
    }

    /// The random draws of the official run that this one is like.
    var stream: Tau1OfficialStream {
        Tau1OfficialStream(
            seed: metadata["seed"]?.intValue ?? 10, splitCount: metadata["tasks_in_split"]?.intValue ?? 0,
            taskCount: metadata["tasks_in_run"]?.intValue ?? 1, shuffles: metadata["shuffle"]?.boolValue ?? false)
    }

    /// The task's place in the run.
    var position: Int { metadata["position"]?.intValue ?? 0 }

    /// The loaded environment, from the first of these directories or the one that the data set was read from.
    func load(from store: Tau1DataStore, configured: String?) async throws -> Tau1Domain {
        guard let root = configured ?? metadata["data_dir"]?.stringValue else {
            throw EvaluationError(
                .dataMissing, "nothing says where the τ-bench data are", cause: .configuration,
                advice: Tau1DataDirectory.advice)
        }
        return try await store.domain(named: environment, dataDirectory: root)
    }
}
