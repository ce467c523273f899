public import JSON

/// What judging a dialogue found: the reward and everything that it rests on, in the official parts.
///
/// Null and empty differ as officially: a check that was not made is nil, one that had nothing to look at may be empty.
public struct Tau2RewardInfo: Sendable, Hashable {
    /// Whether the databases ended up as expected.
    public struct DatabaseCheck: Sendable, Hashable {
        /// Whether they did.
        public var isMatch: Bool
        /// 1 or 0.
        public var reward: Double { isMatch ? 1 : 0 }
    }

    /// Whether an assertion on the world held.
    public struct EnvironmentCheck: Sendable, Hashable {
        /// The assertion.
        public var assertion: Tau2EnvironmentAssertion
        /// Whether it held.
        public var isMet: Bool
    }

    /// Whether an expected call was made.
    public struct ActionCheck: Sendable, Hashable {
        /// The call.
        public var action: Tau2Action
        /// Whether it was made.
        public var isMatch: Bool
        /// What kind of tool it calls; nil for one that the domain has not.
        public var toolKind: ToolKind?
    }

    /// Whether something that the agent had to say was said, or was found true of the dialogue.
    public struct StatementCheck: Sendable, Hashable {
        /// The statement.
        public var statement: String
        /// Whether it is met.
        public var isMet: Bool
        /// Why.
        public var justification: String

        /// Records a check.
        public init(statement: String, isMet: Bool, justification: String) {
            self.statement = statement
            self.isMet = isMet
            self.justification = justification
        }
    }

    /// The reward, 0 to 1.
    public var reward: Double
    /// Whether the databases ended up as expected.
    public var databaseCheck: DatabaseCheck?
    /// The assertions on the world.
    public var environmentAssertions: [EnvironmentCheck]?
    /// The expected calls.
    public var actionChecks: [ActionCheck]?
    /// What a judge was asked.
    public var naturalLanguageAssertions: [StatementCheck]?
    /// What the agent had to say.
    public var communicateChecks: [StatementCheck]?
    /// The parts that count.
    public var rewardBasis: [Tau2RewardComponent]?
    /// Each part's own reward, in the order of judging.
    public var rewardBreakdown: [Part]?
    /// Notes of the parts.
    public var info: JSONValue
    /// Where the databases differ from those expected, as `[{path, old, new}]`; ours, and no part of the official dump.
    public var worldDifference: [JSONValue] = []

    /// One part's own reward.
    public struct Part: Sendable, Hashable {
        /// The part.
        public var component: Tau2RewardComponent
        /// Its reward.
        public var reward: Double
    }

    /// A reward without any check; official dumps name the database as their basis where nobody said otherwise.
    init(reward: Double, rewardBasis: [Tau2RewardComponent]? = [.database], note: String? = nil) {
        self.reward = reward
        self.rewardBasis = rewardBasis
        info = note.map { ["note": .string($0)] } ?? .null
    }

    /// Whether the reward counts as a success: within a millionth of 1.
    public static func isSuccess(_ reward: Double) -> Bool { reward >= 1 - 1e-6 && reward <= 1 + 1e-6 }
}

extension Tau2RewardInfo {
    /// The official dump.
    public var json: JSONValue {
        var breakdown = JSONValue.null
        if let rewardBreakdown {
            var object: JSONObject = [:]
            for part in rewardBreakdown { object[part.component.rawValue] = JSONValue(part.reward) }
            breakdown = .object(object)
        }
        return [
            "reward": JSONValue(reward),
            "db_check": databaseCheck.map { ["db_match": .bool($0.isMatch), "db_reward": JSONValue($0.reward)] }
                ?? .null,
            "env_assertions": .list(environmentAssertions) { $0.json },
            "action_checks": .list(actionChecks) { $0.json },
            "nl_assertions": .list(naturalLanguageAssertions) { $0.json(statementKey: "nl_assertion") },
            "communicate_checks": .list(communicateChecks) { $0.json(statementKey: "info") },
            "reward_basis": .list(rewardBasis) { .string($0.rawValue) },
            "reward_breakdown": breakdown,
            "info": info,
        ]
    }
}

extension JSONValue {
    fileprivate static func list<Item>(_ items: [Item]?, _ json: (Item) -> JSONValue) -> JSONValue {
        items.map { .array($0.map(json)) } ?? .null
    }
}

extension Tau2RewardInfo.EnvironmentCheck {
    fileprivate var json: JSONValue {
        ["env_assertion": assertion.json, "met": .bool(isMet), "reward": JSONValue(isMet ? 1.0 : 0.0)]
    }
}

extension Tau2RewardInfo.ActionCheck {
    fileprivate var json: JSONValue {
        [
            "action": action.json, "action_match": .bool(isMatch), "action_reward": JSONValue(isMatch ? 1.0 : 0.0),
            "tool_type": JSONValue(optional: toolKind?.rawValue),
        ]
    }
}

extension Tau2RewardInfo.StatementCheck {
    fileprivate func json(statementKey: String) -> JSONValue {
        [statementKey: .string(statement), "met": .bool(isMet), "justification": .string(justification)]
    }
}
