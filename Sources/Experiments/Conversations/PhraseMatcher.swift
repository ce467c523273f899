/// Finds phrases in texts: whole words, lower case, at any place the longest one.
struct PhraseMatcher: Sendable, Hashable {
    private struct Phrase: Sendable, Hashable {
        var words: [String]
        /// Whether the last word stands for all that begin with it.
        var isOpen: Bool
    }

    private var byFirstWord: [String: [Phrase]] = [:]
    private var openSingles: [String] = []

    /// Takes phrases; a word that ends in `*` matches every word with that beginning, as a phrase's last word.
    init(_ phrases: some Sequence<String>) {
        for text in phrases {
            let isOpen = text.hasSuffix("*")
            let words = Words.of(isOpen ? String(text.dropLast()) : text)
            guard let first = words.first else { continue }
            if isOpen, words.count == 1 {
                openSingles.append(first)
            } else {
                byFirstWord[first, default: []].append(Phrase(words: words, isOpen: isOpen))
            }
        }
        for key in byFirstWord.keys { byFirstWord[key]?.sort { $0.words.count > $1.words.count } }
    }

    /// How many phrases are in a text, none inside another.
    func count(in words: [String]) -> Int {
        var place = 0
        var found = 0
        while place < words.count {
            if let length = match(words, at: place) {
                found += 1
                place += length
            } else {
                place += 1
            }
        }
        return found
    }

    private func match(_ words: [String], at place: Int) -> Int? {
        for phrase in byFirstWord[words[place]] ?? [] where fits(phrase, words, place) { return phrase.words.count }
        return openSingles.contains { words[place].hasPrefix($0) } ? 1 : nil
    }

    private func fits(_ phrase: Phrase, _ words: [String], _ place: Int) -> Bool {
        guard place + phrase.words.count <= words.count else { return false }
        for (offset, word) in phrase.words.enumerated() {
            let isLast = offset == phrase.words.count - 1
            let found = words[place + offset]
            guard found == word || (phrase.isOpen && isLast && found.hasPrefix(word)) else { return false }
        }
        return true
    }
}

/// Cuts texts into words.
enum Words {
    /// The words of a text in lower case; apostrophes within words are kept, curly ones as straight ones.
    static func of(_ text: String) -> [String] {
        raw(text).map { $0.lowercased() }
    }

    /// The words as they are written.
    static func raw(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        func finish() {
            while word.last == "'" { word.removeLast() }
            if !word.isEmpty { words.append(word) }
            word = ""
        }
        for character in text {
            if character.isLetter || character.isNumber {
                word.append(character)
            } else if character == "'" || character == "\u{2019}" {
                if !word.isEmpty { word.append("'") }
            } else {
                finish()
            }
        }
        finish()
        return words
    }
}
