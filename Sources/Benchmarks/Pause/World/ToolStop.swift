import JSON

/// Why a tool does not return a result.
enum ToolStop: Error {
    /// A refusal that the caller can deal with: `{"error": {code, message}}`.
    case refused(code: String, message: String)
    /// An exception, which ends the trajectory.
    case raised(PauseException)

    static func value(_ message: String) -> Self { .raised(.value(message)) }
    static func type(_ message: String) -> Self { .raised(.type(message)) }
}

/// What runs when a tool is called.
typealias ToolHandler = @Sendable (inout PauseWorld, PauseCall) throws(ToolStop) -> JSONValue
