/// What a tool raises when a call makes no sense: it ends the trajectory.
///
/// A refusal that the assistant can deal with is a result with an `error` instead.
public struct PauseException: Error, Sendable, Hashable {
    /// Which kind of exception a caller sees in the error's `type`.
    public enum Kind: String, Sendable {
        /// A value that cannot be used.
        case value = "ValueError"
        /// A missing or superfluous argument, or one of the wrong type.
        case type = "TypeError"
        /// A tool that is not there.
        case unknownTool = "KeyError"
        /// A tool that this caller may not use.
        case permission = "PermissionError"
    }

    /// The kind.
    public var kind: Kind
    /// What is wrong, for the caller to read.
    public var message: String

    /// Describes an exception.
    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    static func value(_ message: String) -> Self { Self(.value, message) }
    static func type(_ message: String) -> Self { Self(.type, message) }
}
