public import Evaluation

/// PAUSE: a personal assistant in a unified service environment, with a simulated user.
public struct PauseKit: Kit {
    /// The kit's name.
    public let name = "pause"
    private let library = PauseTaskLibrary()

    /// A kit with an empty library of task files.
    public init() {}

    /// Registers the loaders, preprocessors, roles, metrics and the summary of the benchmark.
    public func register(in registry: inout Registry) {
        registerData(in: &registry)
        registerRoles(in: &registry)
        for quantity in PauseMetric.Quantity.allCases {
            registry.metrics.register(
                Registration(quantity.rawValue, summary: quantity.summary) { PauseMetric(quantity: quantity) })
        }
        registry.metrics.register(
            Registration(PauseReferenceMetric.key, summary: "Whether a task got a reference trajectory.") {
                PauseReferenceMetric()
            })
        registry.summaryGenerators.register(
            Registration(
                PauseSummary.key,
                summary: "PAUSE's figures of each model: overall, by difficulty, by branch."
            ) { PauseSummary() })
    }

    private func registerData(in registry: inout Registry) {
        registry.datasetLoaders.register(
            Registration(
                "pause_tasks", summary: "The tasks of PAUSE's task files, one record for each route.",
                parameters: PauseTasksParameters.self
            ) { PauseTasksLoader(parameters: $0) })
        registry.datasetLoaders.register(
            Registration(
                "pause_logs", summary: "PAUSE's logs, one record each.", parameters: PauseLogsParameters.self
            ) { PauseLogsLoader(parameters: $0) })
        registry.datasetLoaders.register(
            Registration(
                "pause_evaluations", summary: "The trajectories of PAUSE's logs with their tasks and references.",
                parameters: PauseEvaluationsParameters.self
            ) { PauseEvaluationsLoader(parameters: $0) })
        registry.datasetLoaders.register(
            Registration(
                "pause_errors", summary: "The evaluated trajectories of PAUSE that missed a target.",
                parameters: PauseErrorsParameters.self
            ) { PauseErrorsLoader(parameters: $0) })
        registry.preprocessors.register(
            Registration("pause_errors_preprocessor", summary: "Turns PAUSE's errors into samples.") {
                PauseErrorsPreprocessor()
            })
        registry.preprocessors.register(
            Registration("pause_preprocessor", summary: "Turns PAUSE's tasks into samples.") { PausePreprocessor() })
        registry.preprocessors.register(
            Registration("pause_logs_preprocessor", summary: "Turns PAUSE's logs into samples.") {
                PauseLogsPreprocessor()
            })
        registry.preprocessors.register(
            Registration("pause_evaluations_preprocessor", summary: "Turns trajectories of PAUSE's logs into samples.")
            {
                PauseEvaluationsPreprocessor()
            })
    }

    private func registerRoles(in registry: inout Registry) {
        let library = library
        registry.roles.register(
            Registration(
                "pause_bootstrap", roles: [.contextProvider],
                summary: "Gives an episode a fresh platform and prepares PAUSE's dialogue.",
                parameters: PauseDialogueSettings.self
            ) { PauseBootstrap(settings: $0, library: library) })
        registry.roles.register(
            Registration(
                "pause_dialogues", roles: [.dutAgent],
                summary: "Leads the dialogues of several routes about one of PAUSE's tasks.",
                parameters: PauseDialoguesParameters.self
            ) { PauseDialoguesRole(parameters: $0, library: library) })
        registry.roles.register(
            Registration(
                "pause_stored", roles: [.dutAgent], summary: "Takes what was said from one of PAUSE's logs."
            ) { PauseStoredRole() })
        registry.roles.register(
            Registration("pause_rules", roles: [.judgeExtend], summary: "Judges PAUSE's dialogues by rules alone.") {
                PauseRulesJudge(library: library)
            })
        registry.roles.register(
            Registration("pause_shopping", roles: [.judgeExtend], summary: "Scores the final state of shopping tasks.")
            {
                PauseShoppingJudge()
            })
        registry.roles.register(
            Registration(
                "pause_semantic", roles: [.judgeModel, .judgeExtend],
                summary: "Asks a model which targets a dialogue reached.", parameters: PauseSemanticParameters.self
            ) { PauseSemanticJudge(parameters: $0, library: library) })
        registry.roles.register(
            Registration(
                "pause_annotation", roles: [.judgeModel, .judgeExtend],
                summary: "Annotates a task's trajectories, chooses the reference and aligns the targets.",
                parameters: PauseAnnotationParameters.self
            ) { PauseAnnotationRole(parameters: $0, library: library) })
        registry.roles.register(
            Registration(
                "pause_error_class", roles: [.judgeModel, .judgeExtend],
                summary: "Says what kind of error a trajectory that missed a target made.",
                parameters: PauseSemanticParameters.self
            ) { PauseErrorClassRole(parameters: $0) })
    }
}
