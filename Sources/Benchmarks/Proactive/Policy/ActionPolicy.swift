/// Decides between asking and doing.
public protocol ActionPolicy: Sendable {
    /// What reports call it.
    var name: String { get }

    /// A decision for each case, in their order.
    ///
    /// Throws where the policy cannot be asked, such as a model whose Python environment is missing.
    func predictions(for cases: [DecisionCase]) async throws -> [ActionPrediction]
}

/// What a policy decided.
public struct ActionPrediction: Sendable, Hashable {
    /// The decision.
    public var action: ProactiveAction
    /// log p(Clarify) - log p(Execute), where the policy has probabilities.
    public var margin: Double?

    /// Takes a decision.
    public init(_ action: ProactiveAction, margin: Double? = nil) {
        self.action = action
        self.margin = margin
    }

    /// Takes a difference of log probabilities; no difference means Execute, which bothers nobody.
    public init(margin: Double) {
        self.init(margin > 0 ? .clarify : .execute, margin: margin)
    }
}
