import Engine
import Evaluation
import JSON

/// `tau2_bootstrap`: puts the world into the task's state and prepares the dialogue.
struct Tau2Bootstrap: RoleAdapter {
    let store: Tau2DataStore

    let contract = StepContract(reads: [.sample], writes: [.messages, .tools, .world, .dialogue])

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        guard let sandbox = try await scope.sandboxes.sandbox() as? Tau2Sandbox else {
            throw EvaluationError(
                .configurationInvalid, "'tau2_bootstrap' needs a sandbox with runtime 'tau2'", cause: .configuration,
                advice: "let the agent's 'sandbox' name a profile with 'runtime: tau2'")
        }
        let facts = try Tau2SampleFacts(episode.sample)
        let domain = try await facts.load(from: store, configured: sandbox.dataDirectory)
        let plan = Plan(
            facts: facts, domain: domain, settings: sandbox.settings, seed: facts.seed(ofTrial: episode.id.trial))
        let prepared = try plan.prepare(timestamp: PythonTime.text(secondsSince1970: scope.clock.wallSeconds))
        describe(plan, in: &episode, of: sandbox, opening: prepared.opening)
        let userTools = plan.isSolo ? [] : domain.userTools(for: facts.task)
        episode.tools = domain.agentTools(isSolo: plan.isSolo)
        episode.world = Tau2DialogueWorld(prepared.world, agentTools: episode.tools, userTools: userTools)
        var setup = DialogueSetup(
            rules: Tau2Rules(limits: plan.settings.limits, isSolo: plan.isSolo),
            agent: plan.makeAgent(for: episode), opening: prepared.opening.map(\.entry))
        if !plan.isSolo {
            let (prompt, variant) = try plan.userPrompt(
                tools: userTools, baseDirectory: sandbox.request.run.baseDirectory)
            episode.sample.metadata["user_variant"] = variant.metadata(systemPrompt: prompt)
            setup.user = try plan.makeUser(prompt: prompt, tools: userTools, in: sandbox)
        }
        setup.timeLimit = plan.settings.timeout.map { .bounded(seconds: $0) }
        episode.dialogue = setup
    }

    /// Writes into the sample what prompts, judges and reports look for.
    ///
    /// The policy is left out: it is long, the same in every episode, and of no use once the dialogue is over.
    private func describe(
        _ plan: Plan, in episode: inout Episode, of sandbox: Tau2Sandbox, opening: [Tau2Message]
    ) {
        var tau2 = episode.sample.metadata["tau2"]?.objectValue ?? [:]
        tau2["trial"] = JSONValue(episode.id.trial)
        tau2["seed_of_trial"] = JSONValue(optional: plan.seed)
        tau2["agent_instruction"] = .string(plan.instruction)
        tau2["gage_instruction"] = .string(
            plan.respondTool.map { Tau2Prompts.respondInstruction(tool: $0) } ?? "")
        tau2["data_dir"] = .string(plan.domain.directory.root)
        tau2["solo"] = .bool(plan.isSolo)
        tau2["messages"] = plan.respondTool == nil ? "plain" : "respond_tool"
        tau2["tool_source"] = .string(plan.domain.toolSource.rawValue)
        tau2["policy_source"] = .string(plan.domain.policySource.rawValue)
        tau2["user_guidelines_source"] = .string(plan.domain.guidelinesSource.rawValue)
        tau2["judge"] = plan.settings.judge.json
        tau2["run"] = Tau2RunSettings(plan.settings, user: sandbox).json
        episode.sample.metadata["tau2"] = .object(tau2)
        episode.sample.messages = opening.map(\.entry.message)
    }
}

extension Tau2Bootstrap {
    /// What a dialogue is prepared from.
    struct Plan {
        let facts: Tau2SampleFacts
        let domain: Tau2Domain
        let settings: Tau2Settings
        let seed: Int?

        var isSolo: Bool { settings.isSolo }
        var policy: String { domain.policy(isSolo: isSolo) }
        var respondTool: String? { isSolo ? nil : settings.respondToolName }

        /// What the agent is told above the policy.
        var instruction: String {
            if isSolo { return Tau2Prompts.soloInstruction }
            return settings.agentKind == .groundTruth
                ? Tau2Prompts.groundTruthInstruction : Tau2Prompts.agentInstruction
        }

        /// Sampling parameters that both sides' models get.
        private var parameters: JSONObject {
            guard let seed else { return [:] }
            return ["seed": JSONValue(seed)]
        }

        func prepare(timestamp: String) throws(EvaluationError) -> Tau2Preparation {
            let task = facts.task
            do throws(PythonException) {
                if settings.agentKind == .groundTruth, task.evaluationCriteria?.actions?.isEmpty != false {
                    throw Tau2Preparation.unsolvable(task)
                }
                return try Tau2Preparation(task, in: domain, isSolo: isSolo, timestamp: timestamp)
            } catch {
                throw error.asTaskError("task '\(task.id)' of '\(facts.domain)' cannot be started")
            }
        }

        func makeAgent(for episode: Episode) -> any DialogueParticipant {
            var setup = Tau2AgentSetup(systemPrompt: systemPrompt, tools: episode.tools, parameters: parameters)
            setup.promptVariables = PromptVariables.make(for: promptSample(of: episode))
            if isSolo { return Tau2SoloAgent(setup, enforcesProtocol: settings.enforcesProtocol) }
            guard let tool = respondTool else { return Tau2Agent(setup) }
            setup.tools.append(Tau2RespondingAgent.tool(named: tool))
            return Tau2RespondingAgent(setup, toolName: tool)
        }

        /// The sample as a prompt of the adapter sees it: with the policy, and with what else the official prompt shows.
        private func promptSample(of episode: Episode) -> Sample {
            var sample = episode.sample
            var tau2 = sample.metadata["tau2"]?.objectValue ?? [:]
            tau2["policy"] = .string(policy)
            if isSolo { tau2["ticket"] = JSONValue(optional: facts.task.ticket) }
            if settings.agentKind == .groundTruth {
                let actions = facts.task.evaluationCriteria?.actions ?? []
                tau2["resolution_steps"] = .string(Tau2Prompts.resolutionSteps(actions))
            }
            sample.metadata["tau2"] = .object(tau2)
            return sample
        }

        private var systemPrompt: String {
            if isSolo { return Tau2Prompts.soloAgent(policy: policy, ticket: facts.task.ticket) }
            if settings.agentKind == .groundTruth {
                return Tau2Prompts.groundTruthAgent(
                    policy: policy, actions: facts.task.evaluationCriteria?.actions ?? [])
            }
            guard let tool = respondTool else { return Tau2Prompts.agent(policy: policy) }
            return Tau2Prompts.agent(
                policy: policy, instruction: instruction + "\n" + Tau2Prompts.respondInstruction(tool: tool))
        }

        /// The user's whole system prompt, and the variant whose text it ends with.
        func userPrompt(
            tools: [ToolDefinition], baseDirectory: String
        ) throws(EvaluationError) -> (prompt: String, variant: UserVariant) {
            let plain = Tau2Prompts.user(
                guidelines: domain.guidelines(withTools: !tools.isEmpty), scenario: facts.task.userScenario.text)
            let variant = try UserVariantCatalog.load(path: settings.userVariantsPath, baseDirectory: baseDirectory)
                .variant(named: settings.userVariant ?? "control")
            return (variant.applied(to: plain), variant)
        }

        func makeUser(
            prompt: String, tools: [ToolDefinition], in sandbox: Tau2Sandbox
        ) throws -> any DialogueParticipant {
            let (model, sampling) = try sandbox.userModel()
            return Tau2User(
                .init(model: model, systemPrompt: prompt, tools: tools, parameters: sampling.merging(parameters)))
        }
    }
}
