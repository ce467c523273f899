import Evaluation
import JSON

/// What was said in an episode, tool calls and their results apart.
struct Conversation: Sendable {
    struct Turn: Sendable, Hashable {
        var isUser: Bool
        var text: String
    }

    private(set) var turns: [Turn] = []
    private(set) var toolCalls = 0
    private(set) var failedToolCalls = 0
    /// How many `<think>` blocks that leaked into a message were cut out.
    private(set) var cutThoughts = 0

    init(_ trajectory: Trajectory) {
        for entry in trajectory.entries {
            let message = entry.message
            if message.role == .tool, message.isError { failedToolCalls += 1 }
            guard entry.speaker == .user || entry.speaker == .agent else { continue }
            if entry.speaker == .agent { toolCalls += message.toolCalls.count }
            let (said, cut) = Thoughts.cut(from: message.text ?? "")
            let text = StopMarks.cut(from: said)
            cutThoughts += cut
            guard text.contains(where: { !$0.isWhitespace }) else { continue }
            turns.append(Turn(isUser: entry.speaker == .user, text: text))
        }
    }

    var userTexts: [String] { turns.filter(\.isUser).map(\.text) }
    var agentTexts: [String] { turns.filter { !$0.isUser }.map(\.text) }
}

/// Cuts a model's thoughts out of what it said.
enum Thoughts {
    /// The text without `<think>…</think>`, and how many there were.
    ///
    /// A block that is never closed ends at the next blank line, or with the text.
    static func cut(from text: String) -> (text: String, count: Int) {
        guard text.contains("<think>") else { return (text, 0) }
        var rest = text[...]
        var kept = ""
        var count = 0
        while let start = rest.firstRange(of: "<think>") {
            kept += rest[..<start.lowerBound]
            rest = rest[start.upperBound...]
            count += 1
            if let end = rest.firstRange(of: "</think>") {
                rest = rest[end.upperBound...]
            } else if let blank = rest.firstRange(of: "\n\n") {
                rest = rest[blank.upperBound...]
            } else {
                rest = ""
            }
        }
        return (kept + rest, count)
    }
}

/// Cuts out the marks with which a simulated user ends a dialogue: `###STOP###`, `###TRANSFER###`.
enum StopMarks {
    /// The text without its marks: they are signals to the program, and no shouting.
    static func cut(from text: String) -> String {
        guard text.contains("###") else { return text }
        return text.replacing(/###[A-Z_-]+###/, with: "")
    }
}
