public import JSON
public import Statistics

/// How often the preferred action was chosen, beside what could be reached at best and without looking.
public struct ActionAccuracy: Sendable, Hashable {
    /// The right decisions.
    public let right: Int
    /// All decisions.
    public let count: Int
    /// The share of the action that is preferred more often: what a policy gets that never looks.
    public let majority: Double
    /// The share that a policy gets at best that sees the rendered state and nothing else.
    ///
    /// Below 1 where states that look the same have opposite preferences, such as those of different personas.
    public let ceiling: Double
    /// The share that a policy gets at best that sees everything but the request's words.
    ///
    /// What is above it has to be learned from words, where unseen requests have little in common.
    public let factCeiling: Double
    /// The 95 % interval of the share, clustered by state.
    public let interval: Interval?

    /// The share of right decisions.
    public var value: Double { Double(right) / Double(count) }

    /// Compares decisions with the preferences of the same pairs; nil without pairs.
    public init?(_ actions: [ProactiveAction], for pairs: [PreferencePair], rendersPersona: Bool = false) {
        guard !pairs.isEmpty, actions.count == pairs.count else { return nil }
        let hits = zip(actions, pairs).map { $0 == $1.chosenAction }
        right = hits.count { $0 }
        count = pairs.count
        let asking = pairs.count { $0.chosenAction == .clarify }
        majority = Double(max(asking, pairs.count - asking)) / Double(pairs.count)
        ceiling = Self.ceiling(of: pairs, rendersPersona: rendersPersona) { $0 }
        factCeiling = Self.ceiling(of: pairs, rendersPersona: rendersPersona) { state in
            var state = state
            state.query = ""
            return state
        }
        interval = ClusteredShare(hits.map { $0 ? 1 : 0 }, clusters: pairs.map(\.state.id))?.interval
    }

    /// The share of the majority's preference among states that look the same.
    private static func ceiling(
        of pairs: [PreferencePair], rendersPersona: Bool, seenAs: (ProactiveState) -> ProactiveState
    ) -> Double {
        var votes: [String: [Int]] = [:]
        for pair in pairs {
            let text = RenderedState.text(of: seenAs(pair.state), persona: rendersPersona ? pair.persona : nil)
            votes[text, default: [0, 0]][pair.chosenAction == .clarify ? 0 : 1] += 1
        }
        return Double(votes.values.reduce(0) { $0 + max($1[0], $1[1]) }) / Double(pairs.count)
    }

    /// The interval in percent for tables: `61.2–88.0`, or a dash.
    public var intervalText: String {
        guard let interval else { return "–" }
        return [interval.lower, interval.upper].map { FixedText.text(100 * $0, decimals: 1) }.joined(separator: "–")
    }

    /// The figures as result files hold them.
    public var json: JSONObject {
        var object: JSONObject = [
            "accuracy": JSONValue(value), "right": JSONValue(right), "pairs": JSONValue(count),
            "majority": JSONValue(majority), "ceiling": JSONValue(ceiling), "fact_ceiling": JSONValue(factCeiling),
        ]
        if let interval { object["interval"] = [JSONValue(interval.lower), JSONValue(interval.upper)] }
        return object
    }
}
