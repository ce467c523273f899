public import JSON
public import Statistics

/// A policy as a point: what it costs the user, and what it achieves.
public struct ParetoPoint: Sendable, Hashable {
    /// Where the point comes from.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A policy that was evaluated.
        case policy
        /// A baseline.
        case baseline
        /// A policy of the sweep over alpha.
        case sweep
    }

    /// The policy's name.
    public var name: String
    /// Where it comes from.
    public var kind: Kind
    /// The mean interruption cost: less is better.
    public var cost: Double
    /// What is achieved, in percent: more is better.
    public var success: Double
    /// The 95 % interval of the cost, or nil.
    public var costInterval: Interval?
    /// The 95 % interval of what is achieved, or nil.
    public var successInterval: Interval?
    /// How often the policy asks, or nil.
    public var clarifyRate: Double?
    /// The alpha that it was trained with, or nil.
    public var alpha: Double?

    /// Describes a point.
    public init(name: String, kind: Kind, cost: Double, success: Double) {
        self.name = name
        self.kind = kind
        self.cost = cost
        self.success = success
    }

    /// Whether this point leaves nothing to prefer the other for: no worse in both, and better in one.
    public func dominates(_ other: Self) -> Bool {
        cost <= other.cost && success >= other.success && (cost < other.cost || success > other.success)
    }

    /// The point as result files hold it.
    public var json: JSONObject {
        var object: JSONObject = [
            "name": .string(name), "kind": .string(kind.rawValue), "avg_interrupt_cost": JSONValue(cost),
            "success": JSONValue(success),
        ]
        if let costInterval { object["avg_interrupt_cost_interval"] = Self.json(costInterval) }
        if let successInterval { object["success_interval"] = Self.json(successInterval) }
        if let clarifyRate { object["clarify_rate"] = JSONValue(clarifyRate) }
        if let alpha { object["alpha"] = JSONValue(alpha) }
        return object
    }

    private static func json(_ interval: Interval) -> JSONValue {
        [JSONValue(interval.lower), JSONValue(interval.upper)]
    }
}
