import Engine
import Evaluation
import JSON

/// A dialogue that is ready to begin: rules, world, both participants and the opening.
struct PauseDialoguePreparation: Sendable {
    /// What a dialogue is prepared from.
    struct Request: Sendable {
        /// The task.
        var task: PauseTask
        /// Its branch.
        var branch: String
        /// The store in which it takes place.
        var store: PauseStore
        /// Who plays whom.
        var route: PauseRoute
        /// Whether the assistant has all tools and no policy.
        var isInference = false
        /// Advice for a repeated attempt; in no log.
        var guidance: String?
        /// What bounds the dialogue.
        var settings = PauseDialogueSettings()
    }

    let world: PauseDialogueWorld
    let agent: any DialogueParticipant
    let setup: DialogueSetup

    /// Prepares a dialogue; throws ``EvaluationError``, cause `configuration`, when a model cannot be had.
    init(_ request: Request, models: any ModelProvider) throws {
        let isShopping = request.branch == PauseBranch.shopping.rawValue
        let rules = request.isInference ? nil : try PauseBranchRules(branch: request.branch)
        let notes = PauseDialogueNotes()
        let userPrompt = PausePrompts.user(task: request.task, isShopping: isShopping)
        let platform = PauseWorld(
            store: request.store,
            options: PauseWorldOptions(
                branchAllowlist: rules?.allowlist, compatibility: request.settings.compatibility,
                isShopping: isShopping),
            catalog: .standard)
        let facts = PauseDialogueFacts(
            route: request.route, userPrompt: userPrompt, isShopping: isShopping, isInference: request.isInference,
            initialProfile: request.store.profile.json)
        world = PauseDialogueWorld(platform, notes: notes, facts: facts)
        let cast = Cast(request: request, world: platform, notes: notes, clients: PauseClients(models: models))
        agent = try cast.assistant()
        let prompt = PausePrompts.assistant(now: request.store.profile.now, policy: rules?.policy)
        setup = DialogueSetup(
            rules: PauseDialogueRules(limits: request.settings.limits), user: try cast.user(prompt: userPrompt),
            agent: agent,
            opening: [
                Trajectory.Entry(.system(prompt), by: .environment),
                Trajectory.Entry(.assistant(PausePrompts.greeting), by: .agent),
            ],
            timeLimit: request.settings.timeLimit.map { .bounded(seconds: $0) })
    }

    /// Makes the participants.
    private struct Cast {
        let request: Request
        let world: PauseWorld
        let notes: PauseDialogueNotes
        let clients: PauseClients

        func assistant() throws -> any DialogueParticipant {
            let route = request.route
            if route.assistantClient == PauseClients.scripted {
                let script = PauseScript(rawValue: route.assistantModel) ?? .oracle
                return PauseScriptedAssistant(
                    script, task: request.task, wallet: request.store.profile.shopping.wallet)
            }
            var setup = PauseModelAssistant.Setup(
                tools: world.tools(for: .agent), parameters: route.assistantParameters, guidance: request.guidance)
            if route.assistantClient != PauseRoute.agentBackend {
                let client = try clients.client(
                    route.assistantClient, model: route.assistantModel, parameters: route.assistantParameters)
                setup.model = client.model
                setup.parameters = client.parameters
            }
            return PauseModelAssistant(setup)
        }

        func user(prompt: String) throws -> any DialogueParticipant {
            let route = request.route
            if route.userClient == PauseClients.scripted { return PauseRuleUser(task: request.task) }
            let client = try clients.client(
                route.userClient, model: route.userModel, parameters: route.userParameters)
            var setup = PauseModelUser.Setup(
                model: client.model, systemPrompt: prompt, tools: world.tools(for: .user),
                parameters: client.parameters)
            if let name = route.validatorClient, let model = route.validatorModel {
                let validator = try clients.client(name, model: model, parameters: route.userParameters)
                setup.validator = PauseUserValidator(
                    model: validator.model, userPrompt: prompt, parameters: validator.parameters)
            }
            return PauseModelUser(setup, notes: notes)
        }
    }
}

/// What bounds a dialogue and whose behaviour its world shows: parameters of everything that leads one.
struct PauseDialogueSettings: Parameters {
    var limits = PauseDialogueRules.Limits()
    var compatibilityChoice = PauseCompatibilityChoice.none
    var timeLimit: Int?

    var compatibility: PauseCompatibility { compatibilityChoice == .source ? .source : .none }

    static var fields: [ParameterField<Self>] {
        [
            .init("max_rounds", \.limits.rounds, "Rounds after which a dialogue is cut off.") { $0.minimum = 1 },
            .init(
                "max_tool_hops", \.limits.toolHops,
                "The most messages with tool calls before the assistant has to say something."
            ) { $0.minimum = 1 },
            .init("max_events", \.limits.events, "Entries of the log after which a dialogue is cut off.") {
                $0.minimum = 2
            },
            .init("compat", \.compatibilityChoice, "source shows the original's quirks, without the extensions."),
            .init("time_limit_s", \.timeLimit, "Seconds that a dialogue may take.") { $0.minimum = 1 },
        ]
    }
}

/// ``PauseCompatibility`` as a word of the configuration.
enum PauseCompatibilityChoice: String, ParameterChoice {
    case none
    case source
}
