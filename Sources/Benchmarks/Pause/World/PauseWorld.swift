public import Evaluation
public import JSON

/// The health platform in one state, with an assistant and a user at its tools.
///
/// A value: a copy is a world of its own and costs microseconds.
public struct PauseWorld: World {
    /// The user's record and data as they are now.
    public internal(set) var store: PauseStore
    /// How the world behaves.
    public let options: PauseWorldOptions
    /// What the shop sells.
    public let catalog: ProductCatalog
    /// The decisions of the gates so far, in order.
    public internal(set) var gateTrace: [GateRecord] = []
    /// The plots made so far, in order.
    public internal(set) var plots: [PausePlot] = []
    /// What ended the trajectory: `assistant_tool_error:<tool>` or `user_tool_error:<tool>`; nil while it goes on.
    public internal(set) var terminationReason: String?
    /// The tools that the assistant has discovered, in order.
    public internal(set) var discoveredTools: [ToolDefinition] = []
    /// How often each tool that makes identifiers was called.
    var callCounts: [String: Int] = [:]

    /// Puts a store behind the tools.
    public init(
        store: PauseStore, options: PauseWorldOptions = PauseWorldOptions(), catalog: ProductCatalog = .standard
    ) {
        self.store = store
        self.options = options
        self.catalog = catalog
    }

    /// The state as a value: the profile, which is all that tools change.
    public var snapshot: JSONValue? { .object(store.profile.json) }

    /// The tools that this participant may call, those that the assistant has discovered included.
    public func tools(for participant: Participant) -> [ToolDefinition] {
        switch participant {
        case .user: PauseTools.definitions(.user, compatibility: options.compatibility)
        case .environment: []
        case .agent:
            PauseTools.assistantTools(compatibility: options.compatibility)
                .filter { options.branchAllowlist?.contains($0.name) ?? true } + discoveredTools
        }
    }

    /// Runs one call; see ``call(_:arguments:by:)``.
    public mutating func execute(_ call: ToolCall, by participant: Participant) async throws -> ToolResult {
        let outcome = self.call(call.name, arguments: call.arguments, by: participant)
        return ToolResult(
            content: outcome.value.text(), isError: outcome.exception != nil, structured: outcome.value)
    }
}
