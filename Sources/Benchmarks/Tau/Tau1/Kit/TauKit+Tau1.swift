import Evaluation

extension TauKit {
    /// Adds the components of the original τ-bench.
    func registerTau1(in registry: inout Registry) {
        registerTau1Data(in: &registry)
        registerTau1Roles(in: &registry)
        for quantity in Tau1Metric.Quantity.allCases {
            registry.metrics.register(
                Registration(quantity.rawValue, summary: quantity.summary) { Tau1Metric(quantity: quantity) })
        }
        registry.aggregations.register(
            Registration(
                Tau1Metric.passHatAggregation, summary: "pass^k over the trials of each task, as a mean over tasks.",
                parameters: Tau2PassHatParameters.self
            ) { Tau2PassHatAggregation(parameters: $0) })
        registry.summaryGenerators.register(
            Registration(Tau1Summary.key, summary: "Rewards, pass^k and costs of τ-bench, overall and by environment.")
            {
                Tau1Summary()
            })
    }

    private func registerTau1Data(in registry: inout Registry) {
        let store = tau1Store
        registry.datasetLoaders.register(
            Registration(
                "tau_bench_tasks", summary: "The tasks of a split of the original τ-bench.",
                parameters: Tau1TasksParameters.self
            ) { Tau1TasksLoader(parameters: $0, store: store) })
        registry.preprocessors.register(
            Registration("tau_bench_preprocessor", summary: "Turns τ-bench tasks into samples.") {
                Tau1Preprocessor()
            })
    }

    private func registerTau1Roles(in registry: inout Registry) {
        let store = tau1Store
        let terminal = Tau1Terminal()
        registry.roles.register(
            Registration(
                "tau_bench_bootstrap", roles: [.contextProvider],
                summary: "Gives a τ-bench episode fresh data and prepares the dialogue with the user."
            ) { Tau1Bootstrap(store: store) })
        registry.roles.register(
            Registration(
                "tau_bench_eval", roles: [.judgeExtend],
                summary: "Judges a τ-bench dialogue by the official rules.", parameters: Tau1JudgeParameters.self
            ) { Tau1Judge(parameters: $0, store: store) })
        registry.sandboxRuntimes.register(
            Registration(
                "tau_bench", summary: "A τ-bench environment inside gage, with a simulated user.",
                parameters: Tau1Profile.self
            ) { Tau1Runtime(profile: $0, terminal: terminal) })
    }
}
