public import JSON

/// What replaying recorded exchanges found.
public struct AppWorldLedger: Sendable {
    /// One exchange, or one figure, that differs.
    public struct Disagreement: Sendable, Hashable {
        /// Topic, number and name, as `env/31 evaluate_noop`.
        public var place: String
        /// What differs.
        public var field: String
        /// What is recorded.
        public var expected: JSONValue
        /// What came.
        public var actual: JSONValue
        /// Why it may differ; nil when it must not.
        public var reason: String?
    }

    /// The cases of one topic.
    public struct Group: Sendable, Hashable {
        /// The topic: a file's name, or that of a pure check.
        public var topic: String
        /// Cases that agree.
        public var agreed = 0
        /// Cases that differ for a reason that is known.
        public var known = 0
        /// All cases.
        public var total = 0
    }

    /// The groups, in the order of the files.
    public internal(set) var groups: [Group] = []
    /// What differs, known or not.
    public internal(set) var disagreements: [Disagreement] = []
    /// How the bodies were compared.
    public internal(set) var comparison = "shape"

    /// Cases that agree.
    public var agreed: Int { groups.reduce(0) { $0 + $1.agreed } }
    /// Cases that differ for a known reason.
    public var known: Int { groups.reduce(0) { $0 + $1.known } }
    /// All cases.
    public var total: Int { groups.reduce(0) { $0 + $1.total } }

    /// Adds the groups and disagreements of another ledger.
    mutating func add(_ other: Self) {
        groups += other.groups
        disagreements += other.disagreements
    }

    /// The ledger as one object.
    public var json: JSONValue {
        [
            "benchmark": "appworld", "comparison": .string(comparison), "agreed": JSONValue(agreed),
            "known": JSONValue(known), "total": JSONValue(total),
            "groups": .array(
                groups.map { group in
                    [
                        "topic": .string(group.topic), "agreed": JSONValue(group.agreed),
                        "known": JSONValue(group.known), "total": JSONValue(group.total),
                    ]
                }),
            "disagreements": .array(
                disagreements.map { item in
                    [
                        "case_id": .string(item.place), "field": .string(item.field), "expected": item.expected,
                        "actual": item.actual, "reason": item.reason.map { .string($0) } ?? .null,
                    ]
                }),
        ]
    }
}
