import Evaluation
import JSON

/// `proactive_rollout`: generates a state's trajectories: the mainline, and what else could be done.
///
/// With a model of its own, or an agent backend's, the model writes the messages; without one, they are made up.
struct RolloutRole: RoleAdapter {
    let parameters: GenerationParameters
    let cache = CodeTestCache()

    let contract = StepContract(reads: [.sample, .supportOutputs], writes: [.trajectory, .prediction])

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        let (state, persona) = try episode.sample.proactive()
        guard let user = episode.kitState[UserRole.key] as? UserSimulator else {
            throw EvaluationError(
                .configurationInvalid, "'proactive_rollout' finds no user", cause: .configuration,
                advice: "let a support step with 'implementation: proactive_user' run before it")
        }
        let prompts = try ActionPrompts(
            directory: Self.path(parameters.promptsDirectory, in: scope.run), domains: [state.domain])
        let recorder = CallRecorder(episode: scope.episode)
        let trial = scope.episode.trial
        let generator = TrajectoryGenerator(
            settings: parameters.settings, writer: writer(scope.adapter), user: user, prompts: prompts,
            reward: try reward(scope),
            seed: trial == 0
                ? scope.run.seed : SeedDerivation(root: scope.run.seed).seed(for: "proactive trial", String(trial)))
        let lines = try await generator.trajectories(for: state, as: persona, calls: recorder)
        episode.trajectory.append(lines, exchanges: recorder.recorded)
        episode.trajectory.termination = .finalAnswer
        episode.prediction = Prediction(
            answer: lines.last { $0.isMainline }?.assistantMessage,
            extras: [ProactiveLines.key: ProactiveLines.json(lines)])
    }

    static func path(_ path: String, in run: RunIdentity) -> String {
        path.hasPrefix("/") || run.baseDirectory.isEmpty ? path : "\(run.baseDirectory)/\(path)"
    }

    private func writer(_ adapter: AdapterBinding) -> any AssistantWriter {
        guard let model = adapter.model ?? adapter.agentBackend?.model else { return DummyAssistant(parameters.dummy) }
        return ModelAssistant(
            model: model, maximumTokens: parameters.maximumTokens, temperature: parameters.temperature)
    }

    /// Dialogues test the code to see whether they are at their end.
    private func reward(_ scope: EpisodeScope) throws -> TaskReward {
        var settings = TaskReward.Settings()
        settings.runsTests = parameters.runsTests && parameters.isMultiTurn
        guard settings.runsTests else { return TaskReward(settings: settings, tests: nil) }
        let tests = SandboxCodeTests.leased(from: scope, profile: nil, cache: cache)
        return TaskReward(settings: settings, tests: tests)
    }
}

extension Trajectory {
    /// Adds what was said on every branch, each headed by a line that says what it is.
    mutating func append(_ lines: [ProactiveTrajectory], exchanges: [CallRecorder.Exchange]) {
        var exchanges = exchanges[...]
        for line in lines {
            let kind = line.isMainline ? "Mainline" : line.isVariant ? "Variant" : "Branch"
            let turn = line.turn.map { ", turn \($0)" } ?? ""
            entries.append(Entry(.system("\(kind): \(line.action.rawValue)\(turn)"), by: .environment))
            for _ in line.messages {
                guard let exchange = exchanges.popFirst() else { return }
                var entry = Entry(
                    .assistant(exchange.written.text), by: .agent, duration: exchange.written.duration)
                entry.usage = exchange.written.usage
                entry.cost = exchange.written.cost
                entry.model = exchange.written.model
                entries.append(entry)
                entries.append(Entry(.user(exchange.reaction.userReply), by: .user))
            }
        }
    }
}
