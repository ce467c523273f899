public import Evaluation
public import JSON

/// What a run must come to before it may pass: the content of a policy file.
public struct GatePolicy: Parameters {
    var apiVersion: String? = GatePolicy.version
    var name: String?
    var summary: String?
    var confidence: Double?
    var allowsIncomplete = false
    var usesAmendments = false
    var minimumCoverage: Double?
    var maximumErrorRate: Double?
    var maximumCost: Double?
    var rules: [GateRule] = []

    /// The only version of policies.
    public static let version = "gage/gate/v1"

    /// Whether people's corrections of verdicts count.
    public var countsCorrections: Bool { usesAmendments }

    /// A policy without rules.
    public init() {}

    /// The keys of a policy.
    public static var fields: [ParameterField<Self>] {
        [
            .init("api_version", \.apiVersion, "The version of the format: gage/gate/v1."),
            .init("name", \.name, "What the gate is called in its output."),
            .init("description", \.summary, "What it guards, for readers."),
            .init("confidence", \.confidence, confidenceSummary) {
                $0.minimum = 0.5
                $0.maximum = 0.9999
            },
            .init("allow_incomplete", \.allowsIncomplete, "Whether a run that is not completed may pass."),
            .init("amended", \.usesAmendments, "Whether people's corrections of verdicts count."),
            .init("min_coverage", \.minimumCoverage, "The least share of planned episodes that must be scored.") {
                $0.minimum = 0
                $0.maximum = 1
            },
            .init("max_error_rate", \.maximumErrorRate, "The largest share of attempted episodes that may error.") {
                $0.minimum = 0
                $0.maximum = 1
            },
            .init("max_cost", \.maximumCost, "The most US dollars that the run may have cost.") { $0.minimum = 0 },
            .init("rules", \.rules, "What single metrics, tasks and domains must come to."),
        ]
    }

    static let confidenceSummary =
        "How sure a rule must be, one-sided: 0.95 passes only where the 95 % bound passes. Without it the estimate decides."

    /// Reports a version that is not known, and a policy that asks for nothing.
    public func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        if let apiVersion, apiVersion != Self.version {
            diagnostics.error(
                "unknown version '\(apiVersion)' of policies", at: node["api_version"] ?? node,
                advice: "write \(Self.version)")
        }
        if rules.isEmpty, minimumCoverage == nil, maximumErrorRate == nil, maximumCost == nil {
            diagnostics.error("the policy asks for nothing", at: node, advice: "add rules")
        }
    }

    /// The policy's JSON Schema (draft 2020-12), for editors.
    public static var jsonSchema: JSONValue {
        var object: JSONObject = [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Policy of gage gate",
        ]
        for (key, value) in schema.jsonSchema { object[key] = value }
        return .object(object)
    }
}

/// One rule of a policy: a metric, task or domain, and what it must come to.
public struct GateRule: Parameters {
    var name: String?
    var metric: String?
    var value: String?
    var task: String?
    var domain: String?
    var minimum: Double?
    var maximum: Double?
    var maximumDrop: Double?
    var margin: Double?
    var confidence: Double?
    var minimumSamples: Int?
    var minimumCoverage: Double?
    var maximumErrorRate: Double?
    var maximumCost: Double?

    /// A rule that asks for nothing.
    public init() {}

    /// The keys of a rule.
    public static var fields: [ParameterField<Self>] {
        [
            .init("name", \.name, "What the rule is called in the gate's output."),
            .init("metric", \.metric, "The metric's id."),
            .init(
                "value", \.value,
                "Which of the metric's numbers: of every episode, or, such as pass^2, of summary.json."),
            .init("task", \.task, "Only this task; every task that has the metric, each by itself, by default."),
            .init("domain", \.domain, "Only samples of this domain, over all tasks."),
            .init("min", \.minimum, "The least mean."),
            .init("max", \.maximum, "The largest mean."),
            .init("max_drop", \.maximumDrop, "How far the mean may lie below the baseline's, on the same episodes.") {
                $0.minimum = 0
            },
            .init(
                "non_inferiority_margin", \.margin,
                "Like max_drop, and always by an interval: at the rule's confidence, or 0.95."
            ) { $0.minimum = 0 },
            .init("confidence", \.confidence, GatePolicy.confidenceSummary) {
                $0.minimum = 0.5
                $0.maximum = 0.9999
            },
            .init("min_samples", \.minimumSamples, "Fewer samples than this leave the rule undecided.") {
                $0.minimum = 1
            },
            .init("min_coverage", \.minimumCoverage, "The least share of planned episodes that must be scored.") {
                $0.minimum = 0
                $0.maximum = 1
            },
            .init("max_error_rate", \.maximumErrorRate, "The largest share of attempted episodes that may error.") {
                $0.minimum = 0
                $0.maximum = 1
            },
            .init("max_cost", \.maximumCost, "The most US dollars that these episodes may have cost.") {
                $0.minimum = 0
            },
        ]
    }

    var needsMetric: Bool {
        minimum != nil || maximum != nil || maximumDrop != nil || margin != nil || minimumSamples != nil
    }

    var needsBaseline: Bool { maximumDrop != nil || margin != nil }

    /// Reports a rule that asks for nothing, or of no metric.
    public func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        if needsMetric, metric == nil {
            diagnostics.error("the rule names no metric", at: node, advice: "add 'metric'")
        }
        if !needsMetric, minimumCoverage == nil, maximumErrorRate == nil, maximumCost == nil {
            diagnostics.error(
                "the rule asks for nothing", at: node, advice: "add min, max, max_drop, min_coverage, …")
        }
        if let minimum, let maximum, minimum > maximum {
            diagnostics.error("min is larger than max", at: node["min"] ?? node)
        }
    }
}
