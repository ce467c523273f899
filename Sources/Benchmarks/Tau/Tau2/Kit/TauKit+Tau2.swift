import Evaluation

extension TauKit {
    /// Adds the components of τ²-bench.
    func registerTau2(in registry: inout Registry) {
        registerTau2Data(in: &registry)
        registerTau2Roles(in: &registry)
        for quantity in Tau2Metric.Quantity.allCases {
            registry.metrics.register(
                Registration(quantity.rawValue, summary: quantity.summary) { Tau2Metric(quantity: quantity) })
        }
        registry.aggregations.register(
            Registration(
                Tau2PassHatAggregation.key, summary: "pass^k over the trials of each task, as a mean over tasks.",
                parameters: Tau2PassHatParameters.self
            ) { Tau2PassHatAggregation(parameters: $0) })
        registry.summaryGenerators.register(
            Registration(Tau2Summary.key, summary: "Rewards, pass^k and costs of tau2, overall and by domain.") {
                Tau2Summary()
            })
    }

    private func registerTau2Data(in registry: inout Registry) {
        let store = store
        registry.datasetLoaders.register(
            Registration(
                "tau2_tasks", summary: "The tasks of a tau2 domain.", parameters: Tau2TasksParameters.self
            ) { Tau2TasksLoader(parameters: $0, store: store) })
        registry.preprocessors.register(
            Registration("tau2_preprocessor", summary: "Turns tau2 tasks into samples.") { Tau2Preprocessor() })
    }

    private func registerTau2Roles(in registry: inout Registry) {
        let store = store
        registry.roles.register(
            Registration(
                "tau2_bootstrap", roles: [.contextProvider],
                summary: "Puts a tau2 world into the task's state and prepares the dialogue with the user."
            ) { Tau2Bootstrap(store: store) })
        registry.roles.register(
            Registration(
                "tau2_eval", roles: [.judgeExtend],
                summary: "Judges a tau2 dialogue by the official rules.", parameters: Tau2JudgeParameters.self
            ) { Tau2Judge(parameters: $0, store: store) })
        registry.sandboxRuntimes.register(
            Registration(
                "tau2", summary: "A tau2 world inside gage, with a simulated user.", parameters: Tau2Profile.self
            ) { Tau2Runtime(profile: $0) })
    }
}
