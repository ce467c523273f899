import Evaluation

/// An entry of `metrics`, in its full form.
struct MetricEntry: Identified {
    var metricID: String?
    var implementation: String?
    var aggregation: String?
    var params = Block()

    static let idKey = "metric_id"

    var id: String { metricID ?? implementation ?? "" }

    static var fields: [ParameterField<Self>] {
        [
            .init("metric_id", \.metricID, "The metric's name in this document; else its implementation's."),
            .init("implementation", \.implementation, "The registered metric; else the one of the id's name."),
            .init("aggregation", \.aggregation, "The registered aggregation; else the metric's own."),
            .init("params", \.params, "The metric's and the aggregation's parameters."),
        ]
    }

    func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        if metricID == nil, implementation == nil { diagnostics.error("missing key 'metric_id'", at: node) }
    }
}

/// An entry of `summary_generators`, in its full form.
struct SummaryGeneratorEntry: Identified {
    var id = ""
    var params = Block()

    static let idKey = "generator_id"

    static var fields: [ParameterField<Self>] {
        [
            .init("generator_id", \.id, "The registered summary generator.") {
                $0.aliases = ["name"]
                $0.isRequired = true
            },
            .init("params", \.params, "The generator's parameters."),
        ]
    }
}
