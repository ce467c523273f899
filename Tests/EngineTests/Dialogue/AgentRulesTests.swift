import Engine
import Evaluation
import JSON
import Testing

@Suite("Rules of an agent that works alone")
struct AgentRulesTests {
    static let submit = ToolDefinition(
        name: "submit", extensions: ["final_answer_from": ["patch", "stdout"]])
    static let call = ToolCall(id: "c1", name: "submit", arguments: [:])

    private func rules(maxTurns: Int = 3) -> AgentRules {
        AgentRules(maxTurns: maxTurns, tools: [Self.submit, ToolDefinition(name: "look")])
    }

    @Test func textWithoutCallsIsTheFinalAnswer() {
        var rules = rules()
        #expect(rules.start(with: []) == .ask(.agent))
        #expect(rules.next(after: .message(.assistant("42"), from: .agent)) == .finish(.finalAnswer))
        #expect(rules.finalAnswer == "42")
    }

    @Test(arguments: [
        (#"{"stdout": "diff"}"#, "diff"), (#"{"patch": "p", "stdout": "s"}"#, "p"),
        (#"{"output": {"stdout": "inner"}}"#, "inner"),
    ])
    func aFinalAnswerToolEndsTheDialogue(result: String, answer: String) {
        var rules = rules()
        #expect(
            rules.next(after: .message(.assistant(nil, toolCalls: [Self.call]), from: .agent))
                == .execute([Self.call], by: .agent))
        let action = rules.next(after: .results([ToolResult(content: result)], for: .agent))
        #expect(action == .finish(.finalAnswer))
        #expect(rules.finalAnswer == answer)
    }

    @Test(arguments: [#"{"stdout": "  "}"#, #"{"other": "x"}"#, "not json", "[]"])
    func aResultWithoutTheKeyGoesOn(result: String) {
        var rules = rules()
        _ = rules.next(after: .message(.assistant(nil, toolCalls: [Self.call]), from: .agent))
        #expect(rules.next(after: .results([ToolResult(content: result)], for: .agent)) == .ask(.agent))
    }

    @Test func aFailedFinalAnswerToolGoesOn() {
        var rules = rules()
        _ = rules.next(after: .message(.assistant(nil, toolCalls: [Self.call]), from: .agent))
        let failed = ToolResult(content: #"{"stdout": "x"}"#, isError: true)
        #expect(rules.next(after: .results([failed], for: .agent)) == .ask(.agent))
        #expect(rules.finalAnswer == nil)
    }

    @Test func turnsRunOut() {
        var rules = rules(maxTurns: 1)
        let look = ToolCall(id: "c", name: "look", arguments: [:])
        _ = rules.next(after: .message(.assistant(nil, toolCalls: [look]), from: .agent))
        #expect(rules.next(after: .results([ToolResult(content: "ok")], for: .agent)) == .finish(.maxTurns))
    }

    @Test func timeRunsOut() {
        var rules = rules()
        #expect(rules.next(after: .timeExpired) == .finish(.timeout))
    }

    @Test(arguments: [
        (Cause.model, EvaluationError.Code.modelMalformedToolCall, DialogueAction?.some(.finish(.agentError))),
        (.model, .contextWindowExceeded, .finish(.contextWindowExceeded)), (.provider, .providerTimeout, nil),
    ])
    func whoFailedDecides(cause: Cause, code: EvaluationError.Code, action: DialogueAction?) {
        var rules = rules()
        #expect(rules.next(afterFailureOf: .agent, EvaluationError(code, "x", cause: cause)) == action)
    }

    @Test func theAgentIsToldWhenFewTurnsAreLeft() {
        var rules = AgentRules(
            maxTurns: 3, tools: [], remarks: AgentRules.Remarks(turnNotices: [2, 1], nudge: nil))
        let look = ToolCall(id: "c", name: "look", arguments: [:])
        #expect(rules.remark() == nil)
        for left in [2, 1] {
            _ = rules.next(after: .message(.assistant(nil, toolCalls: [look]), from: .agent))
            _ = rules.next(after: .results([ToolResult(content: "ok")], for: .agent))
            #expect(rules.remark()?.text == "Turns left: \(left).")
        }
    }

    @Test func aReplyWithoutCallsIsNudgedOnce() {
        var rules = AgentRules(maxTurns: 5, tools: [], remarks: AgentRules.Remarks(nudge: "Submit."))
        #expect(rules.next(after: .message(.assistant("done"), from: .agent)) == .ask(.agent))
        #expect(rules.remark()?.text == "Submit.")
        #expect(rules.remark() == nil)
        #expect(rules.next(after: .message(.assistant("done"), from: .agent)) == .finish(.finalAnswer))
        #expect(rules.finalAnswer == "done")
    }
}
