import Evaluation
import JSON

/// `dut_agent`: leads the agent's dialogue, with hooks around it.
struct AgentRole: RoleAdapter, ComponentReferring {
    private let parameters: AgentParameters
    private var preHooks: [any AgentHook] = []
    private var postHooks: [any AgentHook] = []

    init(_ parameters: AgentParameters) { self.parameters = parameters }

    let contract = StepContract(reads: [.messages], writes: [.trajectory, .prediction])

    func resolved(in registry: Registry, into diagnostics: inout Diagnostics) -> Self {
        var role = self
        role.preHooks = parameters.preHooks.values.compactMap { $0.resolve(in: registry, into: &diagnostics) }
        role.postHooks = parameters.postHooks.values.compactMap { $0.resolve(in: registry, into: &diagnostics) }
        return role
    }

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        for hook in preHooks { try await hook.run(on: &episode, in: scope) }
        do {
            var loop = try makeLoop(for: episode, in: scope)
            try await loop.run(on: &episode, in: scope)
        } catch {
            // The dialogue's own failure is what the episode reports; a hook's failure after it becomes an event.
            if let second = await runPostHooks(on: &episode, in: scope) {
                scope.events.report(
                    RunEvent(
                        "post_hook_failed", episode: episode.id,
                        payload: ["error": .string(String(describing: second))]))
            }
            throw error
        }
        if let failure = await runPostHooks(on: &episode, in: scope) { throw failure }
    }

    /// Runs all post-hooks and returns the first failure.
    ///
    /// Also in an episode whose time is used up: they save what the agent did.
    private func runPostHooks(on episode: inout Episode, in scope: EpisodeScope) async -> (any Error)? {
        guard !postHooks.isEmpty else { return nil }
        let (hooks, begun) = (postHooks, episode)
        let (ended, failure) = await Task.shielded {
            var episode = begun
            var failure: (any Error)?
            for hook in hooks {
                do { try await hook.run(on: &episode, in: scope) } catch { failure = failure ?? error }
            }
            return (episode, failure)
        }
        episode = ended
        return failure
    }

    private func makeLoop(for episode: Episode, in scope: EpisodeScope) throws -> DialogueLoop {
        let tools = Self.tools(of: episode)
        let agent = try makeAgent(for: episode, tools: tools, in: scope)
        let budget = DialogueLoop.Budget(tokens: parameters.maxTotalTokens, cost: parameters.maxCost)
        if var setup = episode.dialogue {
            setup.agent = agent
            return DialogueLoop(setup: setup, agent: agent, budget: budget)
        }
        let remarks = AgentRules.Remarks(turnNotices: parameters.turnNotices, nudge: parameters.nudge)
        let setup = DialogueSetup(
            rules: AgentRules(maxTurns: parameters.maxTurns, tools: tools, remarks: remarks),
            opening: try opening(of: episode, in: scope))
        return DialogueLoop(setup: setup, agent: agent, budget: budget)
    }

    private func makeAgent(
        for episode: Episode, tools: [ToolDefinition], in scope: EpisodeScope
    ) throws -> any DialogueParticipant {
        let own = parameters.samplingParameters.merging(episode.sample.samplingParameters)
        if var agent = episode.dialogue?.agent ?? episode.agent {
            agent.adopt(tools: tools, samplingParameters: own)
            return agent
        }
        let backend = scope.adapter.agentBackend
        let sampling = (backend?.samplingParameters ?? [:]).merging(own)
        return ModelAgent(
            model: try scope.adapter.requireModel(), tools: tools, toolChoice: episode.sample.toolChoice,
            force: backend?.forceToolChoice ?? .never, parameters: sampling)
    }

    private func opening(of episode: Episode, in scope: EpisodeScope) throws -> [Trajectory.Entry] {
        var messages = episode.sample.messages
        if let prompt = scope.adapter.prompt {
            let payload: JSONObject = [
                "instruction": .string(PromptVariables.instruction(of: episode.sample)),
                "max_steps": .int(Int64(parameters.maxTurns)), "sample": .object(episode.sample.visibleJSON),
            ]
            let variables = PromptVariables.make(for: episode, adapter: scope.adapter, payload: payload)
            messages = try prompt.render(variables, over: messages)
        }
        return messages.map {
            Trajectory.Entry($0, by: Self.speaker(of: $0), requester: $0.role == .tool ? .agent : nil)
        }
    }

    private static func speaker(of message: Message) -> Participant {
        switch message.role {
        case .assistant: .agent
        case .user: .user
        case .system, .developer, .tool: .environment
        }
    }

    /// What a toolchain decided; without one the world's tools and the sample's.
    static func tools(of episode: Episode) -> [ToolDefinition] {
        let isDecided = episode.supportOutputs.contains { $0[ToolchainRole.outputKey] != nil }
        if isDecided { return merged(episode.tools) }
        return merged(episode.world?.tools(for: .agent) ?? [], episode.sample.tools, episode.tools)
    }

    /// Tools of several sources; of several with one name the last counts, at the first one's place.
    static func merged(_ sources: [ToolDefinition]...) -> [ToolDefinition] {
        var order: [String] = []
        var byName: [String: ToolDefinition] = [:]
        for tool in sources.joined() {
            if byName[tool.name] == nil { order.append(tool.name) }
            byName[tool.name] = tool
        }
        return order.compactMap { byName[$0] }
    }
}
