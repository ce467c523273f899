import Evaluation
import JSON
import Testing

@testable import Tau

@Suite("τ-bench rules")
struct Tau1RulesTests {
    private func rules(
        _ strategy: Tau1AgentStrategy = .toolCalling, maxTurns: Int = 30, opened: Bool = true
    ) -> Tau1Rules {
        var rules = Tau1Rules(
            maxTurns: maxTurns, terminatingTools: ["transfer_to_human_agents"], strategy: strategy)
        _ = rules.start(with: [])
        if opened { _ = rules.next(after: .message(.user("Hello."), from: .user)) }
        return rules
    }

    private func call(_ name: String) -> ToolCall { ToolCall(id: "1", name: name, arguments: [:]) }

    @Test("The user begins, and nothing in the first message ends the dialogue")
    func opening() {
        var rules = rules(opened: false)
        #expect(rules.start(with: []) == .ask(.user))
        #expect(rules.next(after: .message(.user("###STOP###"), from: .user)) == .ask(.agent))
    }

    @Test(
        "The stop token ends the dialogue anywhere in a later message, exactly as it is written",
        arguments: [
            ("###STOP###", true), ("Thanks, bye! ###STOP###", true), ("a###STOP###b", true), ("###stop###", false),
            ("STOP", false), ("### STOP ###", false), ("", false),
        ])
    func stopToken(text: String, ends: Bool) {
        var rules = rules()
        #expect(rules.next(after: .message(.assistant("What?"), from: .agent)) == .ask(.user))
        let action = rules.next(after: .message(.user(text), from: .user))
        #expect(action == (ends ? .finish(.userStop) : .ask(.agent)))
        #expect(rules.finalAnswer == "What?")
    }

    @Test("Only the first of several calls is run")
    func severalCalls() {
        var rules = rules()
        let calls = [call("a"), call("b")]
        let action = rules.next(after: .message(.assistant("So:", toolCalls: calls), from: .agent))
        #expect(action == .execute([calls[0]], by: .agent))
    }

    @Test("A terminating tool ends the dialogue, also when it reports an error", arguments: [false, true])
    func transfer(isError: Bool) {
        var rules = rules()
        _ = rules.next(
            after: .message(.assistant(nil, toolCalls: [call("transfer_to_human_agents")]), from: .agent))
        let result = ToolResult(content: "x", isError: isError)
        #expect(rules.next(after: .results([result], for: .agent)) == .finish(.transfer))
        #expect(Termination.transfer.isDoneInTau1)
    }

    @Test("An exception that escapes the environment ends the dialogue as the agent's failure")
    func abortion() {
        var rules = rules()
        _ = rules.next(after: .message(.assistant(nil, toolCalls: [call("a")]), from: .agent))
        #expect(rules.next(after: .results([.endingRun("boom")], for: .agent)) == .finish(.agentError))
    }

    @Test("The last turn is played to its end: its call is run, its words are answered")
    func lastTurn() {
        var calling = rules(maxTurns: 1)
        let action = calling.next(after: .message(.assistant(nil, toolCalls: [call("a")]), from: .agent))
        #expect(action == .execute([call("a")], by: .agent))
        #expect(calling.next(after: .results([ToolResult(content: "")], for: .agent)) == .finish(.maxTurns))
        var speaking = rules(maxTurns: 1)
        #expect(speaking.next(after: .message(.assistant("x"), from: .agent)) == .ask(.user))
        #expect(speaking.next(after: .message(.user("y"), from: .user)) == .finish(.maxTurns))
        var stopped = rules(maxTurns: 1)
        _ = stopped.next(after: .message(.assistant("x"), from: .agent))
        #expect(stopped.next(after: .message(.user("###STOP###"), from: .user)) == .finish(.userStop))
    }

    @Test(
        "A written action that cannot be used is the agent's failure",
        arguments: [
            "Action:\n{\"name\": \"a\"}", "Action:\n[]", "Action:\n3", "{\"name\": 1, \"arguments\": {}}",
            "{\"name\": \"a\", \"arguments\": \"b\"}", "{\"name\": \"respond\", \"arguments\": {}}",
            "{\"name\": \"respond\", \"arguments\": {\"content\": 3}}",
        ])
    func unusable(text: String) {
        var rules = rules(.act)
        #expect(rules.next(after: .message(.assistant(text), from: .agent)) == .finish(.agentError))
    }

    @Test("A model that breaks its protocol fails the agent; a provider or a user's model does not")
    func failures() {
        var rules = rules()
        let broken = EvaluationError(.modelMalformedToolCall, "x", cause: .model)
        #expect(rules.next(afterFailureOf: .agent, broken) == .finish(.agentError))
        let long = EvaluationError(.contextWindowExceeded, "x", cause: .model)
        #expect(rules.next(afterFailureOf: .agent, long) == .finish(.contextWindowExceeded))
        #expect(rules.next(afterFailureOf: .user, long) == nil)
        #expect(rules.next(afterFailureOf: .agent, EvaluationError(.providerFailed, "x", cause: .provider)) == nil)
    }

    @Test("Used-up time ends the dialogue")
    func time() {
        var rules = rules()
        #expect(rules.next(after: .timeExpired) == .finish(.timeout))
        #expect(!Termination.timeout.isDoneInTau1)
    }
}
