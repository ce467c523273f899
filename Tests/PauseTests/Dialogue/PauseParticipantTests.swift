import Evaluation
import GageTesting
import JSON
import Testing

@testable import Pause

@Suite("The participants of a PAUSE dialogue")
struct PauseParticipantTests {
    private static let userTool = ToolDefinition(name: "top_up_wallet")

    // MARK: One of text and calls

    @Test func aTurnWithTextAndCallsIsItsCalls() throws {
        let call = ToolCall(id: "1", name: "get_wallet", arguments: [:])
        let message = try Message.assistant("Let me look.", toolCalls: [call]).asOneOfTextAndCalls(of: "assistant")
        #expect(message.content == .empty)
        #expect(message.toolCalls == [call])
        #expect(throws: EvaluationError.self) { try Message.assistant(" ").asOneOfTextAndCalls(of: "assistant") }
    }

    // MARK: Discovery

    @Test func discoveredToolsAreOfferedFromTheNextCallOn() async throws {
        let model = ScriptedModel("text")
        var assistant = PauseModelAssistant(
            .init(model: model, tools: [ToolDefinition(name: "get_source_features")]))
        assistant.receive(.system("rules"))
        assistant.receive(.user("hello"))
        _ = try await assistant.reply(in: .pauseTest())
        let call = ToolCall(id: "1", name: "get_source_features", arguments: ["source_name": "fitbit"])
        let found = #"{"tools":[{"type":"function","function":{"name":"fitbit-get_intraday_steps","parameters":{}}}]}"#
        assistant.receive(.tool(ToolResult(content: found), answering: call))
        _ = try await assistant.reply(in: .pauseTest())
        #expect(
            model.calls.map { $0.request.tools.map(\.name) } == [
                ["get_source_features"], ["get_source_features", "fitbit-get_intraday_steps"],
            ])
    }

    @Test func aRefusedDiscoveryAndAnyOtherResultOfferNothing() {
        var toolbox = PauseToolbox([])
        let refusal = ToolResult(content: #"{"error":{"code":"PERMISSION_DENIED"}}"#)
        toolbox.learn(from: .tool(refusal, answering: .init(id: "1", name: "get_med_features", arguments: [:])))
        let tools = ToolResult(content: #"{"tools":[{"name":"x"}]}"#)
        toolbox.learn(from: .tool(tools, answering: .init(id: "1", name: "list_notes", arguments: [:])))
        #expect(toolbox.tools.isEmpty)
    }

    // MARK: Guidance

    @Test func guidanceReachesTheAssistantAlone() async throws {
        let model = ScriptedModel("text")
        var assistant = PauseModelAssistant(.init(model: model, tools: [], guidance: "take the right voucher"))
        assistant.receive(.system("rules"))
        _ = try await assistant.reply(in: .pauseTest())
        let told = try #require(model.calls.first?.request.messages.first?.text)
        #expect(told.contains("rules"))
        #expect(told.contains("take the right voucher"))
    }

    // MARK: The user

    @Test func aForeignToolOfTheUserBecomesAQuestion() throws {
        let user = PauseModelUser(
            .init(model: ScriptedModel(""), systemPrompt: "role", tools: [Self.userTool]), notes: PauseDialogueNotes())
        let foreign = ToolCall(id: "1", name: "prepare_order", arguments: [:])
        let message = try user.accept(.assistant(nil, toolCalls: [foreign]))
        #expect(message.toolCalls.isEmpty)
        #expect(message.text?.contains("top_up_wallet") == true)
        let own = ToolCall(id: "2", name: "top_up_wallet", arguments: [:])
        #expect(try user.accept(.assistant("and", toolCalls: [own])).toolCalls == [own])
    }

    @Test func theUserSeesTheRolesTurnedRoundAndNoCallsOfTheAssistant() async throws {
        let model = ScriptedModel("I want to order.")
        var user = PauseModelUser(
            .init(model: model, systemPrompt: "role", tools: []), notes: PauseDialogueNotes())
        user.receive(.assistant("Hello"))
        let entry = try await user.reply(in: .pauseTest())
        #expect(entry.speaker == .user)
        #expect(entry.message.role == .user)
        #expect(model.calls.first?.request.messages.map(\.role) == [.system, .user])
    }

    // MARK: The validator

    typealias Finding = PauseUserValidator.Finding

    @Test(arguments: [
        (Finding(isValid: true, reason: ""), 0, PauseUserValidator.Step.accept("t")),
        (Finding(isValid: false, reason: "r", rewrite: "better"), 0, .check("better")),
        (Finding(isValid: false, reason: "r", rewrite: "better"), 2, .refuse("r")),
        (Finding(isValid: false, reason: "r"), 0, .refuse("r")),
        (Finding(reply: "no json"), 0, .refuse("user_valid_parse_error")),
    ])
    func aTextIsPutRightUntilItIsValid(finding: Finding, look: Int, step: PauseUserValidator.Step) {
        #expect(PauseUserValidator.step(after: finding, on: "t", look: look, of: 3) == step)
    }

    @Test func aRewrittenTextIsWhatTheUserSaid() async throws {
        let validator = ScriptedModel { request, _ in
            let text = request.messages.last?.text ?? ""
            return text.contains("role kept")
                ? .text(#"{"valid": true}"#)
                : .text(#"{"valid": false, "reason": "invents", "rewrite_last_user_message": "role kept"}"#)
        }
        let notes = PauseDialogueNotes()
        var setup = PauseModelUser.Setup(model: ScriptedModel("invented"), systemPrompt: "role", tools: [])
        setup.validator = PauseUserValidator(model: validator, userPrompt: "role")
        var user = PauseModelUser(setup, notes: notes)
        let entry = try await user.reply(in: .pauseTest())
        #expect(entry.message.text == "role kept")
        #expect(notes.validations.count == 2)
    }

    @Test func threeFailuresOfTheUserAreReportedWithTheirReason() async throws {
        let validator = ScriptedModel(
            #"{"valid": false, "reason": "gives the plan away", "rewrite_last_user_message": "again"}"#)
        var setup = PauseModelUser.Setup(model: ScriptedModel("x"), systemPrompt: "role", tools: [])
        setup.validator = PauseUserValidator(model: validator, userPrompt: "role")
        var user = PauseModelUser(setup, notes: PauseDialogueNotes())
        let error = await #expect(throws: EvaluationError.self) { try await user.reply(in: .pauseTest()) }
        #expect(error?.code == .pauseUserInvalid)
        #expect(error?.message == "gives the plan away")
        #expect(validator.calls.count == 3)
    }

    // MARK: The scripted user

    @Test(arguments: [
        (
            #"Please call set_raw_data_permission({"allow":true})"#,
            [PauseToolRequest(name: "set_raw_data_permission", arguments: ["allow": true])]
        ),
        (
            "Could you run `authorize_checkout` for txn_12ab34cd?",
            [PauseToolRequest(name: "authorize_checkout", arguments: ["transaction_id": "txn_12ab34cd"])]
        ),
        (
            "The total is 31.205 and your balance is 3.00. Please use top_up_wallet for the rest.",
            [PauseToolRequest(name: "top_up_wallet", arguments: ["amount": 28.21])]
        ),
        (
            "Please connect garmin_connect with update_source, then set_user_notes_permission.",
            [
                PauseToolRequest(name: "update_source", arguments: ["source_name": "garmin_connect", "allow": true]),
                PauseToolRequest(name: "set_user_notes_permission", arguments: ["allow": true]),
            ]
        ),
        ("You slept well.", []),
    ])
    func requestsAreReadOffAText(text: String, requests: [PauseToolRequest]) {
        #expect(PauseToolRequest.all(in: text) == requests)
    }

    @Test func aScriptedUserStopsWhenNothingIsAskedAndLosesPatienceWithQuestions() {
        var habits = PauseRuleUserHabits(task: PauseTestLog.task(targets: 1))
        guard case .say(let first) = habits.answer(to: "Do you want a VIP membership?") else {
            Issue.record("the user should speak")
            return
        }
        #expect(first.contains("one month"))
        for _ in 0..<2 { _ = habits.answer(to: "Which day?") }
        #expect(habits.answer(to: "Which day?") == habits.answer(to: "Done."))
        guard case .say(let last) = habits.answer(to: "Done.") else { return }
        #expect(last.contains("###STOP###"))
    }
}
