import Evaluation
import GageTesting
import JSON
import Testing

@testable import Engine

/// The tools of a small office with three applications and one tool that belongs to none.
enum Office {
    static func tool(_ name: String, _ properties: JSONObject = [:], required: [String] = []) -> ToolDefinition {
        ToolDefinition(
            name: name, description: "Does \(name).",
            parameters: [
                "type": "object", "properties": .object(properties),
                "required": .array(required.map { .string($0) }),
            ])
    }

    static let tools = [
        tool(
            "notes__show", ["id": ["type": "integer"], "token": ["type": "string", "default": .null]], required: ["id"]),
        tool("notes__create", ["title": ["type": "string"]], required: ["title"]),
        tool("notesy__create"), tool("phone__search", ["page_index": ["type": "integer", "minimum": 0]]),
        tool("supervisor__complete_task", ["status": ["type": "string", "enum": ["success", "fail"]]]), tool("clock"),
    ]
}

@Suite struct ToolchainOverMCPTests {
    private struct Outcome {
        var episode: Episode
        var server: ScriptedTools
        var names: [String] { episode.tools.map(\.name) }
        var output: JSONObject { episode.supportOutputs.last ?? [:] }

        /// What comes of a call in the episode's world.
        mutating func call(_ name: String, _ arguments: JSONObject = [:]) async throws -> ToolResult? {
            try await episode.world?.execute(ToolCall(id: "c", name: name, arguments: arguments), by: .agent)
        }
    }

    private func perform(
        _ json: JSONObject = [:], server: ScriptedTools = ScriptedTools(Office.tools), client: String? = "office",
        _ change: (inout Episode) -> Void = { _ in }
    ) async throws -> Outcome {
        var diagnostics = Diagnostics()
        let place = SourceLocation(file: "test.yaml", line: 1, column: 1)
        let node = ConfigNode(json: .object(json), location: place, path: "params")
        let parameters = try #require(ToolchainParameters.decode(node, into: &diagnostics))
        #expect(!diagnostics.hasErrors)
        var episode = Episode(id: EpisodeID(task: "t", sample: "s", trial: 0), seed: 0, sample: Sample(id: "s"))
        change(&episode)
        var scope = EpisodeScope.forTests(
            adapter: AdapterBinding(id: "tools", role: .toolchain, mcpClientID: client))
        scope.tools = server
        try await ToolchainRole(parameters).perform(on: &episode, in: scope)
        return Outcome(episode: episode, server: server)
    }

    @Test func theServersToolsComeLastAndCarryTheirClient() async throws {
        let outcome = try await perform(["tools": [["name": "respond"]]]) { episode in
            episode.sample.tools = [ToolDefinition(name: "own")]
            episode.world = CounterWorld()
        }
        #expect(outcome.names.prefix(6) == ["respond", "own", "add", "read", "submit", "break"])
        #expect(outcome.names.dropFirst(6).elementsEqual(Office.tools.map(\.name)))
        #expect(outcome.episode.tools.last?.extensions["mcp_client_id"] == "office")
        #expect(outcome.output["mcp_client_id"] == "office")
        #expect(outcome.output["tools_schema"]?.arrayValue?.count == outcome.names.count)
        #expect(outcome.output["tool_documentation"] == nil)
        #expect(AgentRole.tools(of: outcome.episode).map(\.name) == outcome.names)
    }

    @Test func nullsOfSchemasAreNotShown() async throws {
        let shown = try await perform(["tool_allowlist": ["notes__show"]]).episode.tools[0]
        #expect(shown.parameters["properties"]?["token"] == ["type": "string"])
    }

    @Test(
        arguments: [
            (["tool_allowlist": ["clock"]], ["clock"]),
            (["tool_prefixes": ["notes"]], ["notes__show", "notes__create"]),
            (["tool_prefixes": ["notes_"]], ["notes__show", "notes__create"]),
            (["tool_prefixes": ["phone"], "tool_allowlist": ["clock"]], ["phone__search", "clock"]),
            (["max_tools": 2], ["notes__show", "notes__create"]), (["tool_allowlist": ["nothing"]], []),
        ] as [(JSONObject, [String])])
    func filtersHoldForTheServersTools(json: JSONObject, names: [String]) async throws {
        let outcome = try await perform(json) { $0.world = CounterWorld() }
        #expect(outcome.names == ["add", "read", "submit", "break"] + names)
    }

    @Test func earlierStepsGoBeforeTheParameters() async throws {
        let json: JSONObject = ["tool_allowlist": ["clock"], "tool_prefixes": ["notesy"], "max_tools": 1]
        let outcome = try await perform(json) { episode in
            episode.supportOutputs = [
                ["tool_allowlist": ["phone__search"]],
                ["tool_allowlist": ["notes__show"], "tool_prefixes": ["supervisor"], "tool_max_tools": 9],
            ]
        }
        #expect(outcome.names == ["notes__show", "phone__search", "supervisor__complete_task"])
    }

    @Test func callsAreForwardedWithoutOptionalNulls() async throws {
        var outcome = try await perform()
        let result = try await outcome.call("notes__show", ["id": .null, "token": .null, "extra": 1])
        #expect(outcome.server.calls == [.init(name: "notes__show", arguments: ["id": .null, "extra": 1])])
        #expect(result?.content == #"{"response": {"id": null, "extra": 1}}"#)
        #expect(result?.structured == ["response": ["id": .null, "extra": 1]])
        #expect(result?.isError == false)
    }

    @Test func aWorldThatWasThereKeepsItsToolsAndItsState() async throws {
        var outcome = try await perform { $0.world = CounterWorld(40) }
        #expect(try await outcome.call("add", ["amount": 2])?.content == "42")
        #expect(try await outcome.call("read")?.content == "42")
        #expect(try await outcome.call("clock")?.isError == false)
        #expect(outcome.server.calls.map(\.name) == ["clock"])
        #expect(outcome.episode.world?.tools(for: .user).map(\.name) == ["add", "read", "submit", "break"])
        let user = try await outcome.episode.world?.execute(ToolCall(id: "c", name: "clock", arguments: [:]), by: .user)
        #expect(user?.isError == true)
    }

    @Test func aToolThatNobodyHasIsNotFound() async throws {
        var outcome = try await perform(["tool_allowlist": ["clock"]])
        let result = try await outcome.call("notes__show", ["id": 1])
        #expect(result == ToolResult(content: "Error: Tool 'notes__show' not found.", isError: true))
        #expect(outcome.server.calls.isEmpty)
    }

    @Test func aStaticToolMayWordAServersToolInItsOwnWay() async throws {
        let own: JSONValue = ["name": "clock", "description": "Ours.", "x-gage": ["final_answer_from": "response"]]
        var outcome = try await perform(["tools": [own]])
        #expect(outcome.names.count { $0 == "clock" } == 1)
        #expect(outcome.episode.tools.first?.description == "Ours.")
        _ = try await outcome.call("clock", ["a": 1])
        #expect(outcome.server.calls.map(\.name) == ["clock"])
    }

    @Test func aStaticToolMayNameAClientOfItsOwn() async throws {
        let json: JSONObject = ["tools": [["name": "lookup", "x-gage": ["mcp_client_id": "library"]]]]
        var outcome = try await perform(json, client: nil)
        #expect(outcome.server.openings.map(\.client) == ["library"])
        _ = try await outcome.call("lookup", ["a": .null])
        #expect(outcome.server.calls == [.init(name: "lookup", arguments: [:])])
        #expect(outcome.output["mcp_client_id"] == nil)
    }

    @Test func metaToolsNeedAClient() async throws {
        let error = await #expect(throws: EvaluationError.self) {
            _ = try await perform(["meta_tool_mode": true], client: nil)
        }
        #expect(error?.cause == .configuration)
        #expect(error?.advice?.contains("mcp_client_id") == true)
    }

    @Test func aServerThatIsLostFailsTheEpisodeNotTheTool() async throws {
        let lost = EvaluationError(.toolServerLost, "gone", cause: .sandbox, retry: .worthwhile)
        var outcome = try await perform(server: ScriptedTools(Office.tools) { _ in throw lost })
        await #expect(throws: lost) { _ = try await outcome.call("clock") }
    }

    // MARK: Meta tools

    @Test func metaToolsStandForApplications() async throws {
        let outcome = try await perform(["meta_tool_mode": true])
        #expect(outcome.names == ["call_supervisor", "call_notes", "call_notesy", "call_phone", "clock"])
        let notes = outcome.episode.tools[1]
        #expect(notes.extensions["allowed_endpoints"] == ["create", "show"])
        #expect(notes.extensions["meta_tool"] == true)
        #expect(notes.parameters["required"] == ["endpoint"])
        #expect(outcome.output["tool_documentation"]?.stringValue?.hasPrefix("[supervisor]\n") == true)
    }

    @Test(
        arguments: [
            ["endpoint": "show", "params": ["id": 1]], ["api_name": "show", "endpoint_params": ["id": 1]],
            ["endpoint": "show", "id": 1], ["api_name": "show", "id": 2, "params": ["id": 1]],
            ["endpoint": "show", "params": ["id": 1, "token": .null]], ["endpoint": "show", "params": .null, "id": 1],
        ] as [JSONObject])
    func callsOfMetaToolsReachTheEndpoint(arguments: JSONObject) async throws {
        var outcome = try await perform(["meta_tool_mode": true])
        let result = try await outcome.call("call_notes", arguments)
        #expect(outcome.server.calls == [.init(name: "notes__show", arguments: ["id": 1])])
        #expect(result?.isError == false)
    }

    @Test(
        arguments: [
            ([:], "the call names no 'endpoint' of notes"),
            (["endpoint": "shw"], "notes has no endpoint 'shw'; did you mean 'show'?"),
            (["endpoint": "show", "params": 3], "'params' must be an object"),
        ] as [(JSONObject, String)])
    func aWrongCallOfAMetaToolIsToldWhatIsWrong(arguments: JSONObject, message: String) async throws {
        var outcome = try await perform(["meta_tool_mode": true])
        let result = try await outcome.call("call_notes", arguments)
        #expect(result?.structured == ["error": .string(message)])
        #expect(result?.isError == true)
        #expect(outcome.server.calls.isEmpty)
    }

    @Test func aSecondToolchainLeavesTheFirstOnesToolsAlone() async throws {
        let first = try await perform(["meta_tool_mode": true])
        let library = ScriptedTools([Office.tool("borrow")])
        var outcome = try await perform(server: library, client: "library") { episode in
            episode.world = first.episode.world
            episode.tools = first.episode.tools
        }
        #expect(outcome.names == first.names + ["borrow"])
        _ = try await outcome.call("call_notes", ["endpoint": "show", "id": 1])
        _ = try await outcome.call("borrow")
        #expect(first.server.calls.map(\.name) == ["notes__show"])
        #expect(library.calls.map(\.name) == ["borrow"])
    }

    @Test func anEndpointWithoutRoomInTheDocumentationIsNotOffered() async throws {
        let json: JSONObject = [
            "meta_tool_mode": true, "tool_doc_max_endpoints": 1, "tool_doc_allowed_apps": ["notes"],
        ]
        var outcome = try await perform(json)
        #expect(outcome.names == ["call_notes", "clock"])
        #expect(try await outcome.call("call_notes", ["endpoint": "show"])?.isError == true)
        #expect(try await outcome.call("call_notes", ["endpoint": "create"])?.isError == false)
    }
}

@Suite struct ToolReplyTests {
    private static func text(_ texts: String..., isError: Bool = false) -> ToolReply {
        ToolReply(content: texts.map { ["type": "text", "text": .string($0)] }, isError: isError)
    }

    @Test(arguments: [
        (ToolReply(structured: ["a": 1], content: [["type": "text", "text": "b"]]), #"{"a":1}"#),
        (text(#"{"response": {"x": 1}}"#), #"{"response":{"x":1}}"#),
        (text("it is late"), #"{"response":{"message":"it is late"}}"#),
        (text(#"{"x": 1}"#), #"{"response":{"message":"{\"x\": 1}"}}"#),
        (text("'nope'", isError: true), #"{"response":{"message":"'nope'","is_error":true}}"#),
        (text("a", "b"), #"{"response":{"message":"a\nb"}}"#), (ToolReply(), #"{"response":{"message":""}}"#),
    ])
    func answersReadAsTheGuideSays(reply: ToolReply, text: String) {
        #expect(reply.result.text() == text)
    }
}
