import Evaluation
import JSON

/// Writes a dialogue in the shape of the benchmark's log files.
struct PauseTrajectoryWriter {
    /// The messages.
    let trajectory: Trajectory
    /// What ``PauseDialogueWorld`` left, or the facts alone where the dialogue did not come that far.
    let artifacts: JSONObject
    /// The task.
    let task: PauseTask

    /// The entry of `trajs` for a dialogue that came to an end.
    var json: JSONObject {
        let termination = trajectory.termination
        let isRegular = termination?.isRegularInPause ?? false
        return object(
            lines: PauseTranscript(trajectory).lines, isTerminated: !isRegular,
            reason: isRegular ? "" : termination?.rawValue ?? "unfinished")
    }

    /// The entry of `trajs` for a dialogue that failed through nobody's fault in it.
    func json(failedWith error: EvaluationError) -> JSONObject {
        let reason = "traj_generation_failed:\(error.code.rawValue): \(error.message)"
        var object = object(
            lines: PauseTranscript(trajectory).lines + ["[ERROR] \(reason)"], isTerminated: true, reason: reason)
        object["error"] = [
            "code": .string(error.code.rawValue), "cause": .string(error.cause.rawValue),
            "message": .string(error.message),
        ]
        return object
    }

    private func object(lines: [String], isTerminated: Bool, reason: String) -> JSONObject {
        var object: JSONObject = [
            "assistant_traj": .array(assistantMessages), "user_traj": .array(userMessages),
            "full_messages": .array(lines.map { .string($0) }), "task_instruction": .string(task.instruction),
            "label": .string(task.label), "targets": .array(task.targets), "terminated": .bool(isTerminated),
            "termination_reason": .string(reason),
        ]
        for (key, value) in artifacts where !Self.leftOut.contains(key) { object[key] = value }
        if object["user_validation_log"] == nil { object["user_validation_log"] = [] }
        return object
    }

    /// What is written elsewhere or only concerns the program.
    private static let leftOut: Set<String> = ["user_system_prompt", "plots"]

    // MARK: The two views

    /// What the assistant saw and said.
    private var assistantMessages: [JSONValue] {
        let results = answered(by: .agent)
        return trajectory.entries.flatMap { entry -> [JSONValue] in
            let message = entry.message
            switch entry.speaker {
            case .user: return message.toolCalls.isEmpty ? [text(message, role: "user")] : []
            case .agent: return own(message, results: results)
            case .environment: return message.role == .tool ? [] : [text(message, role: message.role.rawValue)]
            }
        }
    }

    /// What the user saw and said, with the roles turned round.
    private var userMessages: [JSONValue] {
        let results = answered(by: .user)
        let prompt: JSONValue = [
            "role": "system", "content": artifacts["user_system_prompt"] ?? .string(task.instruction),
        ]
        return [prompt]
            + trajectory.entries.flatMap { entry -> [JSONValue] in
                let message = entry.message
                switch entry.speaker {
                case .user: return own(message, results: results)
                case .agent: return message.toolCalls.isEmpty ? [text(message, role: "user")] : []
                case .environment: return message.role == .user ? [text(message, role: "assistant")] : []
                }
            }
    }

    /// A participant's own message, followed by what came of its calls.
    private func own(_ message: Message, results: [String: Message]) -> [JSONValue] {
        guard !message.toolCalls.isEmpty else { return [text(message, role: "assistant")] }
        var object: JSONObject = ["role": "assistant", "content": .null]
        object["tool_calls"] = .array(
            message.toolCalls.map { call in
                [
                    "id": .string(call.id), "type": "function",
                    "function": [
                        "name": .string(call.name),
                        "arguments": .string(JSONValue.object(PauseLogHygiene.shown(call)).text()),
                    ],
                ]
            })
        return [.object(object)] + message.toolCalls.map { result(of: $0, results[$0.id]) }
    }

    /// The result of a call; calls that came after one that ended the trajectory say that they were not run.
    private func result(of call: ToolCall, _ message: Message?) -> JSONValue {
        let content = message?.text ?? #"{"error":{"type":"NotExecuted","message":"the trajectory had ended"}}"#
        return [
            "role": "tool", "tool_call_id": .string(call.id), "name": .string(call.name),
            // Text that is no JSON is its own value.
            "result": (try? JSONValue.parse(content)) ?? .string(content), "content": .string(content),
        ]
    }

    private func text(_ message: Message, role: String) -> JSONValue {
        ["role": .string(role), "content": .string(message.text ?? "")]
    }

    private func answered(by requester: Participant) -> [String: Message] {
        var results: [String: Message] = [:]
        for entry in trajectory.entries where entry.message.role == .tool && entry.requester == requester {
            if let id = entry.message.toolCallID { results[id] = entry.message }
        }
        return results
    }
}

/// Keeps out of logs what is nobody's business.
enum PauseLogHygiene {
    /// The arguments of a call as a log shows them: nothing internal, and no source that the tool's name says already.
    static func shown(_ call: ToolCall) -> JSONObject {
        var arguments: JSONObject = [:]
        let isPrefixed = call.name.contains("-") || call.name.contains(".")
        for (key, value) in call.arguments where !key.hasPrefix("_") && !(isPrefixed && key == "source_name") {
            arguments[key] = value
        }
        return arguments
    }
}
