import Evaluation
import JSON
import Testing

@testable import Tau

@Suite("τ-bench agents")
struct Tau1AgentTests {
    private func agent(_ strategy: Tau1AgentStrategy) -> Tau1Agent {
        let tool = ToolDefinition(name: "f", description: "official")
        return Tau1Agent(.init(strategy: strategy, tools: [tool]))
    }

    private func call(_ name: String, id: String = "1", _ arguments: JSONObject = [:]) -> ToolCall {
        ToolCall(id: id, name: name, arguments: arguments)
    }

    @Test("Of several calls the model sees its first again, with the text beside it")
    func firstCall() {
        var agent = agent(.toolCalling)
        agent.receive(.system("S"))
        let said = agent.accept(.assistant("Both:", toolCalls: [call("f"), call("f", id: "2")]))
        agent.receive(.tool(ToolResult(content: "r"), answering: call("f")))
        #expect(said.toolCalls == [call("f")])
        let view = agent.makeRequest().messages
        #expect(view.map(\.role) == [.system, .assistant, .tool])
        #expect(view[1].text == "Both:")
        #expect(view[1].toolCalls == [call("f")])
        #expect(view[2].name == "f")
        #expect(agent.makeRequest().toolChoice == nil)
    }

    @Test("A call of the tool 'respond', which there is not, speaks to the user")
    func inventedRespond() {
        var agent = agent(.toolCalling)
        let calls = [call("respond", ["content": "Hi"]), call("f", id: "2")]
        let said = agent.accept(.assistant(nil, toolCalls: calls))
        #expect(said.text == "Hi")
        #expect(said.toolCalls.isEmpty)
        #expect(agent.makeRequest().messages.last?.toolCalls == calls)
        let broken = agent.accept(.assistant(nil, toolCalls: [call("respond")]))
        #expect(broken.toolCalls.map(\.name) == ["respond"])
    }

    @Test(
        "Where actions are written, results are messages and no tools are offered",
        arguments: [Tau1AgentStrategy.act, .react])
    func writing(strategy: Tau1AgentStrategy) {
        var agent = agent(strategy)
        let text = "Action:\n{\"name\": \"f\", \"arguments\": {\"a\": 1}}"
        let said = agent.accept(.assistant(text))
        #expect(said.text == text)
        #expect(said.toolCalls.map(\.name) == ["f"])
        agent.receive(.tool(ToolResult(content: "r"), answering: said.toolCalls[0]))
        let request = agent.makeRequest()
        #expect(request.tools.isEmpty)
        #expect(request.messages.map(\.text) == [text, "API output: r"])
        #expect(request.messages.map(\.role) == [.assistant, .user])
        #expect(request.messages[0].toolCalls.isEmpty)
    }

    @Test("The configuration's wording of the tools is taken over, its other tools are not")
    func adoption() {
        var agent = agent(.toolCalling)
        agent.adopt(
            tools: [ToolDefinition(name: "f", description: "own"), ToolDefinition(name: "g")], samplingParameters: [:])
        #expect(agent.makeRequest().tools.map(\.name) == ["f"])
        #expect(agent.makeRequest().tools.first?.description == "own")
    }
}
