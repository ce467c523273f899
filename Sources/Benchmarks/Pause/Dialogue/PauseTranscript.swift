import Evaluation
import JSON

/// A dialogue as people and judges read it: the `full_messages` of a log, an entry for each text and for each message
/// with calls and their results.
struct PauseTranscript {
    private let trajectory: Trajectory

    init(_ trajectory: Trajectory) { self.trajectory = trajectory }

    /// The entries in order; instructions are not among them.
    var lines: [String] {
        var lines: [String] = []
        for (place, entry) in trajectory.entries.enumerated() {
            let message = entry.message
            guard message.role != .tool, message.role != .system, message.role != .developer else { continue }
            let speaker = entry.speaker == .agent ? "ASSISTANT" : "USER"
            guard message.toolCalls.isEmpty else {
                lines.append(block(message.toolCalls, of: speaker, after: place))
                continue
            }
            lines.append("[\(speaker)] \(message.text ?? "")")
        }
        return lines
    }

    private func block(_ calls: [ToolCall], of speaker: String, after place: Int) -> String {
        let prefix = speaker == "USER" ? "USER TOOL" : "TOOL"
        let results = trajectory.entries[(place + 1)...].prefix { $0.message.role == .tool }
        var lines: [String] = []
        for call in calls {
            lines.append("[\(speaker) TOOL CALL] \(call.name)(\(JSONValue.object(PauseLogHygiene.shown(call)).text()))")
            guard let answer = results.first(where: { $0.message.toolCallID == call.id })?.message else { continue }
            lines.append("[\(prefix) \(answer.isError ? "ERROR" : "RESULT")] \(answer.text ?? "")")
        }
        return lines.joined(separator: "\n")
    }
}
