public import Evaluation

/// The original τ-bench's environment as the agent loop sees it.
public struct Tau1DialogueWorld: World {
    /// The environment itself.
    public var environment: Tau1Environment
    /// The exception that has ended the official run, if one has.
    public private(set) var abortion: PythonException?

    /// Puts an environment before the loop.
    public init(_ environment: Tau1Environment) {
        self.environment = environment
    }

    /// The agent has the environment's tools; the user has none.
    public func tools(for participant: Participant) -> [ToolDefinition] {
        participant == .agent ? environment.domain.tools : []
    }

    /// Runs one call; a tool that fails answers with its error's text.
    public mutating func execute(_ call: ToolCall, by participant: Participant) async throws -> ToolResult {
        perform(call)
    }

    /// Runs one call, without waiting for anything.
    ///
    /// A call that ends the official run answers with the exception's text and is kept in ``abortion``.
    mutating func perform(_ call: ToolCall) -> ToolResult {
        switch environment.step(Tau1Action(name: call.name, arguments: call.arguments)) {
        case .observation(let outcome): return ToolResult(content: outcome.content, isError: outcome.isError)
        case .awaitsUser: return ToolResult(content: "")
        case .aborted(let exception):
            abortion = exception
            return .endingRun(exception.message)
        }
    }
}
