import JSON
import Testing

@testable import Tau

@Suite("Mock world")
struct MockWorldTests {
    @Test func aStatusIsStoredAsGiven() throws {
        var world = try SmallDomains.mock().makeWorld()
        let outcome = world.call(
            "update_task_status", arguments: ["task_id": "task_1", "status": [1, 2.0]], requestor: .assistant)
        #expect(
            outcome.content
                == #"{"task_id": "task_1", "title": "Water the plants", "description": null, "status": [1, 2.0]}"#)
        #expect(
            try world.run(
                function: "assert_task_status", of: .assistant,
                arguments: ["task_id": "task_1", "expected_status": [1.0, 2]]
            ).assertion == true)
    }

    @Test func aSoloAgentHasTheUsersToolsAndTheUserNone() throws {
        var world = try SmallDomains.mock().makeWorld(isSolo: true)
        let refused = world.call("check_notifications", arguments: [:], requestor: .user)
        #expect(refused.content == "Error: User tool calls are not allowed in solo mode")
        let done = world.call("dismiss_notification", arguments: ["notification_id": "n1"], requestor: .assistant)
        #expect(done == ToolOutcome(content: "Notification n1 dismissed", isError: false))
    }

    @Test func initialDataReplaceTheOtherSidesDatabase() throws {
        var world = try SmallDomains.mock().makeWorld()
        try world.setState(InitialState(agentData: ["users": ["user_1": ["name": "Grace"]]]))
        #expect(world.agentDigest == world.userDigest)
        let inbox = world.call("check_notifications", arguments: [:], requestor: .user)
        #expect(inbox.content == "Error: 'MockDB' object has no attribute 'notifications'")
        // What the agent changes from then on is changed for both.
        _ = world.call("create_task", arguments: ["user_id": "user_1", "title": "t"], requestor: .assistant)
        #expect(world.agentDigest == world.userDigest)
    }

    @Test func initialActionsRunFunctionsOfEitherSide() throws {
        var world = try SmallDomains.mock().makeWorld()
        let add = EnvironmentCall(
            environment: .user, function: "add_notification", arguments: ["notification_id": "n2", "message": "Hi"])
        try world.setState(InitialState(actions: [add]))
        let inbox = world.call("check_notifications", arguments: [:], requestor: .user)
        #expect(
            inbox.content.contains(#"{"notification_id": "n2", "message": "Hi", "status": "unread", "task_id": null}"#))
        let unknown = EnvironmentCall(environment: .user, function: "create_task", arguments: [:])
        #expect(throws: PythonException(.attributeError, "'MockUserTools' object has no attribute 'create_task'")) {
            try world.setState(InitialState(actions: [unknown]))
        }
    }
}

@Suite("Replay")
struct ReplayTests {
    private let call = RecordedCall(
        id: "c1", name: "update_task_status", arguments: ["task_id": "task_1", "status": "completed"])
    private let answer =
        #"{"status":"completed", "task_id": "task_1", "title": "Water the plants", "description": null}"#

    @Test func answersAreComparedAsJSON() throws {
        var world = try SmallDomains.mock().makeWorld()
        let history: [RecordedMessage] = [
            .participant(.user, calls: nil), .participant(.assistant, calls: [call]),
            .tool(RecordedResult(id: "c1", content: answer)),
        ]
        try world.setState(history: history, strictness: .strict(timestamp: "now"))
        #expect(world.state.agent.dump["tasks"]?["task_1"]?["status"] == "completed")
    }

    @Test func readingAndUnknownToolsAreNotRunAgain() throws {
        var world = try SmallDomains.mock().makeWorld()
        let history: [RecordedMessage] = [
            .participant(
                .assistant,
                calls: [
                    RecordedCall(id: "a", name: "get_users", arguments: [:]),
                    RecordedCall(id: "b", name: "no_such_tool", arguments: [:]),
                ]),
            .tool(RecordedResult(id: "a", content: "something else")), .tool(RecordedResult(id: "b", content: nil)),
        ]
        try world.setState(history: history, strictness: .strict(timestamp: "now"))
    }

    @Test func anotherAnswerIsAnErrorOnlyWhenStrict() throws {
        let history: [RecordedMessage] = [
            .participant(.assistant, calls: [call]), .tool(RecordedResult(id: "c1", content: "done", isError: true)),
        ]
        var world = try SmallDomains.mock().makeWorld()
        try world.setState(history: history, strictness: .lenient)
        var other = try SmallDomains.mock().makeWorld()
        let error = #expect(throws: PythonException.self) {
            try other.setState(history: history, strictness: .strict(timestamp: "noon"))
        }
        #expect(
            error?.message == """
                Tool call:
                ToolCall (from assistant)
                id: c1
                name: update_task_status
                arguments:
                {
                  "task_id": "task_1",
                  "status": "completed"
                }

                Returned:
                ToolMessage (responding to assistant)
                timestamp: noon
                content: {"task_id": "task_1", "title": "Water the plants", "description": null, "status": "completed"}

                Expected:
                ToolMessage (responding to assistant)
                content: done
                Error
                """)
    }

    @Test(
        "calls and results have to pair up",
        arguments: [
            ([.call], "Tool message expected. Got None."),
            (
                [.call, .text],
                "Tool message expected. Got <class 'tau2.data_model.message.AssistantMessage'>"
            ),
            ([.call, .result("other")], "Tool call id mismatch. Got c1 and other"),
            (
                [.text, .result("c1")],
                "Tool message not expected. Tool messages should always follow a tool call."
            ),
        ] as [([Piece], String)])
    func pairing(pieces: [Piece], text: String) throws {
        var world = try SmallDomains.mock().makeWorld()
        let history = pieces.map { piece -> RecordedMessage in
            switch piece {
            case .call: .participant(.assistant, calls: [call])
            case .text: .participant(.assistant, calls: nil)
            case .result(let id): .tool(RecordedResult(id: id, content: answer))
            }
        }
        #expect(throws: PythonException(.valueError, text)) { try world.setState(history: history) }
    }

    enum Piece: Sendable {
        case call
        case text
        case result(String)
    }
}
