public import JSON

/// One attempt at one sample on its way through the steps: everything produced so far.
///
/// The one thing that flows.
public struct Episode: Sendable {
    /// Which attempt this is.
    public let id: EpisodeID
    /// The seed of this attempt, derived from the run's seed, the task, the sample and the trial.
    public let seed: UInt64
    /// The item attempted.
    public var sample: Sample
    /// What support steps left for later steps and templates, in order.
    public var supportOutputs: [JSONObject] = []
    /// The tools that the agent will see.
    public var tools: [ToolDefinition] = []
    /// What the agent acts in, where the benchmark has a world.
    public var world: (any World)?
    /// How the agent's dialogue is led, where the benchmark dictates it.
    public var dialogue: DialogueSetup?
    /// Who speaks for the agent, where a benchmark brings one while the rest of the dialogue is the loop's own.
    ///
    /// An agent of ``dialogue`` goes first.
    public var agent: (any DialogueParticipant)?
    /// Everything said and done.
    public var trajectory = Trajectory()
    /// What the agent produced; nil until inference.
    public var prediction: Prediction?
    /// What the judges decided, in step order.
    public var verdicts: [Verdict] = []
    /// The metrics' values; empty until auto_eval.
    public var scores: [Score] = []
    /// State that a kit hands from step to step without showing it to anyone else, by a key of its own.
    public var kitState: [String: any Sendable] = [:]
    /// Takes out of the episode's record what must not be kept, before anything of it is written anywhere.
    ///
    /// For benchmarks whose test data must not get about. Holds for every outcome once it is set, errors included; metrics
    /// are computed before.
    public var redaction: (@Sendable (inout EpisodeRecord) -> Void)?

    /// Begins an attempt.
    public init(id: EpisodeID, seed: UInt64, sample: Sample) {
        self.id = id
        self.seed = seed
        self.sample = sample
    }

    /// The judges' outputs merged by key, later judges winning.
    public var judgeOutput: JSONObject {
        var merged: JSONObject = [:]
        for verdict in verdicts {
            for (key, value) in verdict.output { merged[key] = value }
        }
        return merged
    }
}
