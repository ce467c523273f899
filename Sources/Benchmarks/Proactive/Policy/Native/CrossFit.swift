/// Decides every case by a native policy that was trained without the case's state.
///
/// The states are divided into five groups by seed; five policies are trained, each on four of them. So all data test,
/// and none leak.
struct CrossFit: Sendable {
    private let folds: [Set<String>]
    private let policies: [LogLinearPolicy]
    private let general: LogLinearPolicy

    init(pairs: [PreferencePair], settings: TrainingSettings, reference: LogLinearPolicy? = nil, count: Int = 5) {
        let trainer = LogLinearTrainer(settings: settings, reference: reference)
        let folds = HeldOutSplit.folds(of: pairs.map(\.state.id), count: count, seed: settings.splitSeed)
        self.folds = folds
        policies = folds.map { fold in
            trainer.train(on: pairs.filter { !fold.contains($0.state.id) }, heldOut: []).0
        }
        general = trainer.train(on: pairs, heldOut: []).0
    }

    /// The decisions; a case whose state has no pair is decided by a policy of all pairs, which has not seen it either.
    func predictions(for cases: [DecisionCase]) -> [ActionPrediction] {
        cases.map { item in
            let fold = folds.firstIndex { $0.contains(item.state.id) }
            let policy = fold.map { policies[$0] } ?? general
            return ActionPrediction(margin: policy.margin(of: item.state, persona: item.persona))
        }
    }
}
