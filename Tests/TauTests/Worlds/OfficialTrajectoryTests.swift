import JSON
import Testing

@testable import Tau

@Suite("Official trajectories", .enabled(if: TauReference.hasTau2))
struct OfficialTrajectoryTests {
    @Test("Live runs and their replays end in the official state", arguments: OfficialDomain.allCases)
    func trajectories(domain: OfficialDomain) throws {
        let tasks = try domain.tasks()
        var disagreements = Disagreements()
        for line in try TauReference.lines("tau2/cases/\(domain.rawValue).traj.jsonl.gz") {
            let task = tasks[line["task_id"]?.stringValue ?? ""]
            try compareLiveRun(line, task, in: domain, &disagreements)
            try compareReplay(line, task, in: domain, &disagreements)
        }
        print("\(domain.rawValue): \(disagreements.compared) values of trajectories compared")
        #expect(disagreements.compared > 0)
        #expect(disagreements.found.isEmpty, "\(disagreements.summary)")
    }

    private func compareLiveRun(
        _ line: JSONValue, _ task: JSONValue?, in domain: OfficialDomain, _ disagreements: inout Disagreements
    ) throws {
        // In this kind the message with a call is missing, though the call was made.
        if line["kind"] == "orphan_tool_message" { return }
        var world = try domain.world(isSolo: line["solo_mode"]?.boolValue ?? false)
        try world.prepare(for: task)
        let history = task?["initial_state"]?["message_history"]?.arrayValue?.count ?? 0
        for message in line["messages"]?.arrayValue?.dropFirst(history) ?? [] {
            guard case .participant(_, let calls?) = RecordedMessage(json: message) else { continue }
            for call in calls { _ = world.call(call.name, arguments: call.arguments, requestor: call.requestor) }
        }
        let official = Digests(line["expected"]?["live_final_hash"])
        disagreements.compare(Digests(of: world), official, "\(line["case_id"] ?? .null) live digests")
    }

    /// The replay's state is compared with the expected actions' by equality, which has to agree with the official digests.
    private func compareReplay(
        _ line: JSONValue, _ task: JSONValue?, in domain: OfficialDomain, _ disagreements: inout Disagreements
    ) throws {
        let official = line["expected"]
        let name = line["case_id"] ?? .null
        if let exception = official?["evaluations"]?["all"]?["exception"] {
            let own = try replayError(of: line, task, in: domain)
            disagreements.compare(own?.kind.rawValue, exception["type"]?.stringValue, "\(name) exception")
            disagreements.compare(own?.message, exception["message"]?.stringValue, "\(name) exception")
            return
        }
        guard let hashes = official?["evaluator_hashes"], hashes["predicted_agent"]?.isNull == false else { return }
        let predicted = try replay(line, task, in: domain, .strict(timestamp: "<NOW>"))
        let expected = try expectedState(of: task, in: domain)
        disagreements.compare(
            predicted.hasSameAgentState(as: expected), hashes["gold_agent"] == hashes["predicted_agent"],
            "\(name) equality of the agent's data")
        disagreements.compare(
            predicted.hasSameUserState(as: expected), hashes["gold_user"] == hashes["predicted_user"],
            "\(name) equality of the user's data")
    }

    @Test("Recorded runs of real models replay to the official state", arguments: OfficialDomain.allCases)
    func realRuns(domain: OfficialDomain) throws {
        let tasks = try domain.tasks()
        var disagreements = Disagreements()
        for line in try TauReference.lines("tau2/cases/\(domain.rawValue).real.jsonl.gz") {
            let hashes = line["expected"]?["embedded_task_lenient"]?["evaluator_hashes"]
            guard let hash = hashes?["predicted_agent"]?.stringValue else { continue }
            let task = line["embedded_task"] ?? tasks[line["task_id"]?.stringValue ?? ""]
            let world = try replay(line, task, in: domain, .lenient)
            let name = line["case_id"]?.stringValue ?? ""
            disagreements.compare(world.agentDigest, hash, "\(name) replayed digest")
        }
        print("\(domain.rawValue): \(disagreements.compared) real runs compared")
        #expect(disagreements.found.isEmpty, "\(disagreements.summary)")
    }

    private func replay(
        _ line: JSONValue, _ task: JSONValue?, in domain: OfficialDomain, _ strictness: ReplayStrictness
    ) throws -> any TauWorld {
        var world = try domain.world(isSolo: line["solo_mode"]?.boolValue ?? false)
        let history = (line["messages"]?.arrayValue ?? []).compactMap(RecordedMessage.init(json:))
        let initial = task?["initial_state"].flatMap(InitialState.init(json:)) ?? InitialState()
        try world.setState(initial, history: history, strictness: strictness)
        return world
    }

    private func replayError(
        of line: JSONValue, _ task: JSONValue?, in domain: OfficialDomain
    ) throws -> PythonException? {
        do {
            _ = try replay(line, task, in: domain, .strict(timestamp: "<NOW>"))
            return nil
        } catch let error as PythonException {
            return error
        }
    }

    /// The state that the task's own actions lead to.
    private func expectedState(of task: JSONValue?, in domain: OfficialDomain) throws -> any TauWorld {
        var world = try domain.world()
        try world.prepare(for: task)
        for action in task?["evaluation_criteria"]?["actions"]?.arrayValue ?? [] {
            let requestor = action["requestor"]?.stringValue.flatMap(Requestor.init) ?? .assistant
            // The grader passes over expected actions that fail.
            _ = try? world.callWithoutSynchronizing(
                action["name"]?.stringValue ?? "", arguments: action["arguments"]?.objectValue ?? [:],
                requestor: requestor)
        }
        return world
    }
}
