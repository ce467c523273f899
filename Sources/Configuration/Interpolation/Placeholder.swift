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

    /// Whether nothing is said to hold when it is not set.
    var hasNoText: Bool { if case .text = fallback { false } else { true } }
}

/// A text cut at its placeholders.
struct PlaceholderText: Sendable {
    /// A piece of the text.
    enum Piece: Sendable, Hashable {
        case literal(String)
        case placeholder(Placeholder)
    }

    /// The pieces, in order.
    let pieces: [Piece]
    /// A `${` that begins no placeholder; it stays in the text as it is.
    let oddity: String?

    /// Cuts a text.
    ///
    /// `$${` is a literal `${`.
    init(_ text: String) {
        var scanner = PlaceholderScanner(text)
        scanner.scan()
        pieces = scanner.pieces
        oddity = scanner.oddity
    }

    /// The only placeholder, where the text is nothing else.
    var whole: Placeholder? {
        if pieces.count == 1, case .placeholder(let placeholder) = pieces[0] { placeholder } else { nil }
    }

    /// Whether anything in the text is to be replaced.
    var hasPlaceholders: Bool {
        pieces.contains { if case .placeholder = $0 { true } else { false } }
    }
}
