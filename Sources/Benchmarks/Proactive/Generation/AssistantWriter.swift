public import Evaluation

/// What an assistant is asked to write.
public struct AssistantRequest: Sendable {
    /// The state in which it writes.
    public var state: ProactiveState
    /// What it is to do.
    public var action: ProactiveAction
    /// Its instructions.
    public var prompt: String
    /// Which message it is, for seeded choices.
    public var draw: ReactionDraw
    /// What a model's call is recorded under.
    public var call: CallContext

    /// Asks for a message.
    public init(
        state: ProactiveState, action: ProactiveAction, prompt: String, draw: ReactionDraw, call: CallContext
    ) {
        self.state = state
        self.action = action
        self.prompt = prompt
        self.draw = draw
        self.call = call
    }
}

/// Writes the assistant's messages.
public protocol AssistantWriter: Sendable {
    /// Writes a message.
    ///
    /// Throws what a model throws.
    func message(for request: AssistantRequest) async throws -> AssistantMessage

    /// Whether there is anything left to ask in a state.
    func hasQuestions(in state: ProactiveState) -> Bool
}

extension AssistantWriter {
    /// True: nobody knows before asking.
    public func hasQuestions(in state: ProactiveState) -> Bool { true }
}

/// What an assistant wrote, and what it took.
public struct AssistantMessage: Sendable, Hashable {
    /// The words.
    public var text: String
    /// The model's tokens; nil without a model.
    public var usage: Usage?
    /// The price in US dollars; nil where it is unknown.
    public var cost: Double?
    /// Seconds that writing took.
    public var duration = 0.0
    /// The model; nil without one.
    public var model: String?

    /// Records a message.
    public init(_ text: String) { self.text = text }
}
