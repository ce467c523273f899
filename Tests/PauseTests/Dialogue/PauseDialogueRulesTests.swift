import Evaluation
import JSON
import Testing

@testable import Pause

@Suite("The rules of a PAUSE dialogue")
struct PauseDialogueRulesTests {
    private static let call = ToolCall(id: "1", name: "get_wallet", arguments: [:])

    @Test func theUserAnswersTheGreetingAndThenTheAssistantSpeaks() {
        var rules = PauseDialogueRules()
        #expect(rules.start(with: []) == .ask(.user))
        #expect(rules.next(after: .message(.user("Hello"), from: .user)) == .ask(.agent))
        #expect(rules.next(after: .message(.assistant("Hi"), from: .agent)) == .ask(.user))
        #expect(rules.finalAnswer == "Hi")
    }

    @Test(arguments: ["Thanks. ###STOP###", "###TERMINATE###"])
    func aStopTokenOfTheUserEndsTheDialogue(text: String) {
        var rules = PauseDialogueRules()
        _ = rules.start(with: [])
        #expect(rules.next(after: .message(.user(text), from: .user)) == .finish(.userStop))
    }

    @Test func aStopTokenOfTheAssistantEndsNothing() {
        var rules = PauseDialogueRules()
        #expect(rules.next(after: .message(.assistant("###STOP###"), from: .agent)) == .ask(.user))
    }

    @Test func callsOfOneMessageAreRunOneByOneAndTheAssistantGoesOn() {
        var rules = PauseDialogueRules()
        let second = ToolCall(id: "2", name: "get_cart", arguments: [:])
        let message = Message.assistant(nil, toolCalls: [Self.call, second])
        #expect(rules.next(after: .message(message, from: .agent)) == .execute([Self.call], by: .agent))
        let result = ToolResult(content: "{}")
        #expect(rules.next(after: .results([result], for: .agent)) == .execute([second], by: .agent))
        #expect(rules.next(after: .results([result], for: .agent)) == .ask(.agent))
        #expect(rules.remark() == nil)
    }

    @Test(arguments: [
        (#"{"ok":true}"#, "I have called top_up_wallet, authorize_checkout. Please continue."),
        (
            #"{"error":{"code":"INSUFFICIENT_BALANCE"}}"#,
            "I have called top_up_wallet, authorize_checkout. Balance is insufficient."
        ),
    ])
    func afterToolsOfTheUserTheAssistantIsToldInItsName(answer: String, remark: String) {
        var rules = PauseDialogueRules()
        let calls = ["top_up_wallet", "authorize_checkout"].map { ToolCall(id: $0, name: $0, arguments: [:]) }
        let message = Message(role: .user, content: .empty, toolCalls: calls)
        #expect(rules.next(after: .message(message, from: .user)) == .execute([calls[0]], by: .user))
        #expect(rules.next(after: .results([.init(content: "{}")], for: .user)) == .execute([calls[1]], by: .user))
        #expect(rules.next(after: .results([.init(content: answer)], for: .user)) == .ask(.agent))
        #expect(rules.remark() == .user(remark))
        #expect(rules.remark() == nil, "it is said once")
    }

    @Test func aToolThatRaisesEndsTheTrajectoryBeforeTheNextCall() {
        var rules = PauseDialogueRules()
        _ = rules.next(after: .message(.assistant(nil, toolCalls: [Self.call, Self.call]), from: .agent))
        let result = ToolResult(content: "{}", isError: true).endingTrajectory("assistant_tool_error:get_wallet")
        #expect(
            rules.next(after: .results([result], for: .agent))
                == .finish(Termination("assistant_tool_error:get_wallet")))
    }

    // MARK: Limits

    @Test(arguments: [1, 3, 12]) func aDialogueHasSoManyRounds(limit: Int) {
        var limits = PauseDialogueRules.Limits()
        limits.rounds = limit
        limits.events = 10_000
        var rules = PauseDialogueRules(limits: limits)
        _ = rules.next(after: .message(.user("first"), from: .user))
        for round in 1...limit {
            #expect(rules.next(after: .message(.assistant("text"), from: .agent)) == .ask(.user))
            let action = rules.next(after: .message(.user("more"), from: .user))
            #expect(action == (round < limit ? .ask(.agent) : .finish(Termination("max_rounds_exceeded"))))
        }
    }

    @Test func anAssistantThatOnlyCallsToolsIsCutOffAtItsForty() {
        var limits = PauseDialogueRules.Limits()
        limits.events = 10_000
        var rules = PauseDialogueRules(limits: limits)
        let message = Message.assistant(nil, toolCalls: [Self.call])
        for _ in 1...40 {
            #expect(rules.next(after: .message(message, from: .agent)) == .execute([Self.call], by: .agent))
            #expect(rules.next(after: .results([.init(content: "{}")], for: .agent)) == .ask(.agent))
        }
        #expect(
            rules.next(after: .message(message, from: .agent)) == .finish(Termination("max_tool_hops_exceeded")))
    }

    @Test func aTextOfTheAssistantBeginsTheCountOfItsToolsAnew() {
        var limits = PauseDialogueRules.Limits()
        limits.toolHops = 1
        var rules = PauseDialogueRules(limits: limits)
        for _ in 1...3 {
            _ = rules.next(after: .message(.assistant(nil, toolCalls: [Self.call]), from: .agent))
            #expect(rules.next(after: .results([.init(content: "{}")], for: .agent)) == .ask(.agent))
            #expect(rules.next(after: .message(.assistant("so"), from: .agent)) == .ask(.user))
            #expect(rules.next(after: .message(.user("and"), from: .user)) == .ask(.agent))
        }
    }

    @Test func aLogHasAHundredEntriesTheGreetingIncluded() {
        var limits = PauseDialogueRules.Limits()
        limits.rounds = 10_000
        var rules = PauseDialogueRules(limits: limits)
        var entries = 1
        var action = DialogueAction.ask(.user)
        while case .ask(let participant) = action {
            let message: Message = participant == .user ? .user("u") : .assistant("a")
            action = rules.next(after: .message(message, from: participant))
            entries += 1
            if entries > 200 { break }
        }
        #expect(action == .finish(Termination("max_full_messages_exceeded")))
        #expect(entries == 101)
    }

    // MARK: Failures

    @Test func aUserWhoCannotKeepToTheRoleEndsTheDialogueWithTheReason() {
        var rules = PauseDialogueRules()
        let error = EvaluationError(.pauseUserInvalid, "invents data", cause: .provider)
        #expect(
            rules.next(afterFailureOf: .user, error) == .finish(Termination("user_invalid:invents data")))
    }

    @Test func aProvidersFailureEndsTheEpisodeAndIsNoVerdict() {
        var rules = PauseDialogueRules()
        let error = EvaluationError(.providerFailed, "down", cause: .provider)
        #expect(rules.next(afterFailureOf: .agent, error) == nil)
        #expect(rules.next(afterFailureOf: .user, error) == nil)
    }

    @Test func anAssistantThatBreaksItsProtocolHasFailedAtTheTask() {
        var rules = PauseDialogueRules()
        let error = EvaluationError(.modelEmptyReply, "nothing", cause: .model)
        #expect(
            rules.next(afterFailureOf: .agent, error)
                == .finish(Termination("assistant_error:model.empty_reply")))
    }
}
