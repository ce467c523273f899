/// A τ²-bench domain in one state: the data behind the agent's and the user's tools.
///
/// A pure value: a copy is a world of its own and costs microseconds, whatever the size of the data. Conforming types declare
/// their tools and hold a ``WorldState``; calling, replaying, digests and comparison come from extensions.
public protocol TauWorld: Sendable {
    /// The domain's name in task sets: `retail`, `airline`, …
    static var domain: String { get }
    /// The agent's tools and environment functions.
    static var agentToolkit: Toolkit<Self> { get }
    /// The user's tools and environment functions; nil in a domain where the user has none.
    static var userToolkit: Toolkit<Self>? { get }
    /// The data of both toolkits.
    var state: WorldState { get set }
    /// Carries over what one side's data says about the other; runs after every successful call.
    mutating func synchronizeTools() throws(PythonException)
}

extension TauWorld {
    /// Nothing to carry over.
    public mutating func synchronizeTools() throws(PythonException) {}

    /// The domain's name in task sets.
    public var domain: String { Self.domain }

    /// The tools that a participant has, in official order; none for a user without a toolkit.
    ///
    /// In solo mode the agent's own tools come first and the user's follow; what else the solo agent gets is not the world's.
    public func tools(for requestor: Requestor) -> [ToolSignature] {
        switch requestor {
        case .assistant: Self.agentToolkit.tools
        case .user: Self.userToolkit?.tools ?? []
        }
    }

    /// The tool of that name; the agent's toolkit is asked before the user's, whoever calls.
    public func tool(named name: String) -> ToolSignature? {
        Self.agentToolkit.tool(named: name)?.signature ?? Self.userToolkit?.tool(named: name)?.signature
    }
}
