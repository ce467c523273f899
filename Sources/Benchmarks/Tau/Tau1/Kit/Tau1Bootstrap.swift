import Engine
import Evaluation
import JSON

/// `tau_bench_bootstrap`: gives the episode fresh data and prepares the dialogue.
struct Tau1Bootstrap: RoleAdapter {
    let store: Tau1DataStore

    let contract = StepContract(reads: [.sample], writes: [.messages, .tools, .world, .dialogue])

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        guard let sandbox = try await scope.sandboxes.sandbox() as? Tau1Sandbox else {
            throw EvaluationError(
                .configurationInvalid, "'tau_bench_bootstrap' needs a sandbox with runtime 'tau_bench'",
                cause: .configuration,
                advice: "let the agent's 'sandbox' name a profile with 'runtime: tau_bench'")
        }
        let facts = try Tau1SampleFacts(episode.sample)
        let domain = try await facts.load(from: store, configured: sandbox.dataDirectory)
        let plan = Plan(
            facts: facts, domain: domain, sandbox: sandbox, prompts: try Tau1Prompts(root: domain.directory.root),
            trial: episode.id.trial)
        let systemPrompt = try plan.agentPrompt()
        plan.describe(in: &episode.sample)
        let strategy = plan.settings.agentStrategy
        episode.tools = strategy.writesActions ? [] : domain.tools
        episode.world = Tau1DialogueWorld(Tau1Environment(facts.task, in: domain))
        let rules = Tau1Rules(
            maxTurns: plan.settings.maxTurns, terminatingTools: domain.terminatingTools, strategy: strategy)
        var setup = DialogueSetup(
            rules: rules, user: try plan.makeUser(describedIn: &episode.sample, for: scope.episode),
            agent: plan.makeAgent(for: episode.sample),
            opening: [Trajectory.Entry(.system(systemPrompt), by: .environment)])
        setup.timeLimit = plan.settings.timeout.map { .bounded(seconds: $0) }
        episode.dialogue = setup
    }
}

extension Tau1Bootstrap {
    /// What a dialogue is prepared from.
    struct Plan {
        let facts: Tau1SampleFacts
        let domain: Tau1Domain
        let sandbox: Tau1Sandbox
        let prompts: Tau1Prompts
        let trial: Int

        var settings: Tau1Settings { sandbox.settings }
        private var reader: Tau1ActionReader { Tau1ActionReader(strategy: settings.agentStrategy) }

        /// Writes into the sample what judges and reports look for.
        func describe(in sample: inout Sample) {
            var metadata = facts.metadata
            metadata["trial"] = JSONValue(trial)
            metadata["data_dir"] = .string(domain.directory.root)
            metadata["agent_strategy"] = .string(settings.agentStrategy.rawValue)
            metadata["user_strategy"] = .string(settings.userStrategy.rawValue)
            metadata["user_habits"] = .string(settings.userHabits.rawValue)
            metadata["max_num_steps"] = JSONValue(settings.maxTurns)
            metadata["prompt_source"] = .string(prompts.source.rawValue)
            sample.metadata["tau_bench"] = .object(metadata)
        }

        /// The agent's instructions, examples and all.
        func agentPrompt() throws(EvaluationError) -> String {
            guard settings.agentStrategy == .fewShot else { return prompts.agent(settings.agentStrategy, in: domain) }
            let path = settings.displaysPath.map {
                $0.hasPrefix("/") ? $0 : "\(sandbox.request.run.baseDirectory)/\($0)"
            }
            guard let path = path ?? domain.directory.fewShotDisplaysPath else {
                throw EvaluationError(
                    .dataMissing, "there are no examples for the few-shot agent", cause: .configuration,
                    advice: "set 'few_shot_displays_path', or put few_shot.jsonl into \(domain.directory.folder)")
            }
            let displays = try Tau1Displays(path: path).drawn(settings.displayCount, for: facts, trial: trial)
            return prompts.agent(.fewShot, in: domain, displays: displays)
        }

        func makeAgent(for sample: Sample) -> any DialogueParticipant {
            var visible = sample
            visible.metadata["tau_bench"] = .object(
                (sample.metadata["tau_bench"]?.objectValue ?? [:]).merging(["policy": .string(domain.policy)]))
            return Tau1Agent(
                .init(
                    strategy: settings.agentStrategy, promptVariables: PromptVariables.make(for: visible),
                    tools: domain.tools))
        }

        /// The user; what its model is told goes into the sample's metadata.
        func makeUser(
            describedIn sample: inout Sample, for episode: EpisodeID
        ) throws -> any DialogueParticipant {
            guard settings.userStrategy != .human else {
                guard sandbox.request.episode == episode else {
                    throw EvaluationError(
                        .configurationInvalid, "a person at the terminal plays one user at a time",
                        cause: .configuration, advice: "give the agent's sandbox 'lifecycle: per_sample'")
                }
                return Tau1HumanUser(
                    instruction: facts.task.instruction, reader: reader, terminal: sandbox.terminal)
            }
            let (model, configured) = try sandbox.userModel()
            var parameters = configured
            if settings.seedsUser, let seed = facts.metadata["seed"]?.intValue {
                parameters["seed"] = JSONValue(seed + trial)
            }
            let variant = try sandbox.userVariant()
            let prompt = variant.applied(
                to: prompts.user(settings.userStrategy.official, instruction: facts.task.instruction))
            sample.metadata["user_variant"] = variant.metadata(systemPrompt: prompt)
            return Tau1ModelUser(
                .init(
                    model: model, strategy: settings.userStrategy.official, systemPrompt: prompt, prompts: prompts,
                    reader: reader, parameters: parameters, habits: settings.userHabits))
        }
    }
}
