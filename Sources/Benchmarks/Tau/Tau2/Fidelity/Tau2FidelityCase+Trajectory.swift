import Evaluation
import JSON

extension Tau2FidelityCase {
    /// A synthetic trajectory: the live run, and every way of judging it.
    mutating func playTrajectory() throws {
        let task = try task()
        let simulation = try simulation()
        let expected = json["expected"] ?? .null
        if !Self.hasLostMessages(simulation.messages) {
            try playLiveRun(of: task, simulation: simulation, expected: expected)
            compareCosts(of: simulation, expected: expected)
        }
        judge(simulation, of: task, expected: expected, isLenient: false, prefix: "")
    }

    /// Whether a result stands without its call: the recorder then took a message out after the live run.
    private static func hasLostMessages(_ messages: [Tau2Message]) -> Bool {
        var openCalls = 0
        for message in messages {
            if message.role != .tool {
                openCalls = message.toolCalls?.count ?? 0
            } else if openCalls == 0 {
                return true
            } else {
                openCalls -= 1
            }
        }
        return false
    }

    private mutating func compareCosts(of simulation: Tau2Simulation, expected: JSONValue) {
        for (key, role) in [("agent_cost", Tau2Message.Role.assistant), ("user_cost", .user)] {
            compare(
                key, expected: expected[key] ?? .null,
                actual: JSONValue(optional: Tau2Message.cost(of: role, in: simulation.messages)))
        }
    }

    /// A recorded run of a real agent, judged against its own copy of the task and against today's.
    mutating func playRecording() throws {
        let simulation = try simulation()
        let expected = json["expected"] ?? .null
        // A recording may be of a task that there is no more; it then brings its own copy.
        var embedded = try? task()
        if let copy = json["embedded_task"], !copy.isNull { embedded = try Tau2Task(json: copy) }
        guard let embedded else { throw EvaluationError.malformedTau2("the case has no task") }
        let lenient = expected["embedded_task_lenient"] ?? .null
        judge(simulation, of: embedded, expected: lenient, isLenient: true, prefix: "embedded_task_lenient.")
        if let strict = expected["embedded_task_strict"] {
            let isSame = strict["same_as_lenient"]?.boolValue == true
            judge(
                simulation, of: embedded, expected: isSame ? lenient : strict, isLenient: false,
                prefix: "embedded_task_strict.")
        }
        if let current = expected["current_task_lenient"] {
            judge(simulation, of: try task(), expected: current, isLenient: true, prefix: "current_task_lenient.")
        }
    }

    /// The dialogue of the case.
    func simulation() throws(EvaluationError) -> Tau2Simulation {
        Tau2Simulation(
            messages: try messages(), termination: Termination(json["termination_reason"]?.stringValue ?? ""),
            isSolo: json["solo_mode"]?.boolValue ?? false)
    }

    /// Runs every call of the trajectory in a live world; where nothing was tampered with, the results must be the same.
    private mutating func playLiveRun(
        of task: Tau2Task, simulation: Tau2Simulation, expected: JSONValue
    ) throws {
        let history = task.initialState?.messageHistory ?? []
        var world = try domain.makeWorld(isSolo: simulation.isSolo, identifiers: Self.identifiers)
        try world.setState(
            task.initialState?.worldState ?? InitialState(), history: history.map(\.recorded),
            strictness: .strict(timestamp: Self.timestamp))
        compareDigests("initial_hash", expected: expected["initial_hash"], of: world)
        let messages = simulation.messages.dropFirst(history.count)
        var outcomes: [ToolOutcome] = []
        for message in messages where message.isToolCall {
            for call in message.toolCalls ?? [] {
                outcomes.append(world.call(call.name, arguments: call.arguments, requestor: call.requestor))
            }
        }
        compareDigests("live_final_hash", expected: expected["live_final_hash"], of: world)
        guard json["note"] == nil else { return }
        let recorded = messages.filter { $0.role == .tool }
        compare("tool_results.count", expected: JSONValue(recorded.count), actual: JSONValue(outcomes.count))
        for (place, (message, outcome)) in zip(recorded, outcomes).enumerated() {
            compare(
                "tool_results[\(place)]",
                expected: [JSONValue(optional: message.content), .bool(message.isError)],
                actual: [.string(outcome.content), .bool(outcome.isError)])
        }
    }

    /// Judges a dialogue in every way that was recorded.
    mutating func judge(
        _ simulation: Tau2Simulation, of task: Tau2Task, expected: JSONValue, isLenient: Bool, prefix: String
    ) {
        let evaluator = Tau2Evaluator(
            domain: domain, timestamp: Self.timestamp, identifiers: Self.identifiers)
        for (name, record) in expected["evaluations"]?.objectValue ?? [:] {
            guard let variant = Variant(name) else {
                self.record("\(prefix)evaluations.\(name)", expected: "a known evaluation", actual: .null)
                continue
            }
            let asked = evaluator.statementsForJudge(of: task, after: simulation, as: variant.type)
            let findings = asked.map {
                Tau2RewardInfo.StatementCheck(
                    statement: $0, isMet: variant.statementsAreMet, justification: "stub")
            }
            let actual: JSONValue
            do {
                let info = try evaluator.evaluate(
                    simulation, of: task, as: variant.type, isLenient: isLenient || variant.isLenient,
                    statements: findings)
                actual = ["reward_info": info.json]
            } catch {
                actual = ["exception": error.caseJSON]
            }
            compare("\(prefix)evaluations.\(name)", expected: record, actual: actual)
        }
        compareEvaluatorDigests(simulation, of: task, expected: expected["evaluator_hashes"], prefix: prefix)
    }

    /// The digests that the official grader compared; a recording that was tampered with was replayed leniently.
    private mutating func compareEvaluatorDigests(
        _ simulation: Tau2Simulation, of task: Tau2Task, expected: JSONValue?, prefix: String
    ) {
        guard let expected, !expected.isNull else { return }
        do {
            let worlds = try Tau2Evaluator(domain: domain, identifiers: Self.identifiers).replayWorlds(
                simulation, of: task, replay: .lenient)
            let (gold, predicted) = (Self.digests(of: worlds.gold), Self.digests(of: worlds.predicted))
            compare(
                "\(prefix)evaluator_hashes", expected: expected,
                actual: [
                    "gold_agent": gold["agent"] ?? .null, "gold_user": gold["user"] ?? .null,
                    "predicted_agent": predicted["agent"] ?? .null, "predicted_user": predicted["user"] ?? .null,
                ])
        } catch {
            record("\(prefix)evaluator_hashes", expected: expected, actual: error.caseJSON)
        }
    }
}

/// A recorded way of judging, by the recorder's names.
private struct Variant {
    var type: Tau2EvaluationType
    var isLenient = false
    var statementsAreMet = true

    init?(_ name: String) {
        switch name {
        case "all_nl_false": (type, statementsAreMet) = (.all, false)
        case "all_lenient": (type, isLenient) = (.all, true)
        default:
            guard let type = Tau2EvaluationType(rawValue: name) else { return nil }
            self.type = type
        }
    }
}
