import Evaluation

/// Retrains the native policy for a range of weights of the interruption cost.
///
/// For each alpha the rewards are computed anew from the same scored trajectories, the pairs with them, and policies
/// trained; no model is called. All policies are then measured with one and the same cost, that of `reference`, and
/// every state is decided by a policy that has not seen it.
public struct AlphaSweep: Sendable {
    /// The weights to try, ascending.
    public var alphas: [Double]
    /// How policies are trained.
    public var training: TrainingSettings
    /// What all policies are measured by.
    public var reference: RewardSettings

    /// The alphas that are tried unless others are asked for.
    public static let standardAlphas = [0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1, 1.5, 2]

    /// Makes a sweep.
    public init(
        alphas: [Double] = Self.standardAlphas, training: TrainingSettings = .init(),
        reference: RewardSettings = .init()
    ) {
        self.alphas = alphas
        self.training = training
        self.reference = reference
    }

    /// One policy of a sweep.
    public struct Entry: Sendable {
        /// The alpha that its pairs were made with.
        public let alpha: Double
        /// How many pairs there were.
        public let pairs: Int
        /// How it does by the reference cost.
        public let scores: PolicyScores
    }

    /// Trains and measures; an alpha without any pair is left out.
    ///
    /// With the `v2` cost, which has no alpha, the weight of the whole cost varies instead. Throws
    /// ``EvaluationError`` (cause `task`) without decision points.
    public func run(on trajectories: [ScoredTrajectory]) async throws -> [Entry] {
        let cases = DecisionCase.cases(of: trajectories, settings: reference)
        guard !cases.isEmpty else {
            throw EvaluationError(
                .dataMissing, "no decision point has trajectories of both actions", cause: .task,
                advice: "generate with --branches 1 or more")
        }
        var entries: [Entry] = []
        for alpha in alphas.sorted() {
            let pairs = PreferenceSet(trajectories, settings: settings(for: alpha)).pairs
            guard !pairs.isEmpty else { continue }
            let policy = SweptPolicy(
                name: "alpha_\(FixedText.text(alpha, decimals: 2))", fit: CrossFit(pairs: pairs, settings: training))
            let report = try await PolicyEvaluation().evaluate(policy, against: [], on: cases)
            entries.append(Entry(alpha: alpha, pairs: pairs.count, scores: report.policy))
        }
        return entries
    }

    private func settings(for alpha: Double) -> RewardSettings {
        var settings = reference
        switch settings.cost.formula {
        case .seed: settings.cost.alpha = alpha
        case .v2: settings.interruptWeight = alpha
        }
        return settings
    }
}

/// The policies of one alpha, each asked for the states that it has not seen.
private struct SweptPolicy: ActionPolicy {
    let name: String
    let fit: CrossFit

    func predictions(for cases: [DecisionCase]) -> [ActionPrediction] { fit.predictions(for: cases) }
}
