/// How a policy is trained.
public struct TrainingSettings: Sendable, Hashable {
    /// Whole passes over the pairs; nil means the engine's own: 3 for a language model, 200 for the native one.
    public var epochs: Double?
    /// The learning rate; nil means the engine's own: 5e-5 for a language model, 0.001 for the random one, 1 for the
    /// native one.
    public var learningRate: Double?
    /// How strongly the policy is held to the reference.
    public var beta = 0.1
    /// Orders the pairs.
    public var seed: UInt64 = 42
    /// The share of the states that are held out, and the seed that chooses them.
    public var heldOutShare = 0.1
    /// Chooses the states that are held out.
    public var splitSeed: UInt64 = 42
    /// How fast native weights shrink, per epoch and unit of learning rate.
    public var weightDecay = 0.001
    /// Whether the policy knows the persona.
    public var rendersPersona = false

    /// The usual training.
    public init() {}

    var nativeEpochs: Int { max(1, Int((epochs ?? 200).rounded(.up))) }
    var nativeLearningRate: Double { learningRate ?? 1 }
}
