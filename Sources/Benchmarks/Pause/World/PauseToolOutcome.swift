public import JSON

/// What came of a call.
public struct PauseToolOutcome: Sendable, Hashable {
    /// The tool's result, or `{"error": …}`.
    public var value: JSONValue
    /// The exception that ends the trajectory, where one was raised.
    public var exception: PauseException?

    /// The `code` of a refusal that the assistant can deal with; nil for a result.
    public var errorCode: String? { value["error"]?["code"]?.stringValue }
}
