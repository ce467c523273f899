import Evaluation

/// When a run stops before its end, apart from the user's wish.
struct StopPolicy: Sendable {
    /// Whether the first errored episode stops the run.
    var failFast = false
    /// What the run may use.
    var budget = RunBudget()
    /// What earlier sessions of the run have used of it.
    var earlier = Spending()

    /// What counts towards the decision.
    struct Tally: Sendable {
        /// What all attempts have used so far, failed ones included.
        var spending = Spending()
        /// Whether any episode of this task came to something, so that the configuration cannot be all wrong.
        var hasUsableEpisode = false

        mutating func count(_ outcome: Outcome) {
            switch outcome {
            case .scored, .unscorable: hasUsableEpisode = true
            case .errored: break
            }
        }
    }

    /// Why to stop given what was used; nil to go on.
    func reasonToStop(_ tally: Tally, at now: Double) -> StopReason? {
        var spending = earlier
        spending += tally.spending
        if budget.cost != nil, spending.unpriced > 0 {
            return .failed(
                EvaluationError(
                    .configurationInvalid,
                    "the budget in US dollars cannot be kept: "
                        + "the price of \(spending.unpriced == 1 ? "a call" : "\(spending.unpriced) calls") is unknown",
                    cause: .configuration, advice: "give the backends a 'price', or bound tokens"))
        }
        return budget.exceededBy(spending, at: now).map(StopReason.budget)
    }

    /// Why to stop after an episode was committed; nil to go on.
    ///
    /// A bad sample is data. An error in the configuration is the same for every episode, so it stops the run, unless
    /// some episode of the task has shown that the configuration works.
    func reasonToStop(after outcome: Outcome, _ tally: Tally) -> StopReason? {
        guard case .errored(let error) = outcome else { return nil }
        if failFast { return .failFast(error) }
        let concernsAll = error.cause == .configuration || error.code == .providerUnauthorized
        return concernsAll && !tally.hasUsableEpisode ? .failed(error) : nil
    }

    /// Why to stop at once after an attempt that failed for want of means; nil otherwise.
    static func reasonToStop(for error: EvaluationError) -> StopReason? {
        error.code == .budgetExhausted ? .budget(error.message) : nil
    }
}
