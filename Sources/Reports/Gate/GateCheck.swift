public import JSON

/// How a gate, or one of its checks, came out.
public enum GateVerdict: String, Sendable, Hashable, CaseIterable {
    /// What was asked for holds.
    case pass
    /// It does not.
    case fail
    /// The data do not say: too few, too uncertain, incomplete or without a price.
    case inconclusive
}

/// One thing that a policy asks for, and what the run says to it.
public struct GateCheck: Sendable {
    /// The policy's key, such as `min` or `max_drop`.
    public let limit: String
    /// What it is asked of: a metric of a task or domain, or the run.
    public let subject: String
    /// How it came out.
    public let verdict: GateVerdict
    /// Why, in a sentence.
    public let reason: String
    /// The limit's value.
    var bound: Double?
    /// What the run came to.
    var value: Double?
    /// The end of the interval that decided, where one did.
    var estimateBound: Double?
    var confidence: Double?
    /// The rule's place in the policy, from 0; nil for what is asked of the whole run.
    var rule: Int?
    /// The rule's own name.
    var name: String?

    init(_ limit: String, of subject: String, _ verdict: GateVerdict, _ reason: String) {
        self.limit = limit
        self.subject = subject
        self.verdict = verdict
        self.reason = reason
    }

    /// The check as JSON.
    public var json: JSONValue {
        var object: JSONObject = [
            "limit": .string(limit), "subject": .string(subject), "verdict": .string(verdict.rawValue),
            "reason": .string(reason), "bound": .finite(bound), "value": .finite(value),
        ]
        if let rule { object["rule"] = .int(Int64(rule)) }
        if let name { object["name"] = .string(name) }
        if let confidence {
            object["confidence"] = JSONValue(confidence)
            object["estimate_bound"] = .finite(estimateBound)
        }
        return .object(object)
    }
}
