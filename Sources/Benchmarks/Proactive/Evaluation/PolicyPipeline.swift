public import JSON

/// Everything that comes after scored trajectories: pairs, native training, evaluation, and the Pareto front.
///
/// For runs and scripts that want the whole second half at once. No model is called and no program is run.
public struct PolicyPipeline: Sendable {
    /// How policies are trained.
    public var training: TrainingSettings
    /// How rewards are made.
    public var rewards: RewardSettings
    /// The weights of the sweep; empty for no sweep.
    public var alphas: [Double]

    /// Makes a pipeline.
    public init(
        training: TrainingSettings = .init(), rewards: RewardSettings = .init(),
        alphas: [Double] = AlphaSweep.standardAlphas
    ) {
        self.training = training
        self.rewards = rewards
        self.alphas = alphas
    }

    /// What the pipeline came to.
    public struct Report: Sendable {
        /// The policy.
        public let trained: TrainedPolicy
        /// How it does on the held-out states, or on all where none could be held out.
        public let evaluation: EvaluationReport
        /// All policies by cost and success.
        public let front: ParetoFront

        /// The figures for a run's summary, without the decisions one by one.
        public var json: JSONObject {
            var baselines: JSONObject = [:]
            for baseline in evaluation.baselines { baselines[baseline.policy] = .object(baseline.json) }
            var metrics = trained.metricsJSON
            metrics["curve"] = nil
            metrics["seconds"] = nil
            return [
                "training": .object(metrics), "evaluation": .object(evaluation.policy.json),
                "baselines": .object(baselines), "confusion_matrix": evaluation.policy.confusionJSON,
                "pareto_front": front.json["front"] ?? [],
            ]
        }

        /// The policy's folder `policy/`, `evaluation.json` and the Pareto files.
        public var files: [String: [UInt8]] {
            var files = front.files
            for (name, bytes) in trained.files { files["policy/\(name)"] = bytes }
            files["evaluation.json"] = ProactiveFiles.bytes(of: evaluation.json)
            return files
        }
    }

    /// Trains on the pairs of the trajectories, evaluates on held-out states with all baselines, and sweeps alpha.
    ///
    /// Nil where no decision point prefers an action: there is nothing to learn from.
    public func run(on trajectories: [ScoredTrajectory]) async throws -> Report? {
        let pairs = PreferenceSet(trajectories, settings: rewards).pairs
        guard !pairs.isEmpty else { return nil }
        let trained = PolicyTrainer(settings: training).train(on: pairs)
        let all = DecisionCase.cases(of: trajectories, settings: rewards)
        let unseen = all.filter { !trained.provenance.states.contains($0.state.id) }
        let untrained = LogLinearPolicy.untrained(trained.policy.layout)
        let evaluation = try await PolicyEvaluation().evaluate(
            trained.policy, against: PolicyEvaluation.baselines(untrained: untrained),
            on: unseen.isEmpty ? all : unseen, trainedOn: trained.provenance.states)
        let sweep = try await SweepResult(
            of: trajectories, by: AlphaSweep(alphas: alphas, training: training, reference: rewards))
        return Report(
            trained: trained, evaluation: evaluation,
            front: ParetoFront(baselines: sweep.baselines, sweep: sweep.entries))
    }
}
