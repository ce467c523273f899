import Evaluation

extension BuiltinKit {
    /// The components that are programs of the user's, all under the key `command`.
    func registerPrograms(in registry: inout Registry) {
        registry.preprocessors.register(
            Registration(
                "command", summary: "A program of your own makes samples of records.", parameters: ProgramSettings.self
            ) { try ProgramPreprocessor($0) })
        registry.roles.register(
            Registration(
                "command", roles: [.dutAgent, .judgeExtend],
                summary: "A program of your own judges, or speaks as the agent.",
                parameters: ProgramRoleParameters.self
            ) { try ProgramRole($0) })
        registry.metrics.register(
            Registration(
                "command", summary: "A program of your own measures an episode.",
                parameters: ProgramMetricParameters.self
            ) { try ProgramMetric($0) })
        registry.backends.register(
            Registration(
                "command", summary: "A program of your own answers chat requests.", parameters: ProgramSettings.self
            ) { try ProgramModelFactory($0) })
    }
}
