import Evaluation
import JSON

/// What a sample says about its task, read back from the places where ``Tau2Preprocessor`` put it.
struct Tau2SampleFacts {
    let task: Tau2Task
    let domain: String
    let metadata: JSONValue

    init(_ sample: Sample) throws(EvaluationError) {
        guard let metadata = sample.metadata["tau2"], let domain = metadata["domain"]?.stringValue,
            let gold = sample.gold["tau2_task"]
        else {
            throw EvaluationError(
                .dataMalformed, "sample '\(sample.id)' is no tau2 task", cause: .configuration,
                advice: "give its data set 'preprocess: tau2_preprocessor'")
        }
        task = try Tau2Task(json: gold)
        self.domain = domain
        self.metadata = metadata
    }

    /// The set whose data are used: the task set that was loaded, for the domain whose policy holds.
    var dataDirectory: String? { metadata["data_dir"]?.stringValue }

    /// The seed of a trial's models; nil where the configuration gives none.
    func seed(ofTrial trial: Int) -> Int? {
        guard let seed = metadata["seed"]?.intValue else { return nil }
        if metadata["trial_seeds"]?.stringValue == Tau2TasksParameters.TrialSeeds.consecutive.rawValue {
            return seed + trial
        }
        return Tau2TrialSeeds.seeds(runSeed: seed, count: trial + 1).last
    }

    /// The loaded domain, from the first of these directories or the one that the data set was read from.
    func load(from store: Tau2DataStore, configured: String?) async throws -> Tau2Domain {
        guard let root = configured ?? dataDirectory else {
            throw EvaluationError(
                .dataMissing, "nothing says where the tau2 data are", cause: .configuration,
                advice: "set 'data_dir', or TAU2_DATA_DIR; `gage data fetch tau2` brings the data")
        }
        return try await store.domain(named: domain, dataDirectory: root)
    }
}
