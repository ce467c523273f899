/// What rules look at in a message of the assistant.
public struct MessageFacts: Sendable, Hashable {
    /// How many question marks it has.
    public let questions: Int
    /// How many words it has, at least 1.
    public let words: Int
    /// Whether it has program text.
    public let hasCode: Bool

    /// Looks at a message.
    public init(_ message: String) {
        questions = message.utf8.count { $0 == UInt8(ascii: "?") }
        words = max(1, message.split(whereSeparator: \.isWhitespace).count)
        let start = message.drop(while: \.isWhitespace)
        hasCode =
            message.contains("```") || message.contains("def ") || message.contains("class ")
            || start.hasPrefix("import ")
    }
}
