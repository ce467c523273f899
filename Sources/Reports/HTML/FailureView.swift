import Evaluation
import JSON

/// Turns an episode that did not succeed into what the page shows of it.
enum FailureView {
    /// The longest text of one turn that the page holds.
    static let textLimit = 20_000

    static func context(of record: EpisodeRecord) -> [String: Any] {
        var values: [String: Any] = [
            "id": record.id.description, "badge": record.outcome.name, "badgeClass": "bad",
            "turns": record.trajectory.entries.map(turn),
        ]
        switch record.outcome {
        case .errored(let error):
            values["badge"] = "errored: \(error.cause.rawValue)"
            values["badgeClass"] = "odd"
            values["headline"] = error.message
            values["reasons"] = [["kind": "errored", "text": error.description]]
        case .unscorable(let reason):
            values["badgeClass"] = "odd"
            values["headline"] = reason
            values["reasons"] = [["kind": "errored", "text": reason]]
        case .scored:
            values["badge"] = "failed"
            values["headline"] = record.trajectory.termination.map { "ended by \($0.rawValue)" } ?? ""
            values["reasons"] = reasons(of: record)
        }
        return values
    }

    private static func reasons(of record: EpisodeRecord) -> [[String: Any]] {
        var texts = record.scores.compactMap(\.explanation)
        if texts.isEmpty, !record.judgeOutput.isEmpty {
            texts = [JSONValue.object(record.judgeOutput).text(.pretty)]
        }
        var seen: Set<String> = []
        return texts.filter { seen.insert($0).inserted }.map { ["kind": "", "text": cut($0)] }
    }

    private static func turn(_ entry: Trajectory.Entry) -> [String: Any] {
        let message = entry.message
        var who = entry.speaker.rawValue
        if message.role == .tool { who = "result of \(message.name ?? "tool")" }
        var values: [String: Any] = ["kind": message.isError ? "failed" : entry.speaker.rawValue, "who": who]
        if let text = message.text, !text.isEmpty { values["text"] = cut(readable(text)) }
        values["calls"] = message.toolCalls.map { call in
            ["name": call.name, "arguments": cut(JSONValue.object(call.arguments).text(.pretty))]
        }
        return values
    }

    private static func readable(_ text: String) -> String {
        guard text.first == "{" || text.first == "[" else { return text }
        // Not JSON after all: shown as it is.
        guard let value = try? JSONValue.parse(text) else { return text }
        return value.text(.pretty)
    }

    private static func cut(_ text: String) -> String {
        text.utf8.count <= textLimit ? text : String(text.prefix(textLimit)) + "\n… (cut)"
    }
}
