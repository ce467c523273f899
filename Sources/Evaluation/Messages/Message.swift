public import JSON

/// One message of a conversation.
public struct Message: Sendable, Hashable {
    /// Whose turn a message is, in the vocabulary of chat protocols.
    public enum Role: String, Sendable, Hashable, CaseIterable {
        /// Instructions above the conversation.
        case system
        /// Instructions above the conversation, in newer OpenAI models' word.
        case developer
        /// The person.
        case user
        /// The model.
        case assistant
        /// A tool's result.
        case tool
    }

    /// A piece of a message's content.
    public enum Segment: Sendable, Hashable {
        /// Plain text.
        case text(String)
        /// Anything else (`image_url`, `audio_url`, …) in OpenAI's shape, kept as it came.
        case other(JSONObject)
    }

    /// What a message says.
    public enum Content: Sendable, Hashable {
        /// Nothing: a message that only calls tools.
        case empty
        /// Plain text.
        case text(String)
        /// Several segments.
        case segments([Segment])
    }

    /// Whose turn this is.
    public var role: Role
    /// What it says.
    public var content: Content
    /// The tools it calls; only an assistant's message, or a user's who has tools of his own.
    public var toolCalls: [ToolCall]
    /// For a tool's result: which call it answers.
    public var toolCallID: String?
    /// A tool's or speaker's name.
    public var name: String?
    /// For a tool's result: whether the tool reports a failure.
    public var isError: Bool
    /// The model's reasoning, where a provider shows it.
    ///
    /// Never sent to another participant.
    public var reasoning: String?

    /// Makes a message.
    public init(
        role: Role, content: Content, toolCalls: [ToolCall] = [], toolCallID: String? = nil, name: String? = nil,
        isError: Bool = false, reasoning: String? = nil
    ) {
        self.role = role
        self.content = content
        self.toolCalls = toolCalls
        self.toolCallID = toolCallID
        self.name = name
        self.isError = isError
        self.reasoning = reasoning
    }

    /// A system message.
    public static func system(_ text: String) -> Self { Self(role: .system, content: .text(text)) }

    /// A user's message.
    public static func user(_ text: String) -> Self { Self(role: .user, content: .text(text)) }

    /// An assistant's message; `nil` text for one that only calls tools.
    public static func assistant(_ text: String?, toolCalls: [ToolCall] = []) -> Self {
        Self(role: .assistant, content: text.map(Content.text) ?? .empty, toolCalls: toolCalls)
    }

    /// A tool's result for the call with this identifier.
    public static func tool(_ result: ToolResult, answering call: ToolCall) -> Self {
        Self(
            role: .tool, content: .text(result.content), toolCallID: call.id, name: call.name, isError: result.isError)
    }

    /// The text of the message, segments joined by line breaks; nil where there is none.
    public var text: String? {
        switch content {
        case .empty: nil
        case .text(let text): text
        case .segments(let segments):
            segments.compactMap { if case .text(let text) = $0 { text } else { nil } }.joined(separator: "\n")
        }
    }

    /// Whether the text has a character that is not blank.
    public var hasText: Bool {
        text?.unicodeScalars.contains { !$0.properties.isWhitespace } ?? false
    }
}
