/// Finds out which choice of a multiple-choice question an answer names.
struct ChoiceReader {
    /// A choice as its question shows it.
    struct Choice: Sendable, Hashable {
        var id: String
        var content: String
    }

    private let choices: [Choice]

    /// Reads answers to a question with these choices; without any, the letters A to Z are taken for them.
    init(_ choices: [Choice]) {
        let letters = (UInt8(ascii: "A")...UInt8(ascii: "Z")).map { String(UnicodeScalar($0)) }
        self.choices = choices.isEmpty ? letters.map { Choice(id: $0, content: "") } : choices
    }

    /// The id of the choice, or nil where the answer names none, or several alike.
    ///
    /// Tried in turn: the id alone; the last `\boxed{…}`; a choice's whole text; the first id after the last "answer"; the
    /// one id that stands in the text. Within a sentence an id counts only in its own letter case, so that the article in
    /// "a good question" is no choice.
    func choice(in answer: String) -> String? {
        let text = PromptTemplate.stripped(answer)
        if let id = whole(text) { return id }
        if let boxed = Self.lastBoxed(in: text), let id = whole(boxed) { return id }
        let folded = text.lowercased()
        if let named = choices.first(where: { !$0.content.isEmpty && $0.content.lowercased() == folded }) {
            return named.id
        }
        if let end = text.endOfLast("answer"), let id = mentioned(in: text[end...]).first { return id }
        let ids = Set(mentioned(in: text[...]))
        return ids.count == 1 ? ids.first : nil
    }

    /// The id that a text consists of, marks around it aside.
    private func whole(_ text: String) -> String? {
        let bare = text.drop { !$0.isLetter && !$0.isNumber }
        let end = bare.lastIndex { $0.isLetter || $0.isNumber }
        let core = end.map { bare[...$0] } ?? bare
        return choices.first { $0.id.lowercased() == core.lowercased() }?.id
    }

    private func mentioned(in text: Substring) -> [String] {
        text.split { !$0.isLetter && !$0.isNumber }.compactMap { word in
            choices.first { $0.id == word }?.id
        }
    }

    private static func lastBoxed(in text: String) -> String? {
        guard let start = text.endOfLast("\\boxed{") else { return nil }
        let rest = text[start...]
        return rest.firstIndex(of: "}").map { String(rest[..<$0]) }
    }
}

extension String {
    /// Where the last occurrence of an ASCII text ends, letter case aside; nil where it does not occur.
    fileprivate func endOfLast(_ wanted: String) -> Index? {
        let (bytes, pattern) = (utf8.map(Self.lowered), wanted.utf8.map(Self.lowered))
        guard bytes.count >= pattern.count else { return nil }
        let start = (0...(bytes.count - pattern.count)).last { bytes[$0..<($0 + pattern.count)].elementsEqual(pattern) }
        return start.map { utf8.index(startIndex, offsetBy: $0 + pattern.count) }
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
