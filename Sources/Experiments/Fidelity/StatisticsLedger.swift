public import JSON

/// What recomputing recorded results of scipy and statsmodels found.
public struct StatisticsLedger: Sendable {
    /// One number that differs.
    public struct Disagreement: Sendable, Hashable {
        /// The section and the case's place in it.
        public var place: String
        /// Which number.
        public var field: String
        /// What is recorded.
        public var expected: Double
        /// What gage computes; nil where it computes nothing.
        public var actual: Double?
    }

    /// The cases of one section.
    public struct Group: Sendable, Hashable {
        /// The section.
        public var section: String
        /// Cases in which nothing differs.
        public var agreed = 0
        /// All cases.
        public var total = 0
        /// Numbers that were compared.
        public var numbers = 0
    }

    /// The groups, in the file's order.
    public internal(set) var groups: [Group] = []
    /// What differs.
    public internal(set) var disagreements: [Disagreement] = []

    /// Cases in which nothing differs.
    public var agreed: Int { groups.reduce(0) { $0 + $1.agreed } }
    /// All cases.
    public var total: Int { groups.reduce(0) { $0 + $1.total } }

    /// The ledger as one object.
    public var json: JSONValue {
        [
            "benchmark": "statistics", "agreed": JSONValue(agreed), "total": JSONValue(total),
            "tolerance": "1e-9 relative; resampling by another stream within five Monte-Carlo errors of a quantile",
            "groups": .array(
                groups.map { group in
                    [
                        "section": .string(group.section), "agreed": JSONValue(group.agreed),
                        "total": JSONValue(group.total), "numbers": JSONValue(group.numbers),
                    ]
                }),
            "disagreements": .array(
                disagreements.map { item in
                    [
                        "case_id": .string(item.place), "field": .string(item.field),
                        "expected": JSONValue(finite: item.expected), "actual": JSONValue(finite: item.actual),
                    ]
                }),
        ]
    }
}

/// The numbers of one case: what is recorded beside what gage computes.
struct StatisticsCase {
    struct Number {
        var field: String
        var expected: Double
        var actual: Double?
        /// How far they may be apart besides the relative tolerance.
        var slack: Double
    }

    let json: JSONValue
    private(set) var numbers: [Number] = []

    init(_ json: JSONValue) { self.json = json }

    /// Compares a number with the one that the case has under a path; passed over where the case has none.
    mutating func compare(_ path: String, _ actual: Double?, within slack: Double = 1e-12) {
        guard let recorded = json.at(path), !recorded.isNull else { return }
        numbers.append(Number(field: path, expected: recorded.statisticsNumber, actual: actual, slack: slack))
    }

    /// Compares a list of numbers, whose lengths have to be equal.
    mutating func compare(_ path: String, _ actual: [Double]?, within slack: Double = 1e-12) {
        guard let recorded = json.at(path)?.arrayValue else { return }
        let pairs = actual?.count == recorded.count ? actual : nil
        for (place, value) in recorded.enumerated() {
            numbers.append(
                Number(
                    field: "\(path)[\(place)]", expected: value.statisticsNumber, actual: pairs?[place], slack: slack))
        }
    }

    static func agrees(_ number: Number) -> Bool {
        guard let actual = number.actual else { return false }
        if number.expected.isNaN || actual.isNaN { return number.expected.isNaN && actual.isNaN }
        if number.expected == actual { return true }
        let scale = max(number.expected.magnitude, actual.magnitude)
        return (number.expected - actual).magnitude <= max(1e-9 * scale, number.slack)
    }
}

extension JSONValue {
    /// A number, which the recorded cases spell as a text or as true and false where they have to.
    var statisticsNumber: Double {
        switch self {
        case .bool(let flag): flag ? 1 : 0
        case .string("inf"): .infinity
        case .string("-inf"): -.infinity
        default: doubleValue ?? .nan
        }
    }

    var statisticsNumbers: [Double] { arrayValue?.map(\.statisticsNumber) ?? [] }
    var statisticsTable: [[Double]] { arrayValue?.map(\.statisticsNumbers) ?? [] }
}
