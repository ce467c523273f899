import Evaluation
import GageTesting
import JSON
import Testing

@testable import Pause

@Suite("PAUSE's logs")
struct PauseLogTests {
    /// A dialogue with calls of both sides, of which the last call was never run.
    private static let trajectory: Trajectory = {
        var trajectory = Trajectory()
        let source = ToolCall(
            id: "a1", name: "fitbit-get_intraday_steps",
            arguments: ["date": "2025-01-01", "source_name": "fitbit", "_id_seed": 7])
        let features = ToolCall(id: "a2", name: "get_source_features", arguments: ["source_name": "fitbit"])
        let permission = ToolCall(id: "u1", name: "set_raw_data_permission", arguments: ["allow": true])
        let result = ToolResult(content: #"{"ok":true}"#)
        trajectory.entries = [
            .init(.system("rules"), by: .environment), .init(.assistant("Hello"), by: .agent),
            .init(.user("My steps?"), by: .user), .init(.assistant("May I?"), by: .agent),
            .init(Message(role: .user, content: .empty, toolCalls: [permission]), by: .user),
            .init(.tool(result, answering: permission), by: .environment, requester: .user),
            .init(.user("I have called set_raw_data_permission. Please continue."), by: .environment),
            .init(.assistant(nil, toolCalls: [features, source]), by: .agent),
            .init(.tool(result, answering: features), by: .environment, requester: .agent),
        ]
        trajectory.termination = Termination("assistant_tool_error:get_source_features")
        return trajectory
    }()

    private static let json = PauseTrajectoryWriter(
        trajectory: trajectory, artifacts: PauseRoute().logFields, task: PauseTestLog.task(targets: 1)
    ).json

    @Test func nothingInternalIsInALog() {
        let text = JSONValue.object(Self.json).text()
        #expect(!text.contains("_id_seed"))
        #expect(!text.contains(#"\"date\":\"2025-01-01\",\"source_name\""#))
        #expect(text.contains(#"get_source_features({\"source_name\":\"fitbit\"})"#))
    }

    @Test func everyCallHasItsResult() {
        for key in ["assistant_traj", "user_traj"] {
            let messages = Self.json[key]?.arrayValue ?? []
            let calls = messages.flatMap { $0["tool_calls"]?.arrayValue ?? [] }.map { $0["id"] }
            let results = messages.filter { $0["role"] == "tool" }.map { $0["tool_call_id"] }
            #expect(calls == results)
            #expect(!calls.isEmpty)
        }
    }

    @Test func theTranscriptHasAnEntryForEachTextAndEachMessageWithCalls() {
        let lines = (Self.json["full_messages"]?.arrayValue ?? []).compactMap(\.stringValue)
        #expect(lines.count == 6)
        #expect(lines[0] == "[ASSISTANT] Hello")
        #expect(lines[3].hasPrefix("[USER TOOL CALL] set_raw_data_permission("))
        #expect(lines[3].contains("\n[USER TOOL RESULT] "))
        #expect(lines[4] == "[USER] I have called set_raw_data_permission. Please continue.")
        #expect(lines[5].contains("[TOOL RESULT] "))
    }

    @Test func aLogSaysHowItEnded() {
        #expect(Self.json["terminated"] == true)
        #expect(Self.json["termination_reason"] == "assistant_tool_error:get_source_features")
        #expect(Self.json["assistant_model"] == "oracle")
        var regular = Self.trajectory
        regular.termination = .userStop
        let json = PauseTrajectoryWriter(
            trajectory: regular, artifacts: [:], task: PauseTestLog.task(targets: 1)
        ).json
        #expect(json["terminated"] == false)
        #expect(json["termination_reason"] == "")
    }

    @Test func aDialogueThatCouldNotBeLedIsALogWithTheReason() {
        let error = EvaluationError(.providerFailed, "down", cause: .provider)
        let json = PauseTrajectoryWriter(
            trajectory: Trajectory(), artifacts: PauseRoute().logFields, task: PauseTestLog.task(targets: 1)
        ).json(failedWith: error)
        #expect(json["termination_reason"] == "traj_generation_failed:provider.failed: down")
        #expect(json["full_messages"]?.arrayValue?.last == "[ERROR] traj_generation_failed:provider.failed: down")
        #expect(PauseTrajectoryReader(json).isInfrastructureFailure)
    }

    @Test func aLogIsReadBackInTheOrderInWhichThingsHappened() {
        let events = PauseTrajectoryReader(Self.json).events
        let names = events.map { event in
            switch event {
            case .message(let speaker, let text): "\(speaker.rawValue): \(text)"
            case .call(let call): "\(call.caller.rawValue) calls \(call.name)"
            }
        }
        #expect(
            names == [
                "agent: Hello", "user: My steps?", "agent: May I?", "user calls set_raw_data_permission",
                "agent calls get_source_features", "agent calls fitbit-get_intraday_steps",
            ])
    }

    @Test func aTranscriptAloneCanBeCounted() {
        let counts = PauseTrajectoryCounts(["full_messages": Self.json["full_messages"] ?? []])
        #expect(counts.rounds == 1)
        #expect(counts.assistantCalls == ["get_source_features": 1, "fitbit-get_intraday_steps": 1])
        #expect(counts.userCalls == ["set_raw_data_permission": 1])
    }

    @Test(arguments: [("tasks_a.json", true), ("tasks_b.json", false)])
    func aStarInANameStandsForAnything(name: String, isFound: Bool) throws {
        let directory = try TemporaryFolder()
        try PauseFiles.write([:], to: "\(directory.path)/\(name)")
        #expect(PauseFiles.jsonFiles(at: "\(directory.path)/tasks_a*").isEmpty == !isFound)
    }
}
