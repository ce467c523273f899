import JSON

/// A prompt with a better and a worse answer, as trainers want it.
struct PreferenceRow: Sendable, Hashable {
    var prompt: String
    var chosen: String
    var rejected: String

    /// The row of a pair: after the action cue the action's word, or after the request the assistant's text.
    init(_ pair: PreferencePair, target: ExportTarget, rendersPersona: Bool) {
        let persona = rendersPersona ? pair.persona : nil
        switch target {
        case .action:
            prompt = RenderedState.prompt(for: pair.state, persona: persona)
            chosen = pair.chosenAction.rawValue
            rejected = pair.rejectedAction.rawValue
        case .text:
            prompt = RenderedState.text(of: pair.state, persona: persona) + "\n\n"
            chosen = pair.chosenText
            rejected = pair.rejectedText
        }
    }

    /// Without white space at its end, which a chat template brings itself.
    private var message: String {
        var text = prompt
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }

    private static func message(_ role: String, _ text: String) -> JSONValue {
        ["role": .string(role), "content": .string(text)]
    }

    /// The row in a format.
    func json(_ format: ExportFormat) -> JSONValue {
        let user = Self.message("user", message)
        let (good, bad) = (Self.message("assistant", chosen), Self.message("assistant", rejected))
        switch format {
        case .trl, .axolotl:
            return ["prompt": .string(prompt), "chosen": .string(chosen), "rejected": .string(rejected)]
        case .trlConversational: return ["prompt": [user], "chosen": [good], "rejected": [bad]]
        case .llamaFactory:
            return [
                "instruction": .string(message), "input": "", "chosen": .string(chosen), "rejected": .string(rejected),
            ]
        case .openRLHF: return ["chosen": [user, good], "rejected": [user, bad]]
        }
    }
}
