public import JSON

/// What a program could decide about a trajectory.
public struct RuleJudgement: Sendable, Hashable {
    /// What a check looks at.
    public enum CheckKind: String, Sendable, Hashable, CaseIterable {
        /// A tool was called with matching arguments and did what it was asked.
        case toolCall = "tool_call"
        /// A value was told to the user.
        case answer
        /// A part of the final state is as expected.
        case finalState = "final_state"
        /// Nothing else changed.
        case collateral = "no_collateral_change"
        /// Nothing forbidden was done.
        case forbidden
        /// Gates were opened by the user before calls went through them.
        case permissionOrder = "permission_order"
        /// Completed orders stay within the user's limit.
        case spending
        /// The shopping score is full.
        case shopping = "shopping_score"
    }

    /// One check and its outcome.
    public struct Check: Sendable, Hashable {
        /// What was looked at.
        public var kind: CheckKind
        /// The target that it belongs to; nil for rules of conduct, which concern the whole trajectory.
        public var target: Int?
        /// Whether it passed.
        public var hasPassed: Bool
        /// What was expected and what was found, in one sentence.
        public var detail: String

        /// The check as an object.
        public var json: JSONValue {
            [
                "kind": .string(kind.rawValue), "target": target.map { JSONValue($0) } ?? .null,
                "passed": .bool(hasPassed), "detail": .string(detail),
            ]
        }
    }

    /// For each target whether it was reached; nil where no check belongs to it.
    public internal(set) var targetsAchieved: [Bool?]
    /// Every check, in the order in which it was made.
    public internal(set) var checks: [Check]
    /// The points of a shopping task; nil for other branches.
    public internal(set) var shopping: ShoppingScore?

    /// Rules of conduct that were broken, in sentences.
    ///
    /// Each of them takes all targets away: what was reached by forbidden means does not count.
    public var violations: [String] {
        checks.filter { $0.target == nil && !$0.hasPassed }.map { "\($0.kind.rawValue): \($0.detail)" }
    }

    /// What is wrong, in sentences: failed checks of targets and violations.
    public var issues: [String] { checks.filter { !$0.hasPassed }.map { "\($0.kind.rawValue): \($0.detail)" } }

    /// The share of targets that some check belongs to; nil without targets.
    public var coverage: Double? {
        targetsAchieved.isEmpty
            ? nil : Double(targetsAchieved.count { $0 != nil }) / Double(targetsAchieved.count)
    }

    /// Whether every decided target was reached; nil when none could be decided.
    public var isComplete: Bool? {
        let decided = targetsAchieved.compactMap { $0 }
        return decided.isEmpty ? nil : decided.allSatisfy { $0 }
    }

    /// The judgement as an object.
    public var json: JSONValue {
        var object: JSONObject = [
            "targets_achieved": .array(targetsAchieved.map { $0.map { .bool($0) } ?? .null }),
            "coverage": coverage.map { JSONValue($0) } ?? .null,
            "complete": isComplete.map { .bool($0) } ?? .null,
            "violations": .array(violations.map { .string($0) }),
            "issues": .array(issues.map { .string($0) }),
            "checks": .array(checks.map(\.json)),
        ]
        if let shopping { object["shopping"] = shopping.json }
        return .object(object)
    }
}
