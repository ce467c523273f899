/// A policy whose difference of log probabilities is a weighted sum of a state's features.
///
/// d(s) = w · φ(s) = log π(Clarify|s) - log π(Execute|s). It needs no Python and trains in milliseconds.
public struct LogLinearPolicy: ActionPolicy, Hashable {
    /// What reports call it.
    public var name: String
    /// Which features it looks at.
    public let layout: StateFeatures.Layout
    var weights: [Double]

    init(name: String, layout: StateFeatures.Layout, weights: [Double]) {
        self.name = name
        self.layout = layout
        self.weights = weights
    }

    /// A policy of no opinion: every difference is 0, and so every decision is Execute.
    public static func untrained(_ layout: StateFeatures.Layout = .init()) -> Self {
        Self(name: "untrained", layout: layout, weights: Array(repeating: 0, count: StateFeatures.Layout.size))
    }

    /// log π(Clarify|s) - log π(Execute|s).
    public func margin(of state: ProactiveState, persona: Persona? = nil) -> Double {
        margin(of: StateFeatures(of: state, persona: persona, layout: layout))
    }

    func margin(of features: StateFeatures) -> Double {
        var sum = 0.0
        for (place, value) in zip(features.places, features.values) { sum += weights[Int(place)] * value }
        return sum
    }

    /// Decides every case; never throws.
    public func predictions(for cases: [DecisionCase]) -> [ActionPrediction] {
        cases.map { ActionPrediction(margin: margin(of: $0.state, persona: $0.persona)) }
    }

    /// The facts' weights by name, largest first: what the policy has learned.
    public var factWeights: [(name: String, weight: Double)] {
        StateFeatures.Layout.factNames.enumerated().map { ($1, weights[$0]) }.filter { $0.1 != 0 }
            .sorted { $0.1.magnitude > $1.1.magnitude }
    }
}
