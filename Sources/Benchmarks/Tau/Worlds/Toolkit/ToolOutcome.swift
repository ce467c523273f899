/// Who asks for a tool call: the values of `requestor` in τ-bench messages.
public enum Requestor: String, Sendable, Hashable, CaseIterable {
    /// The agent.
    case assistant
    /// The simulated user.
    case user
}

/// What a tool does, by the official classification.
///
/// Only ``write`` tools are run again when a trajectory is replayed.
public enum ToolKind: String, Sendable, Hashable, CaseIterable {
    /// Looks something up.
    case read
    /// Changes the data.
    case write
    /// Notes a thought.
    case think
    /// Anything else: calculating, handing over to a human.
    case generic

    /// Whether replaying has to run the tool.
    public var mutatesState: Bool { self == .write }
}

/// What the caller of a tool reads.
public struct ToolOutcome: Sendable, Hashable {
    /// The result's text, or `Error: ` and the exception's text.
    public var content: String
    /// Whether the call failed.
    public var isError: Bool

    /// Reports what came of a call.
    public init(content: String, isError: Bool) {
        self.content = content
        self.isError = isError
    }
}
