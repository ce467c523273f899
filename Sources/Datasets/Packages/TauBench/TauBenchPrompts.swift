import Evaluation

/// The official prompts of τ-bench's users and agents, taken out of the Python files that hold them as f-strings.
///
/// They become `prompts/<name>.txt`: the texts as the models see them, with `{instruction_display}`, `{transcript}` and
/// `{response}` where the official code fills something in.
struct TauBenchPrompts {
    /// Where one text stands: the first f-string in triple quotes after a mark.
    private struct Place {
        var name: String
        var file: String
        var mark: String
    }

    /// The files of a checkout that hold prompts, as their paths end.
    static let sources = ["envs/user.py", "agents/chat_react_agent.py"]

    private static let places = [
        Place(name: "user", file: sources[0], mark: "\nclass LLMUserSimulationEnv("),
        Place(name: "user_react", file: sources[0], mark: "\nclass ReactUserSimulationEnv("),
        Place(name: "verify", file: sources[0], mark: "\ndef verify("),
        Place(name: "reflect", file: sources[0], mark: "\ndef reflect("),
        Place(name: "agent_act", file: sources[1], mark: "\nACT_INSTRUCTION ="),
        Place(name: "agent_react", file: sources[1], mark: "\nREACT_INSTRUCTION ="),
    ]

    /// What stands in braces: a constant of the official code, or something that is filled in later.
    private static let fields = [
        "RESPOND_ACTION_NAME": "respond", "RESPOND_ACTION_FIELD_NAME": "content",
        "instruction_display": "{instruction_display}", "transcript": "{transcript}", "response": "{response}",
    ]

    /// The files that are written.
    static let fileNames = places.map { "\($0.name).txt" }

    /// Writes the prompts of a checkout into a directory; a checkout without the files has none.
    ///
    /// `environments` is the directory with the environments, and `checkout` the one that was given. Throws
    /// ``EvaluationError``, cause `task`, for a file in which a text is not where it should be.
    static func write(
        from environments: String, checkout: String, to target: String
    ) throws(EvaluationError) {
        for place in places {
            guard let path = MaterialSearch.findAbove(environments, upTo: checkout, [place.file]) else { continue }
            let source = "\n" + String(decoding: try DatasetFiles.bytes(path, limit: 4 << 20), as: UTF8.self)
            guard let text = text(after: place.mark, in: source) else {
                throw EvaluationError(
                    .dataMalformed, "\(path) has no prompt '\(place.name)' where it is officially", cause: .task)
            }
            try DatasetFiles.makeDirectory(target)
            try DatasetFiles.writeAtomically(Array(text.utf8), to: "\(target)/\(place.name).txt")
        }
    }

    /// The value of the first f-string in triple quotes after a mark; nil where there is none that can be read.
    static func text(after mark: String, in source: String) -> String? {
        let opening = "f\"\"\""
        guard let start = source.firstRange(of: mark)?.upperBound,
            let begin = source[start...].firstRange(of: opening)?.upperBound,
            let end = source[begin...].firstRange(of: "\"\"\"")?.lowerBound
        else { return nil }
        return value(of: source[begin..<end])
    }

    /// The string that the inside of an f-string stands for; nil where it is more than text and known names.
    private static func value(of inside: Substring) -> String? {
        var text = ""
        var rest = inside
        while let character = rest.popFirst() {
            switch character {
            case "{" where rest.first == "{", "}" where rest.first == "}":
                rest.removeFirst()
                text.append(character)
            case "{":
                guard let end = rest.firstIndex(of: "}"), let known = fields[String(rest[..<end])] else { return nil }
                text += known
                rest = rest[end...].dropFirst()
            case "}", "\\": return nil
            default: text.append(character)
            }
        }
        return text
    }
}
