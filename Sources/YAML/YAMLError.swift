/// A YAML text that cannot be read: what is wrong, where, and what to do when that is known.
public struct YAMLError: Error, Sendable, Hashable {
    /// What is wrong, in one sentence without a position.
    public var message: String

    /// Where the fault is.
    public var mark: YAMLMark

    /// What was being read when the fault showed (`while parsing a block mapping`), where known.
    public var context: String?

    /// A second place that belongs to the fault: where the construct began, or the first of two equal keys.
    public var contextMark: YAMLMark?

    /// What to do about it, where there is one obvious thing.
    public var hint: String?

    /// Makes an error at a position.
    public init(
        _ message: String, at mark: YAMLMark, context: String? = nil, contextMark: YAMLMark? = nil
    ) {
        self.message = message
        self.mark = mark
        self.context = context
        self.contextMark = contextMark
    }

    func hinting(_ hint: String) -> YAMLError {
        var copy = self
        copy.hint = hint
        return copy
    }
}

extension YAMLError: CustomStringConvertible {
    /// `line:column: message`, then the context and the hint on one line.
    public var description: String {
        var text = "\(mark): \(message)"
        if let context {
            text += " (\(context)"
            if let contextMark { text += " at \(contextMark)" }
            text += ")"
        }
        if let hint { text += "; \(hint)" }
        return text
    }
}
