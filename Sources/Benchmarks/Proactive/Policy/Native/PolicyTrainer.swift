import JSON

/// Trains policies with the native engine.
///
/// ```swift
/// let trained = PolicyTrainer().train(on: pairs, source: .init(file: "prefs.jsonl", digest: digest))
/// try trained.write(to: "outputs/policy")
/// ```
public struct PolicyTrainer: Sendable {
    /// Where pairs came from.
    public struct Source: Sendable, Hashable {
        /// The file, as it was named.
        public var file: String?
        /// The file's SHA-256.
        public var digest: String

        /// Names a file.
        public init(file: String?, digest: String) {
            self.file = file
            self.digest = digest
        }

        /// Describes pairs that are in no file by their content.
        public init(_ pairs: [PreferencePair]) {
            var hasher = SHA256Hasher()
            for pair in pairs { hasher.update(JSONValue.object(pair.json).text(.canonical)) }
            self.init(file: nil, digest: hasher.finalize())
        }
    }

    /// How policies are trained.
    public var settings: TrainingSettings
    /// What the policy is held to, and starts from; nil means a policy of no opinion.
    public var reference: LogLinearPolicy?

    /// Makes a trainer.
    public init(settings: TrainingSettings = TrainingSettings(), reference: LogLinearPolicy? = nil) {
        self.settings = settings
        self.reference = reference
    }

    /// Trains on the pairs of all states but the held-out ones; milliseconds for some hundred pairs.
    ///
    /// A reference decides whether the policy knows the persona; otherwise the settings do.
    public func train(on pairs: [PreferencePair], source: Source? = nil) -> TrainedPolicy {
        var settings = settings
        if let reference { settings.rendersPersona = reference.layout.includesPersona }
        let split = HeldOutSplit(pairs, share: settings.heldOutShare, seed: settings.splitSeed)
        let trainer = LogLinearTrainer(settings: settings, reference: reference)
        let clock = ContinuousClock()
        let start = clock.now
        let (policy, curve) = trainer.train(on: split.training, heldOut: split.heldOut)
        let duration = clock.now - start
        let origin = source ?? Source(pairs)
        return TrainedPolicy(
            policy: policy, curve: curve, split: split, settings: settings, reference: reference,
            provenance: PolicyProvenance(file: origin.file, digest: origin.digest, split: split),
            duration: duration, crossFit: crossFit(pairs, settings))
    }

    /// Trains as often as there are folds, each time without one, and decides every pair by a policy that did not see
    /// its state.
    private func crossFit(_ pairs: [PreferencePair], _ settings: TrainingSettings) -> ActionAccuracy? {
        let decisions = CrossFit(pairs: pairs, settings: settings, reference: reference)
            .predictions(for: pairs.map { DecisionCase(pair: $0) })
        return ActionAccuracy(decisions.map(\.action), for: pairs, rendersPersona: settings.rendersPersona)
    }
}
