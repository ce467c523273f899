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
            ) { Standardizer($0) })
        registerRoles(in: &registry)
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

    private func registerRoles(in registry: inout Registry) {
        registry.roles.register(
            Registration(
                "swebench_repo", roles: [.contextProvider],
                summary: "Makes an agent's copy of a repository ready and shows what is in it.",
                parameters: RepositoryParameters.self
            ) { RepositoryRole(parameters: $0) })
        registry.roles.register(
            Registration(
                "swebench_docker", roles: [.judgeExtend],
                summary: "Runs an instance's tests on a patch in a fresh container, as officially.",
                parameters: JudgeParameters.self
            ) { SWEBenchJudge(parameters: $0) })
        registry.roles.register(
            Registration(
                "swebench_predictions", roles: [.dutAgent],
                summary: "Gives patches that are there already: a file's, the data set's own, or none.",
                parameters: PredictionsParameters.self
            ) { PredictionsRole($0) })
    }
}
