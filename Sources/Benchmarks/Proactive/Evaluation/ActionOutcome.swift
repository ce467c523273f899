/// What an action led to at a decision point.
public struct ActionOutcome: Sendable, Hashable {
    /// What the assistant said.
    public var text: String
    /// R_task, from 0 to 1.
    public var taskScore: Double
    /// Whether the score is a test's and not a constant or a guess.
    public var isTested: Bool
    /// C_interrupt.
    public var interruptCost: Double
    /// What both come to.
    public var reward: Double
    /// How many questions the user was asked.
    public var questions: Int
    /// Whether the user refused to be asked; nil where it is not known.
    public var wasRejected: Bool?

    /// Records an outcome.
    public init(
        text: String, taskScore: Double, isTested: Bool, interruptCost: Double, reward: Double, questions: Int,
        wasRejected: Bool? = nil
    ) {
        self.text = text
        self.taskScore = taskScore
        self.isTested = isTested
        self.interruptCost = interruptCost
        self.reward = reward
        self.questions = questions
        self.wasRejected = wasRejected
    }

    /// Whether the task counts as done: a test gave more than half.
    public var isSuccess: Bool { isTested && taskScore > 0.5 }
}
