public import Evaluation

/// A τ²-bench world as the agent loop sees it.
public struct Tau2DialogueWorld: World {
    /// The world itself.
    public private(set) var state: any TauWorld
    private let agentTools: [ToolDefinition]
    private let userTools: [ToolDefinition]

    /// Puts a world before the loop, with the tools as each side's model sees them.
    public init(_ state: any TauWorld, agentTools: [ToolDefinition], userTools: [ToolDefinition]) {
        self.state = state
        self.agentTools = agentTools
        self.userTools = userTools
    }

    /// The tools that this participant may call.
    public func tools(for participant: Participant) -> [ToolDefinition] {
        switch participant {
        case .agent: agentTools
        case .user: userTools
        case .environment: []
        }
    }

    /// Runs one call; a tool that fails answers with its error's text.
    public mutating func execute(_ call: ToolCall, by participant: Participant) async throws -> ToolResult {
        perform(call, by: participant)
    }

    /// Runs one call, without waiting for anything.
    mutating func perform(_ call: ToolCall, by participant: Participant) -> ToolResult {
        let requestor: Requestor = participant == .user ? .user : .assistant
        let outcome = state.call(call.name, arguments: call.arguments, requestor: requestor)
        return ToolResult(content: outcome.content, isError: outcome.isError)
    }
}
