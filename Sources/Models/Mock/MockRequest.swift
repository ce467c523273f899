public import Evaluation
public import JSON

/// A chat request as a scripted model sees it, whether it came over HTTP or not.
public struct MockRequest: Sendable {
    /// The model that is asked for.
    public var model: String
    /// The conversation.
    public var messages: [Message]
    /// The tools offered.
    public var tools: [ToolDefinition]
    /// Sampling parameters and whatever else steers the reply.
    public var parameters: JSONObject
    /// The episode that the request serves, where the caller says so.
    public var episode: EpisodeID?
    /// Who asks, where the caller says so.
    public var purpose: String?
    /// How many calls of this purpose came before in the episode.
    ///
    /// A caller that does not say so is taken at its conversation: the number of the assistant's messages in it.
    public var call: Int
    /// The request's header fields, names in lower case; empty in process.
    public var headers: [String: String] = [:]

    /// Describes a request.
    public init(
        model: String, messages: [Message], tools: [ToolDefinition] = [], parameters: JSONObject = [:],
        context: CallContext? = nil
    ) {
        self.model = model
        self.messages = messages
        self.tools = tools
        self.parameters = parameters
        episode = context?.episode
        purpose = context?.purpose
        call = context?.index ?? messages.count { $0.role == .assistant }
    }

    /// The last message, where it is of this role.
    public func lastMessage(from role: Message.Role) -> Message? {
        guard let last = messages.last, last.role == role else { return nil }
        return last
    }
}

/// Decides what a scripted model or the mock server answers.
///
/// The answer should follow from the request alone, never from what was asked before: requests come concurrently and
/// in any order.
public protocol MockBrain: Sendable {
    /// The answer to a request.
    func reply(to request: MockRequest) async -> MockReply
}

/// Answers everything with the same reply.
public struct FixedBrain: MockBrain {
    private let fixed: MockReply

    /// Always answers this text.
    public init(_ text: String) { fixed = MockReply(text) }

    /// Always answers this.
    public init(_ reply: MockReply) { fixed = reply }

    /// The same as ever.
    public func reply(to request: MockRequest) async -> MockReply { fixed }
}

/// Answers with the text of the conversation's last message.
public struct EchoBrain: MockBrain {
    /// An echo.
    public init() {}

    /// The last message's text.
    public func reply(to request: MockRequest) async -> MockReply {
        let text = request.messages.last?.text ?? ""
        return MockReply(text.isEmpty ? "(nothing was said)" : text)
    }
}
