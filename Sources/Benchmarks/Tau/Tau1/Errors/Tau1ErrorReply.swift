import JSON

/// Reads what judging models answer when they are asked for a choice in JSON.
enum Tau1ErrorReply {
    /// How many lines of a reply are looked through for an object.
    private static let lineLimit = 200

    /// The object of a reply: the whole of it, what stands in a code fence, or the first lines that are one.
    ///
    /// Spaces around its keys are taken away. Nil when there is none.
    static func object(in reply: String) -> JSONObject? {
        for candidate in [reply, fenced(reply)] {
            if let candidate, let object = parse(candidate) { return object }
        }
        let lines = reply.split(separator: "\n", omittingEmptySubsequences: false).prefix(lineLimit)
        for start in lines.indices where lines[start].contains("{") {
            for end in start..<lines.endIndex where lines[end].contains("}") {
                if let object = parse(lines[start...end].joined(separator: "\n")) { return object }
            }
        }
        return nil
    }

    private static func parse(_ text: String) -> JSONObject? {
        // What is no JSON is looked for elsewhere in the reply.
        guard let object = (try? JSONValue.parse(text))?.objectValue else { return nil }
        return JSONObject(entries: object.map { (key: trimmed($0.key), value: $0.value) })
    }

    /// What stands in the first code fence, without the fence's language.
    private static func fenced(_ reply: String) -> String? {
        let parts = reply.partsLikePython(separatedBy: "```")
        guard parts.count > 1 else { return nil }
        let inside = parts[1]
        let language = inside.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        return String(inside.dropFirst(language.count))
    }

    /// The place of the choice that an answer names: by its key, alone or followed by more, or by its text.
    ///
    /// A word that only begins with a key is not that key: `Agent` does not mean choice A.
    static func place(of answer: String, among choices: [String], keys: [String]) -> Int? {
        let answer = trimmed(answer)
        if let place = choices.firstIndex(where: { $0.lowercased() == answer.lowercased() }) { return place }
        return zip(keys, choices.indices).first { key, _ in
            guard answer.hasPrefix(key) else { return false }
            guard let next = answer.dropFirst(key.count).first else { return true }
            return !next.isLetter && !next.isNumber
        }?.1
    }

    private static func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
