public import JSON

/// What came of a call.
public struct PauseToolOutcome: Sendable, Hashable {
    /// The tool's result, or `{"error": …}`.
    public var value: JSONValue
    /// The exception that ends the trajectory, where one was raised.
    public var exception: PauseException?

    /// Notes a result.
    init(value: JSONValue, exception: PauseException? = nil) {
        self.value = value
        self.exception = exception
    }

    /// The `code` (or `type`) of a refusal that the assistant can deal with; nil for a result or an exception.
    public var errorCode: String? {
        guard exception == nil else { return nil }
        return (value["error"]?["code"] ?? value["error"]?["type"])?.stringValue
    }
}
