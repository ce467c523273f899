public import JSON

/// One message of a τ²-bench simulation.
///
/// The fields are the official ones of a text run. What only voice runs use is kept in ``extras`` when read and left
/// out when it has its default.
public struct Tau2Message: Sendable, Hashable {
    /// Who speaks.
    public enum Role: String, Sendable, Hashable, CaseIterable {
        /// Instructions, which a trajectory does not contain.
        case system
        /// The agent.
        case assistant
        /// The simulated user.
        case user
        /// The world, answering a call.
        case tool
    }

    /// Who speaks.
    public var role: Role
    /// The text; nil for none, which differs from an empty one.
    public var content: String?
    /// The calls; nil for none, which differs from an empty list.
    public var toolCalls: [RecordedCall]?
    /// For a tool's result: the call that it answers.
    public var callID: String
    /// For a tool's result: who made the call.
    public var requestor: Requestor
    /// For a tool's result: whether the call failed.
    public var isError: Bool
    /// The place in the finished trajectory.
    public var turnIndex: Int?
    /// The local time in ISO form.
    public var timestamp: String?
    /// What making it cost, in US dollars.
    public var cost: Double?
    /// `completion_tokens` and `prompt_tokens`.
    public var usage: JSONObject?
    /// Everything else that was recorded.
    public var extras: JSONObject

    /// Makes a message.
    public init(role: Role, content: String?, toolCalls: [RecordedCall]? = nil) {
        self.role = role
        self.content = content
        self.toolCalls = toolCalls
        callID = ""
        requestor = .assistant
        isError = false
        turnIndex = nil
        timestamp = nil
        cost = nil
        usage = nil
        extras = [:]
    }

    /// A tool's result.
    public static func tool(_ content: String, answering call: RecordedCall, isError: Bool) -> Self {
        var message = Self(role: .tool, content: content)
        message.callID = call.id
        message.requestor = call.requestor
        message.isError = isError
        return message
    }

    /// Whether it counts as a tool call: an empty list of calls does too.
    public var isToolCall: Bool { (role == .assistant || role == .user) && toolCalls != nil }

    /// Whether its text has a character that is not blank.
    public var hasText: Bool { content?.hasTextForPython ?? false }

    /// The message as far as replaying it needs to know.
    var recorded: RecordedMessage {
        switch role {
        case .system: return .system
        case .assistant: return .participant(.assistant, calls: toolCalls)
        case .user: return .participant(.user, calls: toolCalls)
        case .tool:
            var result = RecordedResult(id: callID, content: content, requestor: requestor, isError: isError)
            result.turnIndex = turnIndex
            result.timestamp = timestamp
            return .tool(result)
        }
    }
}
