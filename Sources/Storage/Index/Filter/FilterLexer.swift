/// Cuts a filter expression into its pieces.
struct FilterLexer {
    private let expression: String
    private let characters: [Character]
    private var position = 0

    init(_ expression: String) {
        self.expression = expression
        characters = Array(expression)
    }

    /// All pieces, an end last.
    mutating func tokens() throws(FilterError) -> [FilterToken] {
        var found: [FilterToken] = []
        while true {
            while position < characters.count, characters[position].isWhitespace { position += 1 }
            guard position < characters.count else {
                found.append(FilterToken(kind: .end, offset: characters.count, length: 1))
                return found
            }
            let start = position
            let kind = try next()
            found.append(FilterToken(kind: kind, offset: start, length: position - start))
        }
    }

    private mutating func next() throws(FilterError) -> FilterToken.Kind {
        let character = characters[position]
        switch character {
        case "(": return take(1, .open)
        case ")": return take(1, .close)
        case ",": return take(1, .comma)
        case "\"", "'": return .text(try quoted(by: character))
        case "=": return take(peek(1) == "=" ? 2 : 1, .comparison(.equal))
        case "~": return take(1, .comparison(.contains))
        case "!" where peek(1) == "=": return take(2, .comparison(.notEqual))
        case "!" where peek(1) == "~": return take(2, .comparison(.doesNotContain))
        case "<" where peek(1) == "=": return take(2, .comparison(.lessOrEqual))
        case "<" where peek(1) == ">": return take(2, .comparison(.notEqual))
        case "<": return take(1, .comparison(.less))
        case ">" where peek(1) == "=": return take(2, .comparison(.greaterOrEqual))
        case ">": return take(1, .comparison(.greater))
        case "&" where peek(1) == "&": return take(2, .word("and"))
        case "|" where peek(1) == "|": return take(2, .word("or"))
        case "!": return take(1, .word("not"))
        default: break
        }
        if character.isASCII, character.isNumber || (character == "-" && (peek(1)?.isNumber ?? false)) {
            return try numberOrWord()
        }
        guard Self.isWordPart(character) else {
            throw FilterError(
                "'\(character)' has no meaning here", at: position, advice: "put texts into quotes: \"…\"",
                in: expression)
        }
        return .word(word())
    }

    private func peek(_ distance: Int) -> Character? {
        position + distance < characters.count ? characters[position + distance] : nil
    }

    private mutating func take(_ count: Int, _ kind: FilterToken.Kind) -> FilterToken.Kind {
        position += count
        return kind
    }

    /// A word may have dots, slashes and the like inside, since ids do.
    private static func isWordPart(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || "_-./:@#%$*+".contains(character)
    }

    private mutating func word() -> String {
        let start = position
        while position < characters.count, Self.isWordPart(characters[position]) { position += 1 }
        return String(characters[start..<position])
    }

    /// `12`, `1.5`, `10k`, `90s`; ids that only begin with a digit are words.
    private mutating func numberOrWord() throws(FilterError) -> FilterToken.Kind {
        let text = word()
        let digits = text.prefix { $0.isASCII && ($0.isNumber || ".+-eE".contains($0)) }
        for length in stride(from: digits.count, to: 0, by: -1) {
            let head = text.prefix(length)
            let unit = text.dropFirst(length)
            // Only what is nothing but a number and letters behind it; `Double` would also read `0x1p3` and `nan`.
            guard head.last?.isNumber == true, unit.allSatisfy({ $0.isASCII && $0.isLetter }), unit.count <= 2,
                let number = Double(head), number.isFinite
            else { continue }
            return .number(number, unit: String(unit))
        }
        return .word(text)
    }

    /// A text in quotes; a backslash keeps the quote or backslash after it.
    private mutating func quoted(by quote: Character) throws(FilterError) -> String {
        let start = position
        position += 1
        var text = ""
        while position < characters.count {
            let character = characters[position]
            position += 1
            if character == quote { return text }
            if character == "\\", let escaped = peek(0), escaped == quote || escaped == "\\" {
                text.append(escaped)
                position += 1
            } else {
                text.append(character)
            }
        }
        throw FilterError(
            "the text that begins here has no end", at: start, advice: "close it with \(quote)", in: expression)
    }
}
