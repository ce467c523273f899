/// What full-text search sees of texts, and how it is asked.
///
/// SQLite's tokenizer divides at blanks and punctuation, which Chinese, Japanese and Korean do without. Their characters are
/// therefore kept apart, in texts and in searches alike, so that every run of them is found.
enum SearchText {
    /// Whether a text has something that can be searched for.
    static func hasWords(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0.properties.isAlphabetic || $0.properties.numericType != nil }
    }

    /// A text as it is put into the index.
    static func prepared(_ text: String) -> String {
        // Bytes from E2 on begin characters from U+2000 on; below there is nothing to keep apart.
        guard text.utf8.contains(where: { $0 >= 0xE2 || $0 == 0 }) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.value == 0 {
                result.append(" ")
            } else if isUnspaced(scalar) {
                result.append(" ")
                result.append(scalar)
                result.append(" ")
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// A search for these words one after the other; a `*` at the end lets the last go on.
    ///
    /// Quoted, so that nothing in it is an operator of FTS5.
    static func phrase(_ text: String) -> String {
        let isPrefix = text.hasSuffix("*")
        let words = prepared(text.count > longest ? String(text.prefix(longest)) : text)
        let quoted = words.replacing("\"", with: " ")
        return "\"\(quoted)\"\(isPrefix ? " *" : "")"
    }

    /// A search for episodes that have all of these words, wherever; what stands in double quotes stays together.
    ///
    /// Nil where there is no word.
    static func words(_ text: String) -> String? {
        var parts: [String] = []
        for (index, piece) in text.prefix(longest).split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        {
            if index % 2 == 1 {
                parts.append(String(piece))
            } else {
                parts += piece.split(whereSeparator: \.isWhitespace).map(String.init)
            }
        }
        let phrases = parts.filter(hasWords).map(phrase)
        return phrases.isEmpty ? nil : phrases.joined(separator: " AND ")
    }

    /// The longest search, in characters.
    private static let longest = 500

    /// Whether a character is of a script that is written without blanks.
    private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0E00...0x0E7F, 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF,
            0x20000...0x3FFFF:
            true
        default: false
        }
    }
}
