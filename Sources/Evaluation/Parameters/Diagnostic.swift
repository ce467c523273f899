/// One thing that is wrong, or worth knowing, about what the user wrote.
public struct Diagnostic: Sendable, Hashable {
    /// How bad it is.
    public enum Severity: String, Sendable, Hashable, Comparable {
        /// Accepted and without effect, or worth knowing.
        case note
        /// Probably not what was meant.
        case warning
        /// Nothing can run.
        case error

        /// Orders by weight, notes first.
        public static func < (left: Self, right: Self) -> Bool { left.weight < right.weight }

        private var weight: Int {
            switch self {
            case .note: 0
            case .warning: 1
            case .error: 2
            }
        }
    }

    /// How bad it is.
    public var severity: Severity
    /// What is wrong, in one sentence.
    public var message: String
    /// Where.
    public var location: SourceLocation?
    /// The key path, as `tasks[0].steps[1].adapter_id`.
    public var path: String?
    /// What is allowed, or what to do.
    public var advice: String?

    /// Reports something.
    public init(
        _ severity: Severity, _ message: String, location: SourceLocation? = nil, path: String? = nil,
        advice: String? = nil
    ) {
        self.severity = severity
        self.message = message
        self.location = location
        self.path = path
        self.advice = advice
    }
}

extension Diagnostic: CustomStringConvertible {
    /// `file:line:column: error: message (at path)` and an indented line of advice.
    public var description: String {
        var text = location.map { "\($0): " } ?? ""
        text += "\(severity.rawValue): \(message)"
        if let path, !path.isEmpty { text += " (at \(path))" }
        if let advice { text += "\n    \(advice)" }
        return text
    }
}
