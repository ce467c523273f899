import Evaluation
import JSON
import Testing

@testable import Tau

@Suite("tau2 dialogue rules")
struct Tau2RulesTests {
    private let greeting = Trajectory.Entry(.assistant("Hi!"), by: .agent)
    private let call = ToolCall(id: "1", name: "get_users", arguments: [:])

    private func rules(_ adjust: (inout Tau2Rules.Limits) -> Void = { _ in }, isSolo: Bool = false) -> Tau2Rules {
        var limits = Tau2Rules.Limits()
        adjust(&limits)
        return Tau2Rules(limits: limits, isSolo: isSolo)
    }

    private func says(_ text: String?, calls: [ToolCall] = [], by participant: Participant) -> DialogueEvent {
        let role: Message.Role = participant == .user ? .user : .assistant
        let content = text.map(Message.Content.text) ?? .empty
        return .message(Message(role: role, content: content, toolCalls: calls), from: participant)
    }

    private func results(_ count: Int = 1, failing: Int = 0, for participant: Participant) -> DialogueEvent {
        let results = (0..<count).map { ToolResult(content: "", isError: $0 < failing) }
        return .results(results, for: participant)
    }

    @Test("The agent's greeting opens, the user answers, the agent calls and answers, the user stops")
    func ordinaryDialogue() {
        var rules = rules()
        #expect(rules.start(with: [greeting]) == .ask(.user))
        #expect(rules.next(after: says("Please", by: .user)) == .ask(.agent))
        #expect(rules.next(after: says(nil, calls: [call], by: .agent)) == .execute([call], by: .agent))
        #expect(rules.next(after: results(for: .agent)) == .ask(.agent))
        #expect(rules.next(after: says("Done.", by: .agent)) == .ask(.user))
        #expect(rules.next(after: says("Bye ###STOP###", by: .user)) == .finish(.userStop))
        #expect(rules.stepCount == 5)
        #expect(rules.finalAnswer == "Done.")
    }

    @Test(
        "Only the exact stop words of a user's text end a dialogue",
        arguments: [
            ("###STOP###", true), ("well ###TRANSFER### then", true), ("###OUT-OF-SCOPE###", true),
            ("###stop###", false),
            ("STOP", false), ("###STOP ###", false),
        ])
    func stopWords(text: String, ends: Bool) {
        var rules = rules()
        _ = rules.start(with: [greeting])
        #expect(rules.next(after: says(text, by: .user)) == (ends ? .finish(.userStop) : .ask(.agent)))
    }

    @Test("A stop word beside a user's call, or from an agent with a user, ends nothing")
    func ignoredStopWords() {
        var rules = rules()
        _ = rules.start(with: [greeting])
        #expect(rules.next(after: says("###STOP###", calls: [call], by: .user)) == .execute([call], by: .user))
        #expect(rules.next(after: results(for: .user)) == .ask(.user))
        #expect(rules.next(after: says("now", by: .user)) == .ask(.agent))
        #expect(rules.next(after: says("###STOP###", by: .agent)) == .ask(.user))
    }

    @Test("The limit of steps is overshot while calls wait, and takes the place of a stop in the same step")
    func stepLimit() {
        var overshooting = rules { $0.maxSteps = 2 }
        _ = overshooting.start(with: [greeting])
        _ = overshooting.next(after: says("Please", by: .user))
        #expect(overshooting.next(after: says(nil, calls: [call], by: .agent)) == .execute([call], by: .agent))
        #expect(overshooting.next(after: results(for: .agent)) == .finish(.maxSteps))
        #expect(overshooting.stepCount == 3)

        var stopping = rules { $0.maxSteps = 1 }
        _ = stopping.start(with: [greeting])
        #expect(stopping.next(after: says("###STOP###", by: .user)) == .finish(.maxSteps))
    }

    @Test("Errors add up over the dialogue and win over the limit of steps")
    func errorLimit() {
        var rules = rules {
            $0.maxErrors = 3
            $0.maxSteps = 5
        }
        _ = rules.start(with: [greeting])
        _ = rules.next(after: says("Please", by: .user))
        _ = rules.next(after: says(nil, calls: [call, call], by: .agent))
        #expect(rules.next(after: results(2, failing: 2, for: .agent)) == .ask(.agent))
        _ = rules.next(after: says(nil, calls: [call], by: .agent))
        #expect(rules.next(after: results(1, failing: 1, for: .agent)) == .finish(.tooManyErrors))
        #expect(rules.errorCount == 3)
    }

    @Test("Time that is up lets waiting calls run, and loses to the other ends")
    func timeLimit() {
        var waiting = rules()
        _ = waiting.start(with: [greeting])
        _ = waiting.next(after: says("Please", by: .user))
        _ = waiting.next(after: says(nil, calls: [call], by: .agent))
        #expect(waiting.next(after: .timeExpired) == .execute([call], by: .agent))
        #expect(waiting.next(after: results(for: .agent)) == .finish(.timeout))

        var asking = rules()
        _ = asking.start(with: [greeting])
        _ = asking.next(after: says("Please", by: .user))
        #expect(asking.next(after: .timeExpired) == .finish(.timeout))

        var early = rules()
        _ = early.start(with: [greeting])
        #expect(early.next(after: .timeExpired) == .ask(.user))
        #expect(early.next(after: says("Please", by: .user)) == .finish(.timeout))

        var failing = rules { $0.maxErrors = 1 }
        _ = failing.start(with: [greeting])
        _ = failing.next(after: says(nil, calls: [call], by: .user))
        _ = failing.next(after: .timeExpired)
        #expect(failing.next(after: results(1, failing: 1, for: .user)) == .finish(.tooManyErrors))
    }

    @Test("A broken protocol ends the dialogue only where it is enforced", arguments: [false, true])
    func protocolBreach(isEnforced: Bool) {
        var rules = rules { $0.enforcesProtocol = isEnforced }
        _ = rules.start(with: [greeting])
        let mixed = rules.next(after: says("and", calls: [call], by: .user))
        #expect(mixed == (isEnforced ? .finish(.userError) : .execute([call], by: .user)))

        var agents = self.rules { $0.enforcesProtocol = isEnforced }
        _ = agents.start(with: [greeting])
        _ = agents.next(after: says("Please", by: .user))
        let spoken = agents.next(after: says("and", calls: [call], by: .agent))
        #expect(spoken == (isEnforced ? .finish(.agentError) : .execute([call], by: .agent)))
    }

    @Test("An agent that works alone begins, and its first message is no step")
    func soloDialogue() {
        var rules = rules(isSolo: true)
        #expect(rules.start(with: []) == .ask(.agent))
        #expect(rules.next(after: says(nil, calls: [call], by: .agent)) == .execute([call], by: .agent))
        #expect(rules.stepCount == 0)
        #expect(rules.next(after: results(for: .agent)) == .ask(.agent))
        #expect(rules.next(after: says("###STOP###", by: .agent)) == .finish(.agentStop))
        #expect(rules.stepCount == 2)
    }

    @Test("A text without a stop word is the error of an agent that works alone")
    func soloText() {
        var first = rules(isSolo: true)
        _ = first.start(with: [])
        #expect(first.next(after: says("hello", by: .agent)) == .finish(.agentError))

        var later = rules(isSolo: true)
        _ = later.start(with: [])
        _ = later.next(after: says(nil, calls: [call], by: .agent))
        _ = later.next(after: results(for: .agent))
        #expect(later.next(after: says("hello", by: .agent)) == .finish(.agentError))
    }

    @Test("A history gives the floor to whom its last message is for")
    func histories() {
        let request = Trajectory.Entry(.user("Please"), by: .user)
        let called = Trajectory.Entry(.assistant(nil, toolCalls: [call]), by: .agent)
        let result = ToolResult(content: "[]")
        let forAgent = Trajectory.Entry(.tool(result, answering: call), by: .environment, requester: .agent)
        let forUser = Trajectory.Entry(.tool(result, answering: call), by: .environment, requester: .user)
        let over = Trajectory.Entry(.user("###STOP###"), by: .user)
        let table: [([Trajectory.Entry], DialogueAction)] = [
            ([request], .ask(.agent)), ([request, greeting], .ask(.user)), ([request, called, forAgent], .ask(.agent)),
            ([request, forUser], .ask(.user)), ([greeting, over], .finish(.userStop)),
        ]
        for (opening, expected) in table {
            var rules = rules()
            #expect(rules.start(with: opening) == expected)
            #expect(rules.stepCount == 0)
        }
    }
}
