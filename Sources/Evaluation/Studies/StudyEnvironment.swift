public import JSON

/// What a study has to know about a benchmark's environment in order to run it under several user variants.
///
/// A kit offers one value for each of its environments. The study writes a configuration from it: the same data set
/// once for every variant, with a sandbox profile that names the variant.
public struct StudyEnvironment: Sendable {
    /// Which samples a study takes, and how often.
    public struct Selection: Sendable {
        /// The tasks, by the benchmark's own ids; nil for all.
        public var taskIDs: [String]?
        /// Attempts at each task.
        public var trials: Int
        /// The seed that the models' seeds come from.
        public var seed: Int

        /// Selects tasks.
        public init(taskIDs: [String]?, trials: Int, seed: Int) {
            self.taskIDs = taskIDs
            self.trials = trials
            self.seed = seed
        }
    }

    /// The components of a configuration that belong to the environment.
    public struct Components: Sendable {
        /// The data set's loader.
        public var loader: String
        /// The loader's parameters; the preprocessor's key is among them.
        public var parameters: @Sendable (Selection) -> JSONObject
        /// The context provider that prepares a dialogue.
        public var bootstrap: String
        /// The sandbox runtime, whose `runtime_configs` take `user_backend_id`, `user_variant` and `user_variants_path`.
        public var runtime: String
        /// What else stands in `runtime_configs`.
        public var runtimeSettings: JSONObject = [:]
        /// The judge.
        public var judge: String
        /// The entries of `metrics`.
        public var metrics: [JSONObject] = []
        /// The summary generators.
        public var summaryGenerators: [String] = []

        /// Names the components.
        public init(
            loader: String, bootstrap: String, runtime: String, judge: String,
            parameters: @escaping @Sendable (Selection) -> JSONObject
        ) {
            self.loader = loader
            self.bootstrap = bootstrap
            self.runtime = runtime
            self.judge = judge
            self.parameters = parameters
        }
    }

    /// The name on the command line: `retail`, `tau2:retail`.
    public var name: String
    /// What it is, in a sentence.
    public var summary: String
    /// What a configuration names.
    public var components: Components
    /// The benchmark's id of the task that a sample stands for.
    public var taskID: @Sendable (JSONObject) -> String?
    /// What the simulated user is told to achieve; empty where a sample does not say.
    public var instruction: @Sendable (JSONObject) -> String
    /// How an episode ended; nil when it was not scored.
    public var outcome: @Sendable (EpisodeRecord) -> StudyOutcome?

    /// Describes an environment.
    public init(
        name: String, summary: String, components: Components,
        taskID: @escaping @Sendable (JSONObject) -> String?,
        instruction: @escaping @Sendable (JSONObject) -> String,
        outcome: @escaping @Sendable (EpisodeRecord) -> StudyOutcome?
    ) {
        self.name = name
        self.summary = summary
        self.components = components
        self.taskID = taskID
        self.instruction = instruction
        self.outcome = outcome
    }
}

/// What a scored episode says to a study.
public struct StudyOutcome: Sendable, Hashable {
    /// How a dialogue came to its end.
    public enum End: String, Sendable, Hashable, CaseIterable {
        /// The user, or the agent, was done.
        case stop
        /// The agent handed the user over to a person.
        case transfer
        /// The dialogue used up its turns or steps.
        case turnLimit = "turn_limit"
        /// One side broke the dialogue's rules, or too many calls failed.
        case error
    }

    /// The reward, 0 to 1.
    public var reward: Double
    /// Whether the reward is the whole one.
    public var isSuccess: Bool
    /// How the dialogue ended.
    public var end: End

    /// Records an outcome.
    public init(reward: Double, isSuccess: Bool, end: End) {
        self.reward = reward
        self.isSuccess = isSuccess
        self.end = end
    }
}
