import Evaluation
import JSON

extension Tau2FidelityCase {
    /// A whole dialogue whose models follow a script.
    mutating func playOrchestration() throws {
        let task = try task()
        var orchestration = Tau2ScriptedDialogue(case: json, domain: domain)
        let expected = json["expected"] ?? .null
        do {
            try orchestration.run(task)
            compareRun(orchestration, of: task, expected: expected)
        } catch let error as PythonException {
            compare("exception", expected: expected["exception"] ?? .null, actual: error.caseJSON)
        } catch let error as EvaluationError {
            let official = expected["exception"].map { exception in
                "\(exception["type"]?.stringValue ?? ""): \(exception["message"]?.stringValue ?? "")"
            }
            compare(
                "exception", expected: JSONValue(optional: official),
                actual: JSONValue(optional: error.underlying ?? error.message))
        }
        if let requests = expected["llm_requests"] {
            compare("llm_requests", expected: requests, actual: .array(orchestration.requests))
        }
    }

    private mutating func compareRun(_ run: Tau2ScriptedDialogue, of task: Tau2Task, expected: JSONValue) {
        guard let reason = expected["termination_reason"], let termination = run.rules.termination else {
            record(
                "termination_reason", expected: expected["exception"] ?? expected["termination_reason"] ?? .null,
                actual: JSONValue(optional: run.rules.termination?.rawValue))
            return
        }
        compare("termination_reason", expected: reason, actual: .string(termination.rawValue))
        compare("step_count", expected: expected["step_count"] ?? .null, actual: JSONValue(run.rules.stepCount))
        compare("num_errors", expected: expected["num_errors"] ?? .null, actual: JSONValue(run.rules.errorCount))
        let messages = Tau2Message.messages(of: run.trajectory)
        for (key, role) in [("agent_cost", Tau2Message.Role.assistant), ("user_cost", .user)] {
            compare(
                key, expected: expected[key] ?? .null,
                actual: JSONValue(optional: Tau2Message.cost(of: role, in: messages)))
        }
        compareMessages(messages, expected: expected["messages"]?.arrayValue ?? [])
        for (key, side) in [("unused_agent_script", run.agentScript), ("unused_user_script", run.userScript)] {
            if let unused = expected[key] { compare(key, expected: unused, actual: JSONValue(side.count)) }
        }
        var simulation = Tau2Simulation(
            messages: messages, termination: termination, isSolo: run.isSolo)
        // The recorder numbered the seconds; texts of failed replays show them.
        for place in simulation.messages.indices {
            simulation.messages[place].timestamp = expected["messages"]?[place]?["timestamp"]?.stringValue
        }
        judge(simulation, of: task, expected: expected, isLenient: false, prefix: "")
    }

    private mutating func compareMessages(_ messages: [Tau2Message], expected: [JSONValue]) {
        compare("messages.count", expected: JSONValue(expected.count), actual: JSONValue(messages.count))
        for (place, (message, record)) in zip(messages, expected).enumerated() {
            do {
                var official = try Tau2Message(json: record)
                official.timestamp = nil
                compare("messages[\(place)]", expected: official.json, actual: message.json)
            } catch {
                self.record("messages[\(place)]", expected: record, actual: .string(error.message))
            }
        }
    }
}
