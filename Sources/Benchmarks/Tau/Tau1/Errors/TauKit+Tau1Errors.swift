import Evaluation

extension TauKit {
    /// Adds what explains the failures of the original τ-bench.
    func registerTau1Errors(in registry: inout Registry) {
        registry.roles.register(
            Registration(
                "tau_bench_error_identification", roles: [.judgeExtend],
                summary: "Asks a model who caused the fault of a failed τ-bench dialogue, and what fault it was.",
                parameters: Tau1ErrorParameters.self
            ) { Tau1ErrorJudge(parameters: $0, answers: Tau1ErrorAnswers()) })
        registry.summaryGenerators.register(
            Registration(
                Tau1ErrorSummary.key, summary: "Who caused the faults of failed τ-bench dialogues, and what they were."
            ) { Tau1ErrorSummary() })
    }
}
