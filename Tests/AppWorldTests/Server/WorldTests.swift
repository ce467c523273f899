import Evaluation
import GageTesting
import JSON
import Testing
import Transport

@testable import AppWorld

@Suite("Worlds against a server")
struct WorldTests {
    /// Answers every call with the same result.
    private struct FixedWorld: World {
        var result: ToolResult

        func tools(for participant: Participant) -> [ToolDefinition] { [] }

        mutating func execute(_ call: ToolCall, by participant: Participant) async throws -> ToolResult { result }
    }

    private func server(_ stub: StubAppWorld) -> EnvironmentServer {
        EnvironmentServer(client: HTTPClient(), addresses: .init(environment: stub.url))
    }

    @Test("The agent is done when the environment says so, not when a call looks like it")
    func completion() async throws {
        let cases: [(String, JSONObject, Bool, Bool, String?)] = [
            ("supervisor__complete_task", ["answer": "seven"], false, true, "seven"),
            ("supervisor__complete_task", ["answer": 7], false, true, "7"),
            ("supervisor__complete_task", [:], false, true, ""),
            ("supervisor__complete_task", ["answer": nil], false, true, ""),
            ("supervisor__complete_task", ["status": "done"], false, false, nil),
            ("supervisor__complete_task", [:], true, true, nil),
            ("call_supervisor", ["endpoint": "complete_task", "params": ["answer": "x"]], false, true, "x"),
            ("call_supervisor", ["api_name": "complete_task", "endpoint_params": ["answer": "x"]], false, true, "x"),
            ("call_supervisor", ["endpoint": "show_profile"], false, true, nil),
            ("notes__create_note", ["answer": "x"], false, true, nil),
        ]
        for (name, arguments, isError, isCompleted, answer) in cases {
            let stub = try StubAppWorld { _, _ in .output(.bool(isCompleted)) }
            defer { stub.stop() }
            var world = CompletionWorld(
                base: FixedWorld(result: ToolResult(content: "{}", isError: isError)), server: server(stub), task: "a_1"
            )
            let call = ToolCall(id: "1", name: name, arguments: arguments)
            let result = try await world.execute(call, by: .agent)
            #expect(result.finalAnswer == answer, "\(name) \(arguments)")
        }
    }

    @Test("A program's output is shown, and completing ends the dialogue")
    func programs() async throws {
        let stub = try StubAppWorld { question, number in
            question.name == "execute" ? .output("Execution failed. Traceback:\nx") : .output(.bool(number > 2))
        }
        defer { stub.stop() }
        var world = CodeWorld(server: server(stub), task: "a_1")
        let call = ToolCall(id: "1", name: CodeWorld.tool, arguments: ["code": "x"])
        let first = try await world.execute(call, by: .agent)
        #expect(first.isError && first.finalAnswer == nil && first.content.hasPrefix("Execution failed."))
        #expect(stub.questions[0] == .init(name: "execute", body: ["task_id": "a_1", "code": "x"]))
        let second = try await world.execute(call, by: .agent)
        #expect(!second.isError && second.finalAnswer == "")
    }

    @Test("An agent of programs sees text only, and its programs are calls in the trajectory")
    func agent() async throws {
        let model = ScriptedModel { request, call in
            .text(call.index == 0 ? "Look:\n```python\nprint(1)\n```\nOutput: 2" : "I forgot the program.")
        }
        var at = try EpisodeAt(sandbox: nil)
        at.scope.adapter = AdapterBinding(id: "agent", role: .dutAgent, model: model)
        var agent = CodeAgent(outputLimit: 100)
        agent.adopt(tools: [ToolDefinition(name: "execute")], samplingParameters: ["temperature": 0])
        agent.receive(.system("Be good."))
        agent.receive(.user("Do it."))
        let first = try await agent.reply(in: at.scope)
        let call = try #require(first.message.toolCalls.first)
        #expect(call.arguments == ["code": "print(1)"])
        agent.receive(.tool(ToolResult(content: "1\n"), answering: call))
        let second = try await agent.reply(in: at.scope)
        #expect(second.message.toolCalls.first?.arguments == ["code": ""])
        let asked = try #require(model.calls.last?.request)
        #expect(asked.tools.isEmpty)
        #expect(asked.parameters == ["temperature": 0])
        #expect(asked.messages.map(\.role) == [.system, .user, .assistant, .user])
        #expect(asked.messages[2].text == "Look:\n```python\nprint(1)\n```")
        #expect(asked.messages[3].text == "Output:\n```\n1\n```")
        #expect(asked.messages.allSatisfy { $0.toolCalls.isEmpty })
    }

    @Test("A long output is cut in the middle")
    func longOutput() async throws {
        let model = ScriptedModel("no program")
        var at = try EpisodeAt(sandbox: nil)
        at.scope.adapter = AdapterBinding(id: "agent", role: .dutAgent, model: model)
        var agent = CodeAgent(outputLimit: 100)
        let call = ToolCall(id: "1", name: "execute", arguments: [:])
        agent.receive(.tool(ToolResult(content: String(repeating: "a", count: 1000)), answering: call))
        _ = try await agent.reply(in: at.scope)
        let text = try #require(model.calls.last?.request.messages[0].text)
        #expect(text.contains("900 characters left out"))
        #expect(text.count < 200)
    }
}
