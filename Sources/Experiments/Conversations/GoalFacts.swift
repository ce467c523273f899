/// What an instruction tells the user that can be recognised in a text: numbers, identifiers, addresses of mail.
///
/// An emotion that makes the user forget or invent facts changes the task, not only its tone.
struct GoalFacts: Sendable {
    private let facts: Set<String>

    /// Finds the facts of an instruction.
    init(_ instruction: String) { facts = Set(Self.tokens(of: instruction)) }

    /// The share of the instruction's facts that the user states; nil where it has none.
    func shareStated(in texts: [String]) -> Double? {
        guard !facts.isEmpty else { return nil }
        let said = Set(texts.flatMap(Self.tokens))
        return Double(facts.intersection(said).count) / Double(facts.count)
    }

    /// How many facts the user states that neither the instruction nor the agent, before that turn, has named.
    func invented(in conversation: Conversation) -> Int {
        var known = facts
        var invented: Set<String> = []
        for turn in conversation.turns {
            let tokens = Self.tokens(of: turn.text)
            if turn.isUser {
                invented.formUnion(tokens.filter { !known.contains($0) })
            } else {
                known.formUnion(tokens)
            }
        }
        return invented.count
    }

    /// The words of a text that have a digit of two or more places, an `@` or an underscore in them.
    private static func tokens(of text: String) -> [String] {
        text.split(whereSeparator: { $0.isWhitespace || "\"(),;:!?$[]{}<>*`".contains($0) }).compactMap { part in
            var word = part.lowercased()[...]
            while let last = word.last, ".'/-".contains(last) { word.removeLast() }
            while let first = word.first, "#'/-".contains(first) { word.removeFirst() }
            let digits = word.count { $0.isNumber }
            let isFact = word.count >= 2 && (digits >= 2 || word.contains("@") || (word.contains("_") && digits > 0))
            return isFact ? String(word) : nil
        }
    }
}
