/// An exception that the official Python code raises at this point, with the text that it would print.
///
/// Tools fail by throwing it; the agent reads ``message`` behind `Error: `. It is data of the simulated world, not an error of gage.
public struct PythonException: Error, Sendable, Hashable {
    /// The class of an exception, by its Python name.
    public enum Kind: String, Sendable, Hashable {
        case assertionError = "AssertionError"
        case attributeError = "AttributeError"
        case indexError = "IndexError"
        case keyError = "KeyError"
        case memoryError = "MemoryError"
        case overflowError = "OverflowError"
        case syntaxError = "SyntaxError"
        case typeError = "TypeError"
        case validationError = "ValidationError"
        case valueError = "ValueError"
        case zeroDivisionError = "ZeroDivisionError"
    }

    /// The exception's class.
    public var kind: Kind
    /// What `str(exception)` gives.
    public var message: String

    /// Makes an exception.
    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    static func value(_ message: String) -> PythonException { .init(.valueError, message) }

    static func type(_ message: String) -> PythonException { .init(.typeError, message) }

    static func attribute(_ name: String, ofType type: String) -> PythonException {
        .init(.attributeError, "'\(type)' object has no attribute '\(name)'")
    }

    static func unsupportedOperands(_ operation: String, _ left: String, _ right: String) -> PythonException {
        .type("unsupported operand type(s) for \(operation): '\(left)' and '\(right)'")
    }
}
