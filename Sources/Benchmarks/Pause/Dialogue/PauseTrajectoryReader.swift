import Evaluation
import JSON

/// Reads an entry of a log's `trajs` back: the two views put together in the order in which things happened.
struct PauseTrajectoryReader {
    private let json: JSONObject

    init(_ json: JSONObject) { self.json = json }

    /// The model behind the assistant.
    var assistantModel: String { json["assistant_model"]?.stringValue ?? "" }

    /// Whether the trajectory was cut off.
    var isTerminated: Bool { PauseReply.flag(json["terminated"]) ?? false }

    /// Why it was cut off; empty when it was not.
    var terminationReason: String { json["termination_reason"]?.stringValue ?? "" }

    /// Whether it failed through the fault of a provider, a simulator or the machine, which says nothing about the assistant.
    var isInfrastructureFailure: Bool {
        terminationReason.hasPrefix("traj_generation_failed") || terminationReason.hasPrefix("user_invalid")
            || terminationReason.hasPrefix("user_tool_error")
    }

    /// The entries of the transcript.
    var transcript: [String] { (json["full_messages"]?.arrayValue ?? []).compactMap(\.stringValue) }

    /// What happened, in order.
    var events: [PauseTrajectoryLog.Event] {
        let assistant = Self.moves(in: messages("assistant_traj"), role: "assistant")
        var user = Self.moves(in: messages("user_traj"), role: "assistant")[...]
        var events: [PauseTrajectoryLog.Event] = []
        var own = assistant[...]
        for message in messages("assistant_traj") {
            switch message["role"]?.stringValue {
            case "assistant":
                if let move = own.popFirst() { events += Self.events(of: move, by: .agent) }
            case "user":
                let text = message["content"]?.stringValue ?? ""
                // A remark in the user's name stands for the calls before it.
                while let move = user.popFirst() {
                    if move.calls.isEmpty, move.text != text { continue }
                    events += Self.events(of: move, by: .user)
                    if !move.calls.isEmpty, user.first?.text == text { user.removeFirst() }
                    break
                }
            default: break
            }
        }
        for move in user where !move.calls.isEmpty { events += Self.events(of: move, by: .user) }
        return events
    }

    /// The assistant's calls, as a reference or a candidate for the overlap.
    var assistantCalls: [PauseGold.Call] {
        events.compactMap { event in
            guard case .call(let call) = event, call.caller == .agent else { return nil }
            return PauseGold.Call(name: call.name, arguments: call.arguments)
        }
    }

    /// The trajectory as the rule judge wants it.
    func log(initialProfile: JSONObject) -> PauseTrajectoryLog {
        let changes = json["profile_changes"]?.objectValue ?? [:]
        var final = PauseProfileChanges.apply(changes, to: initialProfile)
        if changes.isEmpty, let shopping = json["shopping_state"] { final["shopping"] = shopping }
        return PauseTrajectoryLog(
            events: events, gateTrace: (json["gate_trace"]?.arrayValue ?? []).compactMap(GateRecord.init(json:)),
            initialProfile: .object(initialProfile), finalProfile: .object(final),
            terminationReason: isTerminated ? terminationReason : nil)
    }

    // MARK: The views

    /// A participant's message with the results of its calls.
    private struct Move {
        var text: String?
        var calls: [PauseTrajectoryLog.Call] = []
    }

    private func messages(_ key: String) -> [JSONValue] { json[key]?.arrayValue ?? [] }

    private static func moves(in messages: [JSONValue], role: String) -> [Move] {
        var moves: [Move] = []
        for (place, message) in messages.enumerated() where message["role"]?.stringValue == role {
            var move = Move(text: message["content"]?.stringValue)
            let results = messages[(place + 1)...].prefix { $0["role"]?.stringValue == "tool" }
            for call in message["tool_calls"]?.arrayValue ?? [] {
                // A call that cannot be read called nothing.
                guard let call = try? ToolCall(json: call) else { continue }
                let answer = results.first { $0["tool_call_id"]?.stringValue == call.id }
                let value = answer.flatMap(Self.result)
                move.calls.append(
                    .init(
                        caller: .environment, name: call.name, arguments: call.arguments, result: value,
                        hasRaised: value == nil || Self.isException(value)))
            }
            moves.append(move)
        }
        return moves
    }

    /// Whether a result says that the tool raised; the refusal of a user's tool is an answer.
    private static func isException(_ value: JSONValue?) -> Bool {
        guard let type = value?["error"]?["type"]?.stringValue else { return false }
        return type != "UserToolRequired"
    }

    private static func result(of message: JSONValue) -> JSONValue? {
        if let result = message["result"], !result.isNull { return result }
        // Text that is no JSON is a tool's own error text.
        return message["content"]?.stringValue.flatMap { try? JSONValue.parse($0) }
    }

    private static func events(of move: Move, by speaker: Participant) -> [PauseTrajectoryLog.Event] {
        guard move.calls.isEmpty else {
            return move.calls.map { call in
                var call = call
                call.caller = speaker
                return .call(call)
            }
        }
        guard let text = move.text, !text.trimmingBlanks.isEmpty else { return [] }
        return [.message(speaker, text)]
    }
}

extension GateRecord {
    /// Reads an entry of a `gate_trace`; nil for one of a gate that there is not.
    init?(json: JSONValue) {
        guard let tool = json["tool"]?.stringValue, let gate = json["gate"]?.stringValue.flatMap(Gate.init),
            let granted = json["granted"]?.boolValue
        else { return nil }
        self.init(tool: tool, gate: gate, granted: granted, reason: json["reason"]?.stringValue ?? "")
    }
}
