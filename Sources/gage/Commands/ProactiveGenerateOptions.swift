import ArgumentParser
import Evaluation
import Proactive

/// Which states meet which users.
struct ProactiveStateOptions: ParsableArguments {
    @Option(help: "synthetic, or dataset for a file of JSON lines.")
    var mode = StateSource.Mode.synthetic

    @Option(
        help: "coding or planning; wins over what the rows of a file say. Without it they decide, coding by default.")
    var domain: ProactiveDomain?

    @Option(
        name: .customLong("n_states"),
        help: "How many states: 50, or all rows of a file. More than there are rows begins again at the first.")
    var count: Int?

    @Option(name: .customLong("dataset_path"), help: "The file of states; also looked for below data/.")
    var path: String?

    @Option(name: .customLong("persona_idx"), help: "The one user of all states, by place modulo 3.")
    var personaIndex = 0

    @Option(help: "Users by choice: all (each state meets each), cycle (one after the other), or a persona's name.")
    var persona: String?

    @Option(
        name: .customLong("synth_variety"),
        help: "From how many requests synthetic states are drawn, vague and precise ones; 1 is always the same.")
    var variety: Int?

    func validate() throws {
        guard count ?? 1 > 0 else { throw ValidationError("--n_states wants a number from 1") }
        guard personaIndex >= 0 else { throw ValidationError("--persona_idx wants a number from 0") }
        guard variety ?? 1 > 0 else { throw ValidationError("--synth_variety wants a number from 1") }
        guard mode != .dataset || path?.isEmpty == false else {
            throw ValidationError("--mode dataset needs --dataset_path")
        }
    }

    /// The source; as published, synthetic states all have the same request.
    func source(seed: UInt64, isSource: Bool) throws -> StateSource {
        var source = StateSource()
        source.mode = mode
        source.domain = domain
        source.count = count
        source.path = path
        source.variety = variety ?? (isSource ? 1 : .max)
        source.personas = try persona.map { try PersonaChoice($0) } ?? .index(personaIndex)
        source.seed = seed
        return source
    }
}

/// Who writes the assistant's messages.
struct ProactiveAssistantOptions: ParsableArguments {
    @OptionGroup var model: ProactiveChatModelOptions

    @Option(
        name: .customLong("prompts_dir"),
        help: "The directory with coding_clarify.txt, coding_execute.txt, planning_clarify.txt, planning_execute.txt.")
    var promptsDirectory = "config/proactive/prompts"

    @Option(
        help: "Without a model: plain says nothing useful, oracle gives the reference solution once it may know it.")
    var dummy = DummyAssistant.Knowledge.plain

    @Option(name: .customLong("max_tokens"), help: "Tokens of a model's message.")
    var maximumTokens = 400

    @Option(help: "The model's temperature.")
    var temperature = 0.7

    func writer(_ model: (any ChatModel)?) -> any AssistantWriter {
        guard let model else { return DummyAssistant(dummy) }
        return ModelAssistant(model: model, maximumTokens: maximumTokens, temperature: temperature)
    }
}

/// How the simulated user reacts.
struct ProactiveUserOptions: ParsableArguments {
    @Option(help: "By which rule he answers: sampled, expected (no chance), or rules_v1 (the older rules).")
    var reaction = ReactionRule.sampled

    @Option(
        name: .customLong("user_model"),
        help: "The model that finds the words of his answers; the assistant's by default. offline: hidden facts.")
    var userModel: String?

    @Option(name: .customLong("silence_patience"), help: "The patience up to which a long message leaves him silent.")
    var silencePatience = 0.3

    @Flag(name: .customLong("off_topic"), help: "Count messages that share no word with the request as off topic.")
    var detectsOffTopic = false

    var settings: UserSimulator.Settings {
        var settings = UserSimulator.Settings()
        settings.rule = reaction
        settings.silencePatience = silencePatience
        settings.detectsOffTopic = detectsOffTopic
        return settings
    }

    func model(
        or other: (any ChatModel)?, _ assistant: ProactiveAssistantOptions, _ components: Components
    ) throws -> (any ChatModel)? {
        guard let userModel else { return other }
        guard userModel != "offline" else { return nil }
        return try ProactiveChatModelOptions.model(userModel, baseURL: assistant.model.baseURL, components)
    }
}

/// What is generated at each state.
struct ProactiveTrajectoryOptions: ParsableArguments {
    /// Whose rules hold where the published description and program contradict each other.
    enum Compatibility: String, CaseIterable, ExpressibleByArgument {
        case none
        case source
    }

    @Option(help: "1: the other action; 2: a variant of the mainline besides.")
    var branches = 2

    @Option(name: .customLong("mainline_action"), help: "Clarify or Execute for all mainlines; else the rule chooses.")
    var mainlineAction: ProactiveAction?

    @Flag(name: .customLong("no_interactions"), help: "Clarify is a bare message and does not go on to the task.")
    var noInteractions = false

    @Option(name: .customLong("max_interactions"), help: "Messages within one decision.")
    var maximumInteractions = 5

    @Flag(name: .customLong("multi_turn"), help: "Lead a dialogue until the task is done.")
    var multiTurn = false

    @Option(name: .customLong("max_turns"), help: "Turns of a dialogue.")
    var maximumTurns = 5

    @Option(name: .customLong("stop_on_reject"), help: "Whether a refusal ends the dialogue: true or false.")
    var stopOnReject: Bool?

    @Flag(
        name: .customLong("branch_each_turn"), help: "Try the other action too at each turn, so that there are pairs.")
    var branchEachTurn = false

    @Option(
        name: .customLong("uncertainty_update"), help: "What an answer does to task_uncertainty: clearer, source, none."
    )
    var uncertaintyUpdate: UncertaintyUpdate?

    @Flag(name: .customLong("no_tests"), help: "In dialogues, code alone ends the task; no python3 is needed.")
    var noTests = false

    @Option(
        help:
            "source: one request for all synthetic states, refusals end dialogues and are remembered, U (1 - .5 clarity)."
    )
    var compat = Compatibility.none

    func validate() throws {
        guard (0...2).contains(branches) else { throw ValidationError("--branches wants 0, 1 or 2") }
        guard maximumInteractions > 0 else { throw ValidationError("--max_interactions wants a number from 1") }
        guard maximumTurns > 0 else { throw ValidationError("--max_turns wants a number from 1") }
    }

    func settings() throws -> GenerationSettings {
        let isSource = compat == .source
        var settings = GenerationSettings()
        settings.branches = branches
        settings.mainlineAction = mainlineAction
        settings.rollsOutClarify = !noInteractions
        settings.maximumInteractions = maximumInteractions
        settings.isMultiTurn = multiTurn
        settings.maximumTurns = maximumTurns
        settings.stopsOnReject = stopOnReject ?? isSource
        settings.branchesEachTurn = branchEachTurn
        settings.uncertaintyUpdate = uncertaintyUpdate ?? (isSource ? .source : .clearer)
        settings.remembersReject = isSource
        return settings
    }
}
