public import Evaluation
public import JSON

/// What an evaluation found: the policy, its baselines, and whether the test was a fair one.
public struct EvaluationReport: Sendable {
    /// The policy's figures.
    public let policy: PolicyScores
    /// The baselines' figures.
    public let baselines: [PolicyScores]
    /// Where the outcomes came from.
    public let outcomes: String
    /// The states that the policy was trained on and that it was tested on all the same; nil where its training is not
    /// known.
    public let leaked: Set<String>?

    /// What has to be said about the test's fairness, or nil.
    public var warning: String? {
        guard let leaked else {
            return "it is not known what the policy was trained on: it may have been tested on its training data"
        }
        guard !leaked.isEmpty else { return nil }
        let states = Set(policy.decisions.map(\.state)).count
        return "leak: \(leaked.count) of the \(states) states were trained on; test on held-out states (--held_out)"
    }

    /// The whole report: `summary`, `baselines`, `per_persona`, `confusion_matrix`, `leak`, `detailed_results`.
    public var json: JSONValue {
        var rows: JSONObject = [:]
        for baseline in baselines { rows[baseline.policy] = .object(baseline.json) }
        var personas: JSONObject = [:]
        for (name, scores) in policy.byPersona { personas[name] = .object(scores.json) }
        return [
            "policy": .string(policy.policy), "summary": .object(policy.json), "baselines": .object(rows),
            "per_persona": .object(personas), "confusion_matrix": policy.confusionJSON, "leak": leakJSON,
            "outcomes": .string(outcomes),
            "detailed_results": .array(policy.decisions.map { .object($0.json) }),
        ]
    }

    private var leakJSON: JSONValue {
        [
            "known": .bool(leaked != nil), "states": .array((leaked ?? []).sorted().map { .string($0) }),
            "warning": warning.map { .string($0) } ?? .null,
        ]
    }

    /// Writes the report.
    ///
    /// Throws ``EvaluationError`` when the disk does not allow it.
    public func write(to path: String) throws(EvaluationError) {
        try ProactiveFiles.write(json, to: path)
    }
}
