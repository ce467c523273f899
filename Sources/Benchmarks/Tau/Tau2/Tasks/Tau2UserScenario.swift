public import JSON

/// What the simulated user is told about himself and his wish.
public struct Tau2UserScenario: Sendable, Hashable {
    /// The wish, in one text or in parts.
    public enum Instructions: Sendable, Hashable {
        /// One text.
        case text(String)
        /// The parts of it.
        case structured(Structured)
    }

    /// The wish in parts.
    public struct Structured: Sendable, Hashable {
        /// The domain's name.
        public var domain: String
        /// Why the user calls.
        public var reasonForCall: String
        /// What the user knows.
        public var knownInfo: String?
        /// What the user does not know.
        public var unknownInfo: String?
        /// How the user is to behave.
        public var taskInstructions: String
    }

    /// Who the user is.
    public var persona: String?
    /// What the user wants.
    public var instructions: Instructions

    /// The scenario as the official user prompt shows it: what Python's `str` gives.
    public var text: String {
        var lines: [String] = []
        if let persona {
            lines.append("Persona:")
            lines.append(persona.indentedLikePython(by: "\t"))
        }
        lines.append("Instructions:")
        lines.append(instructions.text.indentedLikePython(by: "\t"))
        return lines.joined(separator: "\n")
    }
}

extension Tau2UserScenario.Instructions {
    /// The instructions as text.
    var text: String {
        guard case .structured(let parts) = self else {
            if case .text(let text) = self { return text }
            return ""
        }
        var lines = ["Domain: \(parts.domain)"]
        func add(_ heading: String, _ body: String?) {
            guard let body else { return }
            lines.append("\(heading):\n\(body.indentedLikePython(by: "\t"))")
        }
        add("Reason for call", parts.reasonForCall)
        add("Known info", parts.knownInfo)
        add("Unknown info", parts.unknownInfo)
        add("Task instructions", parts.taskInstructions)
        return lines.joined(separator: "\n")
    }
}

extension Tau2UserScenario {
    /// The scenario in the official shape.
    public var json: JSONValue {
        ["persona": JSONValue(optional: persona), "instructions": instructions.json]
    }
}

extension Tau2UserScenario.Instructions {
    /// The instructions in the official shape.
    var json: JSONValue {
        switch self {
        case .text(let text): .string(text)
        case .structured(let parts):
            [
                "domain": .string(parts.domain), "reason_for_call": .string(parts.reasonForCall),
                "known_info": JSONValue(optional: parts.knownInfo),
                "unknown_info": JSONValue(optional: parts.unknownInfo),
                "task_instructions": .string(parts.taskInstructions),
            ]
        }
    }
}
