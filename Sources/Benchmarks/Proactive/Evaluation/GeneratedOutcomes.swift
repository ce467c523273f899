import Evaluation

/// Lets the assistant act anew and scores what comes of it.
///
/// With the simulated user, a decision to ask goes on until the task is done, and his refusals cost; without, nobody
/// reacts: neither answers nor refusals count.
public struct GeneratedOutcomes: OutcomeSource {
    /// What reports call it.
    public var name: String { simulatesUser ? "generated" : "generated_without_user" }
    /// The assistant, the user and the scorer.
    public let generator: TrajectoryGenerator
    /// What costs how much.
    public let settings: RewardSettings
    /// Whether the user reacts.
    public let simulatesUser: Bool

    /// Makes a source.
    public init(generator: TrajectoryGenerator, settings: RewardSettings = .init(), simulatesUser: Bool = true) {
        self.generator = generator
        self.settings = settings
        self.simulatesUser = simulatesUser
    }

    /// Acts once; a case without a persona is the domain's first user's.
    ///
    /// Throws what models and sandboxes throw.
    public func outcome(of action: ProactiveAction, in item: DecisionCase) async throws -> ActionOutcome {
        let persona = item.persona ?? Persona.standard(item.state.domain)[0]
        let job = TrajectoryGenerator.Job(persona: persona, calls: CallRecorder())
        let trajectory =
            simulatesUser
            ? try await generator.rollout(action, at: item.state, branch: 0, turn: item.decisionPoint, job)
            : try await generator.bare(
                action, at: item.state, TrajectoryGenerator.Place(branch: 0, turn: item.decisionPoint), job)
        let score = try await generator.reward.score(trajectory)
        let messages = trajectory.messages.map {
            (text: $0.text, reaction: simulatesUser ? $0.reaction : UserReaction())
        }
        let cost = messages.reduce(0) { $0 + settings.cost.cost(of: $1.text, reaction: $1.reaction) }
        return ActionOutcome(
            text: trajectory.assistantMessage, taskScore: score.score, isTested: score.isTested(for: item.state),
            interruptCost: cost, reward: settings.reward(taskScore: score.score, interruptCost: cost),
            questions: messages.reduce(0) { $0 + MessageFacts($1.text).questions },
            wasRejected: simulatesUser ? messages.contains { $0.reaction.rejectSignal > 0 } : nil)
    }
}

extension TaskScore {
    /// Whether tests decided: they ran, or there was no program that they could have run on.
    func isTested(for state: ProactiveState) -> Bool {
        tests != nil || state.mbppTests != nil && (method == "no_code" || method == "no_output")
    }
}
