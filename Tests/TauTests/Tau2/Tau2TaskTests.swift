import Evaluation
import JSON
import Testing

@testable import Tau

@Suite("tau2 tasks")
struct Tau2TaskTests {
    @Test("A scenario is written as Python's str writes it, blank lines without a tab")
    func scenarioText() {
        let structured = Tau2UserScenario.Structured(
            domain: "retail", reasonForCall: "One.\n\nTwo.", knownInfo: "Ann.", unknownInfo: nil,
            taskInstructions: "Be\rbrief.")
        let scenario = Tau2UserScenario(persona: "Calm.", instructions: .structured(structured))
        #expect(
            scenario.text == """
                Persona:
                \tCalm.
                Instructions:
                \tDomain: retail
                \tReason for call:
                \t\tOne.

                \t\tTwo.
                \tKnown info:
                \t\tAnn.
                \tTask instructions:
                \t\tBe\r\t\tbrief.
                """)
        #expect(
            Tau2UserScenario(persona: nil, instructions: .text("Go.\nNow.")).text == "Instructions:\n\tGo.\n\tNow.")
    }

    @Test("A task comes back from its official shape as it was, unknown keys left out")
    func roundTrip() throws {
        let json: JSONValue = [
            "id": "7", "annotations": [1], "user_scenario": ["instructions": "Go."],
            "initial_state": [
                "initialization_data": ["agent_data": ["tasks": [:]]],
                "initialization_actions": [["env_type": "user", "func_name": "f", "arguments": ["x": 1]]],
                "message_history": [["role": "user", "content": "Hello"]],
            ],
            "evaluation_criteria": ["actions": [], "reward_basis": ["ACTION"]],
        ]
        let task = try Tau2Task(json: json)
        #expect(task.evaluationCriteria?.rewardBasis == [.action])
        #expect(task.evaluationCriteria?.environmentAssertions == nil)
        #expect(task.initialState?.initializationActions?.first?.environment == .user)
        #expect(try Tau2Task(json: task.json) == task)
        #expect(task.json["annotations"] == nil)
    }

    @Test("Criteria without a basis count the database and what was said")
    func defaultBasis() throws {
        let task = try Tau2Task(
            json: ["id": "1", "user_scenario": ["instructions": ""], "evaluation_criteria": [:]])
        #expect(task.evaluationCriteria?.rewardBasis == [.database, .communicate])
    }

    @Test(
        "A broken task is refused with its name and the key",
        arguments: [
            (#"{"user_scenario": {"instructions": "x"}}"#, "id"),
            (#"{"id": "a"}"#, "user_scenario"),
            (#"{"id": "a", "user_scenario": {"instructions": {"domain": "d"}}}"#, "reason_for_call"),
            (
                #"{"id": "a", "user_scenario": {"instructions": "x"}, "evaluation_criteria": {"reward_basis": ["LUCK"]}}"#,
                "LUCK"
            ),
            (
                #"{"id": "a", "user_scenario": {"instructions": "x"}, "evaluation_criteria": {"actions": [{"name": "f"}]}}"#,
                "action_id"
            ),
        ])
    func brokenTasks(text: String, named: String) throws {
        let json = try JSONValue.parse(text)
        let error = #expect(throws: EvaluationError.self) { try Tau2Task(json: json) }
        #expect(error?.message.contains(named) == true)
        #expect(error?.cause == .task)
    }

    @Test("An expected action is spelt out as a call in Python's words")
    func actionText() throws {
        let action = try Tau2Action(
            json: [
                "action_id": "1", "name": "f",
                "arguments": ["a": "x y", "b": 1.50, "c": [true, nil, "z"]],
            ], owner: "a test")
        #expect(action.callText == "f(a=x y, b=1.5, c=[True, None, 'z'])")
        let prompt = Tau2Prompts.groundTruthAgent(policy: "P", actions: [action])
        #expect(
            prompt.contains("<policy>\nP\n</policy>\n<resolution_steps>\n[Step 1] Perform the following action: f("))
    }

    @Test(
        "Lower case is Python's",
        arguments: [("ÄB", "äb"), ("ΟΔΟΣ", "οδος"), ("ΣΑΣ.", "σας."), ("İ", "i\u{307}"), ("Σ", "σ")])
    func lowerCase(text: String, expected: String) {
        #expect(Array(text.lowercasedLikePython().unicodeScalars) == Array(expected.unicodeScalars))
    }
}
