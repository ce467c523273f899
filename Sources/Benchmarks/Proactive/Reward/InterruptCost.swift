/// What asking costs the user: the formulas and their weights.
public struct InterruptCost: Sendable, Hashable {
    /// Which formula.
    public var formula = CostFormula.seed
    /// The factor over all.
    public var alpha = 0.6
    /// The price of a question.
    public var questionWeight = 0.4
    /// The price of a refusal.
    public var rejectWeight = 1.0
    /// The price of a message of more than 200 words.
    public var lengthWeight = 0.3
    /// The price of a message beside the point.
    public var offTopicWeight = 0.7
    /// `v2`: what a question that is answered gains.
    public var gamma = 0.3
    /// `v2`: what a question that is refused costs.
    public var delta = 0.7
    /// `v2`: what any question costs.
    public var lambda = 0.0

    /// The published weights.
    public init() {}

    /// What one message and the reaction to it cost.
    public func cost(of message: String, reaction: UserReaction) -> Double {
        cost(MessageCostFacts(message, reaction: reaction))
    }

    /// What one message costs, by the facts that the formulas look at.
    public func cost(_ facts: MessageCostFacts) -> Double {
        let questions = Double(facts.questions)
        switch formula {
        case .seed:
            let isLong = facts.words > 200 ? 1.0 : 0
            return alpha
                * (questionWeight * questions + rejectWeight * Double(facts.reject) + lengthWeight * isLong
                    + offTopicWeight * Double(facts.offTopic))
        case .v2:
            return questions * (delta * Double(facts.reject) + lambda - gamma * Double(facts.answered))
        }
    }

    /// What all messages of a trajectory cost together.
    public func cost(of trajectory: ProactiveTrajectory) -> Double {
        trajectory.messages.reduce(0) { $0 + cost(of: $1.text, reaction: $1.reaction) }
    }
}

/// What the cost formulas look at in a message and the reaction to it.
public struct MessageCostFacts: Sendable, Hashable {
    /// Question marks.
    public var questions: Int
    /// Words.
    public var words: Int
    /// 1 after a refusal.
    public var reject: Int
    /// 1 after an answer.
    public var answered: Int
    /// 1 beside the point.
    public var offTopic: Int

    /// Gives the facts.
    public init(questions: Int, words: Int, reject: Int = 0, answered: Int = 0, offTopic: Int = 0) {
        self.questions = questions
        self.words = words
        self.reject = reject
        self.answered = answered
        self.offTopic = offTopic
    }

    /// Finds the facts.
    public init(_ message: String, reaction: UserReaction) {
        let facts = MessageFacts(message)
        self.init(
            questions: facts.questions, words: facts.words, reject: reaction.rejectSignal,
            answered: reaction.answeredClarification, offTopic: reaction.offTopicFlag)
    }
}
