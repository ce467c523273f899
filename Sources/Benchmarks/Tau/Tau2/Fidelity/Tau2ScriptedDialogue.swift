import Evaluation
import JSON

/// Plays a dialogue through gage's rules, participants and world, with a script in place of the models.
struct Tau2ScriptedDialogue {
    private let domain: Tau2Domain
    private let parameters: JSONObject
    private(set) var rules: Tau2Rules
    private(set) var trajectory = Trajectory()
    /// What was asked of the models, as the recorder wrote it.
    private(set) var requests: [JSONValue] = []
    /// What the agent's model has still to say.
    private(set) var agentScript: ArraySlice<JSONValue>
    /// What the user's model has still to say.
    private(set) var userScript: ArraySlice<JSONValue>
    let isSolo: Bool
    private let enforcesProtocol: Bool
    /// Whether the dialogue has no time at all; a script takes none, so that any other limit is never reached.
    private let isOutOfTime: Bool

    init(case json: JSONValue, domain: Tau2Domain) {
        self.domain = domain
        let config = json["config"] ?? .null
        isSolo = config["solo"]?.boolValue ?? false
        enforcesProtocol = config["validate"]?.boolValue ?? false
        isOutOfTime = config["timeout"]?.doubleValue.map { $0 <= 0 } ?? false
        var limits = Tau2Rules.Limits()
        // The recorder used the official class, whose limit is not the command's.
        limits.maxSteps = config["max_steps"]?.intValue ?? 100
        limits.maxErrors = config["max_errors"]?.intValue ?? 10
        limits.enforcesProtocol = enforcesProtocol
        rules = Tau2Rules(limits: limits, isSolo: isSolo)
        var parameters: JSONObject = ["temperature": 0.0]
        if let seed = config["seed"], !seed.isNull { parameters["seed"] = seed }
        self.parameters = parameters
        agentScript = (json["agent_script"]?.arrayValue ?? [])[...]
        userScript = (json["user_script"]?.arrayValue ?? [])[...]
    }

    /// Plays until the rules end it.
    ///
    /// Throws what the official orchestrator raises.
    mutating func run(_ task: Tau2Task) throws {
        let prepared = try Tau2Preparation(
            task, in: domain, isSolo: isSolo, timestamp: Tau2FidelityCase.timestamp,
            identifiers: Tau2FidelityCase.identifiers)
        var world = Tau2DialogueWorld(prepared.world, agentTools: [], userTools: [])
        var agent = makeAgent(for: task)
        var user = makeUser(for: task)
        for message in prepared.opening {
            trajectory.entries.append(message.entry)
            if message.isForAgent { try agent.receive(message.entry.message) }
            if message.isForUser { try user.receive(message.entry.message) }
        }
        var action = rules.start(with: trajectory.entries)
        if isOutOfTime, rules.termination == nil { action = rules.next(after: .timeExpired) }
        while true {
            switch action {
            case .ask(.agent):
                let message = try ask(&agent, script: \.agentScript)
                if message.toolCalls.isEmpty { try user.receive(message) }
                action = rules.next(after: .message(message, from: .agent))
            case .ask:
                let message = try ask(&user, script: \.userScript)
                if message.toolCalls.isEmpty { try agent.receive(message) }
                action = rules.next(after: .message(message, from: .user))
            case .execute(let calls, by: let participant):
                var results: [ToolResult] = []
                for call in calls {
                    let result = world.perform(call, by: participant)
                    results.append(result)
                    let message = Message.tool(result, answering: call)
                    trajectory.entries.append(.init(message, by: .environment, requester: participant))
                    if participant == .user { try user.receive(message) } else { try agent.receive(message) }
                }
                action = rules.next(after: .results(results, for: participant))
            case .finish(let termination):
                trajectory.termination = termination
                return
            }
        }
    }

    private func makeAgent(for task: Tau2Task) -> any Tau2Speaker {
        let policy = domain.policy(isSolo: isSolo)
        let prompt =
            isSolo ? Tau2Prompts.soloAgent(policy: policy, ticket: task.ticket) : Tau2Prompts.agent(policy: policy)
        let setup = Tau2AgentSetup(
            systemPrompt: prompt, tools: domain.agentTools(isSolo: isSolo), parameters: parameters)
        return isSolo ? Tau2SoloAgent(setup, enforcesProtocol: enforcesProtocol) : Tau2Agent(setup)
    }

    private func makeUser(for task: Tau2Task) -> any Tau2Speaker {
        let tools = domain.userTools(for: task)
        let prompt = Tau2Prompts.user(
            guidelines: domain.guidelines(withTools: !tools.isEmpty), scenario: task.userScenario.text)
        return Tau2User(
            .init(model: Tau2AbsentModel(), systemPrompt: prompt, tools: tools, parameters: parameters))
    }

    /// Lets a participant speak its next scripted line.
    private mutating func ask(
        _ speaker: inout any Tau2Speaker, script: WritableKeyPath<Self, ArraySlice<JSONValue>>
    ) throws -> Message {
        requests.append(record(speaker.makeRequest(), of: speaker.participant))
        guard let line = self[keyPath: script].popFirst() else {
            throw EvaluationError(.scriptExhausted, "the script has no more lines", cause: .task)
        }
        if let text = line["raise"]?.stringValue {
            throw EvaluationError(
                .providerFailed, text, cause: .provider, underlying: ScriptedError(text: "RuntimeError: \(text)"))
        }
        let reply = try Message(json: Self.message(of: line))
        let message = try speaker.accept(reply)
        var entry = Trajectory.Entry(message, by: speaker.participant)
        entry.cost = speaker.participant == .agent ? 0.01 : 0.002
        entry.usage = Usage(inputTokens: 100, outputTokens: 10)
        trajectory.entries.append(entry)
        return message
    }

    /// A line of a script as a message.
    private static func message(of line: JSONValue) -> JSONValue {
        var message: JSONObject = ["role": "assistant", "content": line["content"] ?? .null]
        message["tool_calls"] = line["tool_calls"]
        return .object(message)
    }

    private func record(_ request: ChatRequest, of participant: Participant) -> JSONValue {
        let side =
            participant == .agent ? (isSolo ? "agent_solo_response" : "agent_response") : "user_simulator_response"
        return [
            "side": .string(participant.rawValue), "call_name": .string(side),
            "tool_choice": request.toolChoice == .required ? "required" : .null,
            "n_tools": JSONValue(request.tools.count), "kwargs": .object(request.parameters),
            "messages": .array(request.messages.map(\.officialRequestJSON)),
        ]
    }
}

/// What a script says that a model raises.
private struct ScriptedError: Error, CustomStringConvertible {
    let text: String
    var description: String { text }
}

/// Stands where a model would be asked, in dialogues whose replies come from a script.
private struct Tau2AbsentModel: ChatModel {
    var name: String { "script" }

    func respond(to request: ChatRequest, in context: CallContext) async throws -> ChatResponse {
        throw EvaluationError(.scriptExhausted, "a scripted dialogue asks no model", cause: .gage)
    }
}

extension Message {
    /// The message as the official code hands it to its model library; system prompts by their digest.
    fileprivate var officialRequestJSON: JSONValue {
        let content = JSONValue(optional: text)
        switch role {
        case .system, .developer:
            return ["role": "system", "content": ["sha256": .string(sha256Hex((text ?? "").utf8))]]
        case .user: return ["role": "user", "content": content]
        case .tool: return ["role": "tool", "content": content, "tool_call_id": JSONValue(optional: toolCallID)]
        case .assistant:
            let calls = toolCalls.map { call -> JSONValue in
                let arguments = JSONValue.object(call.arguments).text(.python)
                return [
                    "id": .string(call.id), "name": .string(call.name), "type": "function",
                    "function": ["name": .string(call.name), "arguments": .string(arguments)],
                ]
            }
            return [
                "role": "assistant", "content": content, "tool_calls": calls.isEmpty ? .null : .array(calls),
            ]
        }
    }
}
