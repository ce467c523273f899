public import JSON

/// What replaying official cases found.
public struct TauFidelityReport: Sendable {
    /// One thing that differs between the official record and gage.
    public struct Disagreement: Sendable, Hashable {
        /// The case.
        public var caseID: String
        /// What differs, as a path in the case's expectations.
        public var field: String
        /// The official record.
        public var expected: JSONValue
        /// What gage has.
        public var actual: JSONValue
    }

    /// Cases of one domain and kind.
    public struct Group: Sendable, Hashable {
        /// The domain.
        public var domain: String
        /// The kind: `tools`, `orch`, `real`, `recorded`, or a kind of synthetic trajectory.
        public var kind: String
        /// Cases in which nothing differs.
        public var agreed = 0
        /// All cases.
        public var total = 0
    }

    /// The benchmark, as the command names it.
    public let benchmark: String
    /// The groups, by domain and kind.
    public private(set) var groups: [Group] = []
    /// What differs, at most ``disagreementLimit`` of it, in the order of case ids.
    public private(set) var disagreements: [Disagreement] = []
    /// Cases in which nothing differs.
    public private(set) var agreed = 0
    /// All cases.
    public private(set) var total = 0
    /// How many disagreements are kept; all are counted.
    public static let disagreementLimit = 1000

    /// A report of nothing.
    public init(benchmark: String) { self.benchmark = benchmark }

    /// Adds a case.
    mutating func add(_ outcome: TauCaseOutcome) {
        let isAgreed = outcome.disagreements.isEmpty
        let place =
            groups.firstIndex { $0.domain == outcome.domain && $0.kind == outcome.kind }
            ?? {
                groups.append(Group(domain: outcome.domain, kind: outcome.kind))
                return groups.count - 1
            }()
        groups[place].total += 1
        total += 1
        if isAgreed {
            groups[place].agreed += 1
            agreed += 1
        }
        disagreements += outcome.disagreements.prefix(max(0, Self.disagreementLimit - disagreements.count))
    }

    /// Puts everything in order, so that the same cases give the same report whatever finished first.
    mutating func sort() {
        groups.sort { ($0.domain, $0.kind) < ($1.domain, $1.kind) }
        disagreements.sort { ($0.caseID, $0.field) < ($1.caseID, $1.field) }
    }

    /// The report as `{benchmark, agreed, total, groups, disagreements}`.
    public var json: JSONValue {
        [
            "benchmark": .string(benchmark), "agreed": JSONValue(agreed), "total": JSONValue(total),
            "groups": .array(groups.map(\.json)), "disagreements": .array(disagreements.map(\.json)),
        ]
    }
}

extension TauFidelityReport.Group {
    fileprivate var json: JSONValue {
        [
            "domain": .string(domain), "kind": .string(kind), "agreed": JSONValue(agreed),
            "total": JSONValue(total),
        ]
    }
}

extension TauFidelityReport.Disagreement {
    fileprivate var json: JSONValue {
        ["case_id": .string(caseID), "field": .string(field), "expected": expected, "actual": actual]
    }
}
