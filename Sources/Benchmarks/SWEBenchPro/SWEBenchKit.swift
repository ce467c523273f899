public import Evaluation

/// SWE-bench Pro: what configurations can name of it.
public struct SWEBenchKit: Kit {
    /// The kit's name.
    public let name = "swebench_pro"

    /// Makes the kit.
    public init() {}

    /// Adds the components.
    public func register(in registry: inout Registry) {
        registry.preprocessors.register(
            Registration(
                "swebench_pro_standardizer", summary: "Turns SWE-bench Pro's records into samples.",
                parameters: StandardizerParameters.self
            ) { try Standardizer($0) })
        registry.metrics.register(
            Registration(ResolveRateMetric.key, summary: "Whether an instance of SWE-bench is resolved.") {
                ResolveRateMetric()
            })
        registry.metrics.register(
            Registration(FailureReasonMetric.key, summary: "Why an instance of SWE-bench is not resolved.") {
                FailureReasonMetric()
            })
        registry.summaryGenerators.register(
            Registration(
                SWEBenchSummary.key, summary: "Resolve rates of SWE-bench, by repository and language, with reasons."
            ) { SWEBenchSummary() })
    }
}
