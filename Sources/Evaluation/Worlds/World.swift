public import JSON

/// What an agent acts in: it offers tools to each participant and runs their calls.
///
/// A world whose state is a value (the τ-benches, PAUSE) is copied cheaply and compared exactly; one that stands
/// before a sandbox (AppWorld, SWE-bench) holds a lease and forwards calls.
public protocol World: Sendable {
    /// The tools that this participant may call, in the order in which a model sees them.
    func tools(for participant: Participant) -> [ToolDefinition]

    /// Runs one call. A tool that fails answers with `isError`; only an infrastructure fault throws.
    mutating func execute(_ call: ToolCall, by participant: Participant) async throws -> ToolResult

    /// The state as a value for reports and diffs; nil where it cannot be had cheaply.
    var snapshot: JSONValue? { get }
}

extension World {
    /// No snapshot.
    public var snapshot: JSONValue? { nil }
}

/// A world in which an agent leaves something behind: a patch, files.
public protocol ArtifactWorld: World {
    /// What is there when the dialogue has ended, however it ended, by name; it becomes part of the prediction.
    ///
    /// Also called when the agent's time is used up. Throws ``EvaluationError`` when it cannot be had.
    func artifacts() async throws -> JSONObject
}
