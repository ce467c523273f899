/// A `${…}` in a text.
struct Placeholder: Sendable, Hashable {
    /// What holds when the variable is not set.
    enum Fallback: Sendable, Hashable {
        /// Nothing was said: `${NAME}`.
        case none
        /// Another text: `${NAME:-text}`; it may hold placeholders itself.
        case text(String)
        /// That is an error: `${NAME:?message}`.
        case failure(String)
    }

    /// The variable.
    var name: String
    /// What holds when it is not set or empty.
    var fallback: Fallback
}

/// A text cut at its placeholders.
struct PlaceholderText: Sendable {
    /// Bounds the search for a closing brace, so that reading a text takes linear time.
    private static let longest = 4096

    /// A piece of the text.
    enum Piece: Sendable, Hashable {
        case literal(String)
        case placeholder(Placeholder)
    }

    /// The pieces, in order.
    private(set) var pieces: [Piece] = []
    /// A `${` that begins no placeholder; it stays in the text as it is.
    private(set) var oddity: String?

    /// Cuts a text.
    ///
    /// `$${` is a literal `${`.
    init(_ text: String) {
        var literal = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            literal += rest[..<dollar]
            rest = rest[dollar...]
            if rest.hasPrefix("$${") {
                literal += "${"
                rest = rest.dropFirst(3)
            } else if rest.hasPrefix("${") {
                if let (placeholder, length) = Self.placeholder(at: rest) {
                    if !literal.isEmpty { pieces.append(.literal(literal)) }
                    literal = ""
                    pieces.append(.placeholder(placeholder))
                    rest = rest.dropFirst(length)
                } else {
                    if oddity == nil { oddity = String(rest.prefix(24)) }
                    literal += "${"
                    rest = rest.dropFirst(2)
                }
            } else {
                literal += "$"
                rest = rest.dropFirst()
            }
        }
        literal += rest
        if !literal.isEmpty { pieces.append(.literal(literal)) }
    }

    /// The only placeholder, where the text is nothing else.
    var whole: Placeholder? {
        if pieces.count == 1, case .placeholder(let placeholder) = pieces[0] { placeholder } else { nil }
    }

    /// Whether anything in the text is to be replaced.
    var hasPlaceholders: Bool {
        pieces.contains { if case .placeholder = $0 { true } else { false } }
    }

    private static func placeholder(at text: Substring) -> (Placeholder, length: Int)? {
        guard let length = closedLength(text) else { return nil }
        let body = text.dropFirst(2).prefix(length - 3)
        var name = body.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        var operation = body[name.endIndex...]
        // `${ENV.NAME}` is another spelling of `${NAME}`.
        if name == "ENV", operation.first == "." {
            operation = operation.dropFirst()
            name = operation.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
            operation = operation[name.endIndex...]
        }
        guard let first = name.first, !first.isNumber else { return nil }
        if operation.isEmpty { return (Placeholder(name: String(name), fallback: .none), length) }
        let operand = String(operation.dropFirst(2))
        if operation.hasPrefix(":-") { return (Placeholder(name: String(name), fallback: .text(operand)), length) }
        if operation.hasPrefix(":?") { return (Placeholder(name: String(name), fallback: .failure(operand)), length) }
        return nil
    }

    /// How long the `${…}` at the start of a text is, braces inside it paired; nil when it does not end.
    private static func closedLength(_ text: Substring) -> Int? {
        var depth = 0
        for (index, character) in text.prefix(longest).enumerated() {
            if character == "{" { depth += 1 }
            if character == "}" {
                depth -= 1
                if depth == 0 { return index + 1 }
            }
        }
        return nil
    }
}
