public import JSON

/// A connection to a server of tools, used by any number of episodes at once.
///
/// What a tool answers is data, its failures too. Only a server that cannot be reached, ends midway or breaks the protocol
/// throws; a session that was lost is opened again by the next call. What was lost midway is never sent twice, because
/// nobody knows whether the server did it.
public protocol ToolSession: Sendable {
    /// Everything that the server offers, in its order.
    ///
    /// All pages are read, and kept until the server says that its tools changed. A tool's `outputSchema`, `title` and
    /// `annotations` are among its extensions, under these names. Throws ``EvaluationError``.
    func tools() async throws -> [ToolDefinition]

    /// Calls a tool and returns what it answers.
    ///
    /// With no time limit the client's own holds. Cancelling the task tells the server so. Throws ``EvaluationError`` when
    /// the server did not answer, and `CancellationError`.
    func call(_ name: String, arguments: JSONObject, timeout: Duration?) async throws -> ToolReply

    /// Ends the session and frees what it holds; never throws.
    ///
    /// What is under way fails. Whoever opened the session calls this: for one of an episode's scope that is the engine.
    func close() async
}

extension ToolSession {
    /// Calls a tool within the client's own time limit.
    public func call(_ name: String, arguments: JSONObject) async throws -> ToolReply {
        try await call(name, arguments: arguments, timeout: nil)
    }
}
