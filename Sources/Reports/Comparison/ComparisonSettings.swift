import JSON
import Statistics

/// How runs are compared.
public struct ComparisonSettings: Sendable, Hashable {
    /// What a comparison is made for each of.
    public enum Grouping: String, Sendable, Hashable, CaseIterable {
        /// Each task of the plan.
        case task
        /// Each domain of the samples' metadata, over all tasks.
        case domain
    }

    /// The level of intervals; 1 minus it is the significance level.
    public var confidence = 0.95
    /// The power that the smallest detectable differences are reckoned for.
    public var power = 0.8
    /// Only these metrics, all of them where empty.
    public var metrics: [String] = []
    /// Only these tasks, all of them where empty.
    public var tasks: [String] = []
    /// What a comparison is made for each of.
    public var grouping = Grouping.task
    /// Whether every run is compared with every other, and not only with the first.
    public var comparesAllPairs = false
    /// Differences within ± this count as none; nil where none is too small to count.
    public var margin: Double?
    /// The seed of permutation tests that cannot count everything.
    public var seed: UInt64 = 0

    /// The defaults.
    public init() {}

    /// The significance level of a family of tests.
    var significance: Double { 1 - confidence }

    /// How p values are corrected for their number.
    static let correction = MultipleComparisons.holm

    /// The settings with the methods in words, as comparisons say them.
    func json(tests: Int) -> JSONValue {
        [
            "confidence": JSONValue(confidence), "power": JSONValue(power), "grouping": .string(grouping.rawValue),
            "margin": margin.map { JSONValue($0) } ?? .null, "correction": .string(Self.correction.rawValue),
            "tests": .int(Int64(tests)), "seed": .number(String(seed)),
            "methods": [
                "pairing": "task, sample and trial, scored in both runs",
                "difference": "mean of the pairs' differences, the later run minus the earlier",
                "interval":
                    "Tango's score interval where values are 0 or 1 and the trials of every sample agree; else Student's t with standard errors clustered by sample",
                "test":
                    "McNemar's exact test where values are 0 or 1 and every sample was attempted once; else a permutation test that flips the signs of each sample's differences together",
                "correction": "Holm over all tests of this comparison",
                "detectable": "for a Bonferroni share of the significance level",
            ],
        ]
    }
}
