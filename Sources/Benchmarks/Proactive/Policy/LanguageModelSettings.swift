public import Evaluation

/// How a language model is trained on preferences; the defaults are the published ones.
public struct LanguageModelSettings: Sendable, Hashable {
    /// The name that stands for a small model of random weights.
    public static let tinyRandom = "tiny-random"

    /// How the probability of an action word is taken.
    public enum Scoring: String, Sendable, Hashable, CaseIterable, ParameterChoice {
        /// The product over all tokens of the word: right for any tokenizer.
        case sequence
        /// The first token alone.
        case token
    }

    /// A folder, a name on the hub, or `tiny-random`.
    public var model: String
    /// Whole passes over the pairs.
    public var epochs = 3.0
    /// The learning rate.
    public var learningRate = 5e-5
    /// How strongly the policy is held to the reference.
    public var beta = 0.1
    /// The seed of everything random.
    public var seed: UInt64 = 42
    /// Optimizer steps at most; nil for whole epochs.
    public var maximumSteps: Int?
    /// Pairs in a batch.
    public var batch = 1
    /// Batches per optimizer step.
    public var accumulation = 16
    /// Tokens of a prompt and its answer at most.
    public var maximumLength = 2048
    /// The rank of the adapter that is trained in place of the weights; 0 trains the weights.
    public var adapterRank = 64
    /// The adapter's alpha.
    public var adapterAlpha = 16
    /// The adapter's dropout.
    public var adapterDropout = 0.05
    /// Whether the model is loaded in four bits; needs bitsandbytes and a GPU.
    public var usesFourBits = false
    /// How the probability of an action word is taken.
    public var scoring = Scoring.sequence

    /// The published settings for a model; for the random one a higher rate and no adapter.
    public init(model: String) {
        self.model = model
        if isTinyRandom {
            learningRate = 1e-3
            adapterRank = 0
            scoring = .token
        }
    }

    /// Whether it is the small model of random weights.
    public var isTinyRandom: Bool { model == Self.tinyRandom }

    /// Takes what general settings say; what they leave open stays.
    public mutating func take(_ training: TrainingSettings) {
        if let value = training.epochs { epochs = value }
        if let value = training.learningRate { learningRate = value }
        beta = training.beta
        seed = training.seed
    }
}
