import Evaluation

/// The parameters of `proactive_rollout`.
struct GenerationParameters: Parameters {
    var branches = 2
    var mainlineAction: ProactiveAction?
    var clarifyRollout = true
    var maximumInteractions = 5
    var isMultiTurn = false
    var maximumTurns = 5
    var stopsOnReject = false
    var branchesEachTurn = false
    var uncertaintyUpdate = UncertaintyUpdate.clearer
    var remembersReject = false
    var promptsDirectory = GenerationParameters.standardPrompts
    var dummy = DummyAssistant.Knowledge.plain
    var maximumTokens = 400
    var temperature = 0.7
    var runsTests = true

    /// Where the shipped instructions are.
    static let standardPrompts = "config/proactive/prompts"

    static var fields: [ParameterField<Self>] {
        [
            .init("branches", \.branches, "1 for the other action, 2 for a variant of the mainline besides.") {
                $0.minimum = 0
                $0.maximum = 2
            },
            .init("mainline_action", \.mainlineAction, "The mainline's action; the rule chooses without it."),
            .init("clarify_rollout", \.clarifyRollout, "Whether Clarify goes on to do the task after asking."),
            .init("max_interactions", \.maximumInteractions, "Messages within one decision.") { $0.minimum = 1 },
            .init("multi_turn", \.isMultiTurn, "Whether the dialogue goes on until the task is done."),
            .init("max_turns", \.maximumTurns, "Turns of a dialogue.") { $0.minimum = 1 },
            .init("stop_on_reject", \.stopsOnReject, "Whether a refusal ends a dialogue."),
            .init(
                "branch_each_turn", \.branchesEachTurn, "Whether each turn of a dialogue tries the other action too."),
            .init("uncertainty_update", \.uncertaintyUpdate, "What an answer does to task_uncertainty."),
            .init("sticky_reject", \.remembersReject, "Whether a refusal is remembered longer than a turn."),
            .init(
                "prompts_dir", \.promptsDirectory,
                "The directory with coding_clarify.txt, coding_execute.txt, planning_clarify.txt, planning_execute.txt."
            ),
            .init("dummy", \.dummy, "How much the assistant knows that writes where the adapter has no model."),
            .init("max_tokens", \.maximumTokens, "Tokens of a model's message.") { $0.minimum = 1 },
            .init("temperature", \.temperature, "The model's temperature.") { $0.minimum = 0 },
            .init("run_tests", \.runsTests, "Whether a dialogue's code is tested to see whether the task is done."),
        ]
    }

    var settings: GenerationSettings {
        var settings = GenerationSettings()
        settings.branches = branches
        settings.mainlineAction = mainlineAction
        settings.rollsOutClarify = clarifyRollout
        settings.maximumInteractions = maximumInteractions
        settings.isMultiTurn = isMultiTurn
        settings.maximumTurns = maximumTurns
        settings.stopsOnReject = stopsOnReject
        settings.branchesEachTurn = branchesEachTurn
        settings.uncertaintyUpdate = uncertaintyUpdate
        settings.remembersReject = remembersReject
        return settings
    }
}
