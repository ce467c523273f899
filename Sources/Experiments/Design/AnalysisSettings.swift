public import JSON

/// How a study is going to be analysed: written down before it runs, so that nobody chooses after having seen the data.
public struct AnalysisSettings: Sendable, Hashable {
    /// The variant that the others are compared with.
    public var control = "control"
    /// Whether every pair is compared besides each variant with the control.
    public var comparesAllPairs = false
    /// The two-sided significance level of one family of comparisons.
    public var significance = 0.05
    /// The power that sample sizes are reckoned for.
    public var power = 0.8
    /// Differences of success rates within ± this count as none.
    public var equivalenceMargin = 0.1
    /// Resamples of every bootstrap.
    public var replicates = 10_000
    /// The seed of resampling.
    public var seed = 42

    /// The defaults.
    public init() {}

    /// The settings as they stand in `experiment_config.json`, with the methods in words.
    public var json: JSONValue {
        [
            "control": .string(control), "compares_all_pairs": .bool(comparesAllPairs),
            "significance": JSONValue(significance), "power": JSONValue(power),
            "equivalence_margin": JSONValue(equivalenceMargin), "bootstrap_replicates": JSONValue(replicates),
            "bootstrap_seed": JSONValue(seed), "methods": Self.methods,
        ]
    }

    /// Reads what ``json`` writes; what is missing keeps its default.
    public init(json: JSONValue) {
        control = json["control"]?.stringValue ?? control
        comparesAllPairs = json["compares_all_pairs"]?.boolValue ?? comparesAllPairs
        significance = json["significance"]?.doubleValue ?? significance
        power = json["power"]?.doubleValue ?? power
        equivalenceMargin = json["equivalence_margin"]?.doubleValue ?? equivalenceMargin
        replicates = json["bootstrap_replicates"]?.intValue ?? replicates
        seed = json["bootstrap_seed"]?.intValue ?? seed
    }

    private static let methods: JSONValue = [
        "unit": "task; every task is tried under every variant with the same seeds",
        "rates": "Wilson score interval for one trial, percentile bootstrap over tasks for several",
        "omnibus": "Cochran's Q for one trial, Friedman's test of the tasks' success rates for several",
        "pairwise":
            "McNemar's exact test for one trial (mid-p beside it), sign-flip permutation of the tasks' differences for several; Wilcoxon signed-rank test (zeros left out) beside both",
        "correction":
            "Holm over the planned comparisons of one environment; Benjamini-Hochberg for conversation measures",
        "difference": "paired bootstrap over tasks, percentile and BCa",
        "equivalence": "two one-sided t tests of the tasks' differences against the margin",
        "interaction": "permutation of the environments' labels over the tasks' differences",
    ]
}
