import Glibc
import JSON
import Testing

@testable import Tau

/// Official trajectories of the telecom domain: a fixed sample, or all of them where `GAGE_ALL_CASES` is set.
@Suite("Official telecom trajectories", .enabled(if: TauReference.hasTau2))
struct TelecomTrajectoryTests {
    /// Takes one case in thirty, the same ones every time.
    private static func isSampled(_ place: Int) -> Bool {
        if getenv("GAGE_ALL_CASES") != nil { return true }
        var mixed = UInt64(truncatingIfNeeded: place) &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return (mixed ^ (mixed >> 31)) % 30 == 0
    }

    @Test("Live runs, their replays and the expected actions end in the official states")
    func trajectories() throws {
        var disagreements = Disagreements()
        let lines = try TelecomReference.lines("tau2/cases/telecom.traj.jsonl.gz", isWanted: Self.isSampled)
        for line in lines {
            let task = try #require(try TelecomReference.task(line["task_id"]))
            try compareLiveRun(line, task, &disagreements)
            try compareReplay(line, task, &disagreements)
        }
        print("telecom: \(disagreements.compared) values of \(lines.count) trajectories compared")
        #expect(disagreements.compared > 0)
        #expect(disagreements.found.isEmpty, "\(disagreements.summary)")
    }

    private func compareLiveRun(
        _ line: JSONValue, _ task: JSONValue, _ disagreements: inout Disagreements
    ) throws {
        var world = try TelecomReference.world(for: line)
        try world.prepare(for: task)
        let (name, expected) = (line["case_id"]?.stringValue ?? "", line["expected"])
        disagreements.compare(Digests(of: world), Digests(expected?["initial_hash"]), "\(name) initial digests")
        // In this kind the message with a call is missing, though the call was made.
        if line["kind"] == "orphan_tool_message" { return }
        for message in line["messages"]?.arrayValue ?? [] {
            guard case .participant(_, let calls?) = RecordedMessage(json: message) else { continue }
            for call in calls { _ = world.call(call.name, arguments: call.arguments, requestor: call.requestor) }
        }
        disagreements.compare(
            Digests(of: world), Digests(expected?["live_final_hash"]), "\(name) final digests")
    }

    private func compareReplay(
        _ line: JSONValue, _ task: JSONValue, _ disagreements: inout Disagreements
    ) throws {
        let (name, expected) = (line["case_id"]?.stringValue ?? "", line["expected"])
        let hashes = expected?["evaluator_hashes"]
        let exception = expected?["evaluations"]?["all"]?["exception"]
        do {
            let predicted = try replay(line, task)
            disagreements.compare(nil, exception, "\(name) exception")
            guard hashes?["predicted_agent"]?.isNull == false else { return }
            var own = Digests(of: predicted)
            disagreements.compare(own.agent, hashes?["predicted_agent"]?.stringValue, "\(name) replay's agent digest")
            disagreements.compare(own.user, hashes?["predicted_user"]?.stringValue, "\(name) replay's user digest")
            let gold = try expectedState(of: task)
            own = Digests(of: gold)
            disagreements.compare(own.agent, hashes?["gold_agent"]?.stringValue, "\(name) expected agent digest")
            disagreements.compare(own.user, hashes?["gold_user"]?.stringValue, "\(name) expected user digest")
            disagreements.compare(
                predicted.hasSameState(as: gold), Digests(of: predicted) == Digests(of: gold), "\(name) equality")
        } catch let error as PythonException {
            disagreements.compare(error.kind.rawValue, exception?["type"]?.stringValue, "\(name) exception")
            disagreements.compare(error.message, exception?["message"]?.stringValue, "\(name) exception")
        }
    }

    private func replay(_ line: JSONValue, _ task: JSONValue) throws -> any TauWorld {
        var world = try TelecomReference.world(for: line)
        let history = (line["messages"]?.arrayValue ?? []).compactMap(RecordedMessage.init(json:))
        let initial = task["initial_state"].flatMap(InitialState.init(json:)) ?? InitialState()
        try world.setState(initial, history: history, strictness: .strict(timestamp: "<NOW>"))
        return world
    }

    /// The state that the task's own actions lead to, between which nothing is synchronized.
    private func expectedState(of task: JSONValue) throws -> any TauWorld {
        var world = try TelecomReference.data.get().makeWorld()
        try world.prepare(for: task)
        for action in task["evaluation_criteria"]?["actions"]?.arrayValue ?? [] {
            let requestor = action["requestor"]?.stringValue.flatMap(Requestor.init) ?? .assistant
            // The grader passes over expected actions that fail.
            _ = try? world.callWithoutSynchronizing(
                action["name"]?.stringValue ?? "", arguments: action["arguments"]?.objectValue ?? [:],
                requestor: requestor)
        }
        return world
    }

    @Test("Recorded runs of real models replay to the official state")
    func realRuns() throws {
        var disagreements = Disagreements()
        for line in try TauReference.lines("tau2/cases/telecom.real.jsonl.gz") {
            let hashes = line["expected"]?["embedded_task_lenient"]?["evaluator_hashes"]
            guard let hash = hashes?["predicted_agent"]?.stringValue else { continue }
            let task = try line["embedded_task"] ?? TelecomReference.task(line["task_id"])
            var world = try TelecomReference.world(for: line)
            let history = (line["messages"]?.arrayValue ?? []).compactMap(RecordedMessage.init(json:))
            let initial = task?["initial_state"].flatMap(InitialState.init(json:)) ?? InitialState()
            try world.setState(initial, history: history, strictness: .lenient)
            let name = line["case_id"]?.stringValue ?? ""
            disagreements.compare(world.agentDigest, hash, "\(name) agent digest")
            disagreements.compare(world.userDigest, hashes?["predicted_user"]?.stringValue, "\(name) user digest")
        }
        print("telecom: \(disagreements.compared) digests of real runs compared")
        #expect(disagreements.compared > 0)
        #expect(disagreements.found.isEmpty, "\(disagreements.summary)")
    }
}
