public import Evaluation
public import JSON

/// What a program needs to know of a trajectory to judge it.
public struct PauseTrajectoryLog: Sendable, Hashable {
    /// A tool call and what came of it.
    public struct Call: Sendable, Hashable {
        /// Who called.
        public var caller: Participant
        /// The tool, with its source or `med-` prefix.
        public var name: String
        /// The arguments.
        public var arguments: JSONObject
        /// The result; nil when there was none or it is no JSON.
        public var result: JSONValue?
        /// Whether the tool raised an exception.
        public var hasRaised: Bool

        /// Describes a call.
        public init(
            caller: Participant, name: String, arguments: JSONObject, result: JSONValue?, hasRaised: Bool = false
        ) {
            self.caller = caller
            self.name = name
            self.arguments = arguments
            self.result = result
            self.hasRaised = hasRaised
        }

        /// The code of the error that the tool answered with; nil when it did what it was asked.
        public var errorCode: String? {
            if let error = result?["error"], !error.isNull { return error["code"]?.stringValue ?? "ERROR" }
            return hasRaised ? "EXCEPTION" : nil
        }

        /// Whether the tool did what it was asked.
        public var hasSucceeded: Bool { errorCode == nil }
    }

    /// Something that happened.
    public enum Event: Sendable, Hashable {
        /// A participant said something.
        case message(Participant, String)
        /// A participant called a tool.
        case call(Call)
    }

    /// What happened, in order.
    public var events: [Event]
    /// The decisions of the gates, in order.
    public var gateTrace: [GateRecord]
    /// The profile before the trajectory.
    public var initialProfile: JSONValue
    /// The profile after it.
    public var finalProfile: JSONValue
    /// Why it was broken off; nil when it came to its end.
    public var terminationReason: String?

    /// Describes a trajectory.
    public init(
        events: [Event], gateTrace: [GateRecord] = [], initialProfile: JSONValue, finalProfile: JSONValue,
        terminationReason: String? = nil
    ) {
        self.events = events
        self.gateTrace = gateTrace
        self.initialProfile = initialProfile
        self.finalProfile = finalProfile
        self.terminationReason = terminationReason
    }

    /// All calls, in order.
    public var calls: [Call] { events.compactMap { if case .call(let call) = $0 { call } else { nil } } }

    /// The assistant's calls as a candidate for ``ToolCallOverlap``.
    public var assistantCalls: [PauseGold.Call] {
        calls.filter { $0.caller == .agent }.map { PauseGold.Call(name: $0.name, arguments: $0.arguments) }
    }

    /// What the assistant said.
    public var assistantTexts: [String] {
        events.compactMap { if case .message(.agent, let text) = $0 { text } else { nil } }
    }
}

extension PauseTrajectoryLog {
    /// Reads events off a trajectory: calls are paired with their results by id, whoever made them.
    public static func events(of trajectory: Trajectory) -> [Event] {
        var results: [String: Message] = [:]
        for entry in trajectory.entries where entry.message.role == .tool {
            if let id = entry.message.toolCallID { results[id] = entry.message }
        }
        var events: [Event] = []
        for entry in trajectory.entries where entry.message.role != .tool {
            if let text = entry.message.text, entry.message.hasText { events.append(.message(entry.speaker, text)) }
            for call in entry.message.toolCalls {
                let answer = results[call.id]
                // A result that is no JSON is a tool's own error text.
                let value = answer?.text.flatMap { try? JSONValue.parse($0) }
                events.append(
                    .call(
                        Call(
                            caller: entry.speaker, name: call.name, arguments: call.arguments, result: value,
                            hasRaised: answer?.isError ?? true)))
            }
        }
        return events
    }
}
