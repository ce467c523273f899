/// Always the same decision.
public struct ConstantPolicy: ActionPolicy, Hashable {
    /// The decision.
    public let action: ProactiveAction

    /// What reports call it: `always_clarify` or `always_execute`.
    public var name: String { "always_\(action.rawValue.lowercased())" }

    /// Always decides for an action.
    public init(_ action: ProactiveAction) { self.action = action }

    /// The decision, as often as there are cases; never throws.
    public func predictions(for cases: [DecisionCase]) -> [ActionPrediction] {
        cases.map { _ in ActionPrediction(action) }
    }
}

/// The rule that chooses the mainline action: it knows the persona.
public struct MainlineRulePolicy: ActionPolicy, Hashable {
    /// What reports call it.
    public let name = "mainline_rule"

    /// Makes the policy.
    public init() {}

    /// The rule's decisions; a case without a persona counts as the domain's first.
    public func predictions(for cases: [DecisionCase]) -> [ActionPrediction] {
        cases.map { item in
            let persona = item.persona ?? Persona.standard(item.state.domain)[0]
            return ActionPrediction(MainlineRule.action(for: persona, in: item.state))
        }
    }
}

/// Knows the better action: what no policy can surpass.
public struct OraclePolicy: ActionPolicy, Hashable {
    /// What reports call it.
    public let name = "oracle"

    /// Makes the policy.
    public init() {}

    /// The preferred actions; Execute where both are worth the same.
    public func predictions(for cases: [DecisionCase]) -> [ActionPrediction] {
        cases.map { ActionPrediction($0.preferred ?? .execute) }
    }
}
