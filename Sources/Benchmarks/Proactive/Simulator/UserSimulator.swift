public import Evaluation

/// The simulated user: reacts to what the assistant says, by rules and his persona.
public struct UserSimulator: Sendable {
    /// How the user reacts.
    public struct Settings: Sendable, Hashable {
        /// By which rule he answers.
        public var rule = ReactionRule.sampled
        /// The patience up to which a long message leaves him silent.
        public var silencePatience = 0.3
        /// Whether messages that share no word with the request count as off topic.
        public var detectsOffTopic = false

        /// The usual reactions.
        public init() {}
    }

    /// How the user reacts.
    public var settings: Settings
    /// Where his answers come from; hidden facts and stock phrases without one.
    public var model: (any ChatModel)?

    /// Makes a simulator.
    public init(settings: Settings = Settings(), model: (any ChatModel)? = nil) {
        self.settings = settings
        self.model = model
    }

    /// Reacts to a message.
    ///
    /// The state gives the request and, offline, the facts that an answer reveals. `call` is what a model's answer
    /// is recorded under. Throws what the model throws.
    public func react(
        to message: String, in state: ProactiveState, as persona: Persona, draw: ReactionDraw, call: CallContext
    ) async throws -> UserReaction {
        let facts = MessageFacts(message)
        var reaction = UserReaction()
        reaction.offTopicFlag = settings.detectsOffTopic && OffTopicDetector.isOffTopic(message, for: state) ? 1 : 0
        guard !facts.hasCode || settings.rule == .rulesV1 else { return reaction }
        let decision = decide(facts, persona: persona, draw: draw)
        switch decision {
        case .answers:
            reaction.answeredClarification = 1
            reaction.userReply = try await answer(to: message, in: state, as: persona, draw: draw, call: call)
            reaction.answerClarity = persona.expertise.value
        case .refuses:
            reaction.rejectSignal = 1
            let wish = state.domain == .planning ? "plan" : "code"
            reaction.userReply = "Stop asking, just give me the \(wish)."
        case .goesOn: break
        }
        reaction.silence = facts.words > 200 && persona.patience.value <= settings.silencePatience ? 1 : 0
        reaction.satisfaction = satisfaction(of: reaction, facts)
        return reaction
    }

    private enum Decision { case answers, refuses, goesOn }

    private func decide(_ facts: MessageFacts, persona: Persona, draw: ReactionDraw) -> Decision {
        let patience = persona.patience.value
        switch settings.rule {
        case .sampled:
            guard facts.questions > 0 else { return .goesOn }
            return draw.unit < patience ? .answers : .refuses
        case .expected:
            guard facts.questions > 0 else { return .goesOn }
            return patience >= 0.5 ? .answers : .refuses
        case .rulesV1:
            if facts.questions >= 2, patience < 0.4 { return .refuses }
            // A product of two one-digit decimals: the slack keeps .5 × .7 on the right side of .35.
            if facts.questions > 0, persona.expertise.value * patience >= 0.35 - 1e-9 { return .answers }
            return .goesOn
        }
    }

    private func satisfaction(of reaction: UserReaction, _ facts: MessageFacts) -> Double {
        if settings.rule == .rulesV1 {
            let tenths = 6 + reaction.answeredClarification - 3 * reaction.rejectSignal - (facts.words > 200 ? 1 : 0)
            return Double(tenths) / 10
        }
        if reaction.answeredClarification == 1 { return 0.85 }
        if reaction.rejectSignal == 1 { return 0.3 }
        return reaction.silence == 1 ? 0.5 : 0.6
    }
}
