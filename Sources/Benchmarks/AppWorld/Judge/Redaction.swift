import Evaluation
import JSON

/// Takes out of what is kept about a task of a test split what would tell its answers.
enum Redaction {
    /// What stands in place of a text that was taken out.
    static let mark = "[redacted]"

    /// Keeps of an agent's trace who acted, with which tools, how long it took and what it cost; nothing that was said.
    static func trace(_ record: inout EpisodeRecord) {
        for index in record.trajectory.entries.indices {
            var message = record.trajectory.entries[index].message
            message.content = message.content == .empty ? .empty : .text(mark)
            message.reasoning = nil
            message.toolCalls = message.toolCalls.map { call in
                ToolCall(id: call.id, name: toolName(call.name), arguments: [:])
            }
            message.name = message.name.map(toolName)
            record.trajectory.entries[index].message = message
        }
        // An error's own sentence is ours; what comes after it can quote anyone.
        if case .errored(let error) = record.outcome { record.outcome = .errored(plain(error)) }
        record.failedAttempts = record.failedAttempts.map(plain)
        if record.prediction != nil { record.prediction = Prediction(answer: nil, extras: ["redacted": true]) }
    }

    private static func plain(_ error: EvaluationError) -> EvaluationError {
        var error = error
        if error.underlying != nil { error.underlying = mark }
        error.message = unquoted(error.message, code: error.code.rawValue)
        return error
    }

    /// A message without what a server wrote, which stands after the sentence about it.
    private static func unquoted(_ message: String, code: String) -> String {
        let sentences: Int
        if code.hasPrefix("tool_server.") {
            // The server's name, and what it did.
            sentences = 2
        } else if code == EvaluationError.Code.appWorldRefused.rawValue {
            sentences = 1
        } else {
            return message
        }
        let separator = ": "
        var end = message.startIndex
        for _ in 0..<sentences {
            guard let colon = message[end...].firstRange(of: separator) else { return message }
            end = colon.upperBound
        }
        return message[..<end] + mark
    }

    /// A tool's name; what a model makes up in its place could say anything.
    private static func toolName(_ name: String) -> String { AppWorldName.isApp(name) ? name : mark }

    /// What may be kept of a judge's output: whether the task is done, and where it is about.
    static func verdict(_ output: JSONObject) -> JSONObject {
        let kept = [
            "tgc", "task_id", "subset", "experiment_name", "status", "failure_reason", "output_dir", "export_dir",
        ]
        var short: JSONObject = [:]
        for key in kept { short[key] = output[key] }
        short["redacted"] = true
        return short
    }

    /// Whether a file of a task's outputs may be kept: versions only.
    ///
    /// Databases, logs and reports all show what the right answers are, or what the agent did.
    static func keeps(file path: String) -> Bool {
        path.hasPrefix("version/") && path.hasSuffix(".txt") && path.split(separator: "/").count == 2
    }
}
