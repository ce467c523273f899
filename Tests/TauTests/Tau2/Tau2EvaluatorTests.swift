import Evaluation
import JSON
import Testing

@testable import Tau

@Suite("tau2 grader")
struct Tau2EvaluatorTests {
    private func action(_ arguments: JSONObject, compared: [String]? = nil) -> Tau2Action {
        Tau2Action(
            id: "a", requestor: .assistant, name: "f", arguments: arguments, info: nil, comparedArguments: compared)
    }

    @Test(
        "Actions match by the arguments of the call, or by those that the task names",
        arguments: [
            (["x": 1], nil, ["x": 1.0], true), (["x": 1], nil, ["x": true], true), (["x": 1], nil, ["x": "1"], false),
            (["x": 1, "y": 2], nil, ["x": 1], true), (["x": 1], nil, ["x": 1, "y": 2], false),
            (["x": 1], nil, [:], true), (["x": 1, "y": 2], ["x"], ["x": 1, "y": 3], true),
            (["x": 1], ["x"], ["y": 1], false), (["x": 1], [], ["x": 2], true),
        ] as [(JSONObject, [String]?, JSONObject, Bool)])
    func matching(gold: JSONObject, compared: [String]?, predicted: JSONObject, expected: Bool) {
        let action = action(gold, compared: compared)
        for requestor in Requestor.allCases {
            let call = RecordedCall(name: "f", arguments: predicted, requestor: requestor)
            #expect(action.isMatched(by: call) == expected)
        }
        #expect(!action.isMatched(by: RecordedCall(name: "g", arguments: gold)))
    }

    @Test(
        "What has to be said is looked for without case, and without the agent's commas",
        arguments: [
            ("1234", "It is 1,234.", true), ("1,234", "It is 1,234.", false), ("YES", "oh yes", true),
            ("no", "It is 1,234.", false),
        ])
    func communication(statement: String, said: String, isMet: Bool) throws {
        let data = try OwnMockData()
        let evaluator = Tau2Evaluator(domain: try data.domain())
        var criteria = Tau2EvaluationCriteria(rewardBasis: [.communicate])
        criteria.communicateInfo = [statement]
        let simulation = Tau2Simulation(
            messages: [Tau2Message(role: .user, content: statement), Tau2Message(role: .assistant, content: said)],
            termination: .userStop)
        let info = evaluator.judgeCommunication(simulation, criteria)
        #expect(info.reward == (isMet ? 1 : 0))
        #expect(info.communicateChecks?.first?.isMet == isMet)
    }

    @Test(
        "Only a dialogue that a participant ended is judged at all",
        arguments: [Termination.maxSteps, .tooManyErrors, .agentError, .userError, .timeout, .budget])
    func prematureEnds(termination: Termination) throws {
        let data = try OwnMockData()
        let domain = try data.domain()
        let task = try #require(domain.task("water"))
        let info = try Tau2Evaluator(domain: domain).evaluate(
            Tau2Simulation(messages: [], termination: termination), of: task, as: .all)
        #expect(info.reward == 0)
        #expect(info.json["reward_basis"] == .null)
        #expect(
            info.json["info"]?["note"]?.stringValue
                == "Simulation terminated prematurely. Termination reason: \(termination.rawValue)")
    }

    @Test("A call of the trajectory changes the world that is judged; a missing one does not")
    func database() throws {
        let data = try OwnMockData()
        let domain = try data.domain()
        let task = try #require(domain.task("water"))
        let arguments: JSONObject = ["task_id": "task_1", "status": "completed"]
        let call = RecordedCall(id: "1", name: "update_task_status", arguments: arguments)
        var world = try domain.makeWorld(isSolo: false)
        let outcome = world.call(call.name, arguments: arguments, requestor: .assistant)
        let done = [
            Tau2Message(role: .assistant, content: nil, toolCalls: [call]),
            .tool(outcome.content, answering: call, isError: false),
            Tau2Message(role: .assistant, content: "Completed."),
        ]
        let evaluator = Tau2Evaluator(domain: domain)
        let good = try evaluator.evaluate(Tau2Simulation(messages: done, termination: .userStop), of: task, as: .all)
        #expect(good.reward == 1)
        #expect(good.json["reward_breakdown"] == ["DB": 1.0, "COMMUNICATE": 1.0])
        let idle = Array(done.suffix(1))
        let bad = try evaluator.evaluate(Tau2Simulation(messages: idle, termination: .userStop), of: task, as: .all)
        #expect(bad.reward == 0)
        #expect(bad.databaseCheck?.isMatch == false)
    }

    @Test("Another result than the recorded one is an error when strict, and let pass when lenient")
    func tamperedResults() throws {
        let data = try OwnMockData()
        let domain = try data.domain()
        let task = try #require(domain.task("water"))
        let call = RecordedCall(
            id: "1", name: "update_task_status", arguments: ["task_id": "task_1", "status": "completed"])
        let simulation = Tau2Simulation(
            messages: [
                Tau2Message(role: .assistant, content: "completed", toolCalls: [call]),
                .tool("{}", answering: call, isError: false),
            ], termination: .userStop)
        let evaluator = Tau2Evaluator(domain: domain, timestamp: "now")
        let error = #expect(throws: PythonException.self) {
            try evaluator.evaluate(simulation, of: task, as: .all)
        }
        #expect(error?.message.contains("timestamp: now") == true)
        #expect(try evaluator.evaluate(simulation, of: task, as: .all, isLenient: true).reward == 1)
        #expect(throws: PythonException.self) {
            try evaluator.evaluate(simulation, of: task, as: .allIgnoringBasis, isLenient: true)
        }
    }

    @Test("A judge's reply is read out of a fence; one without findings is refused")
    func judgeReplies() throws {
        let reply = """
            ```json
            {"results": [{"expectedOutcome": "a", "reasoning": "b", "metExpectation": true}]}
            ```
            """
        let findings = try Tau2NaturalLanguageJudge.findings(in: reply)
        #expect(findings == [.init(statement: "a", isMet: true, justification: "b")])
        for broken in ["", "yes", "{}", #"{"results": []}"#, #"{"results": [{"expectedOutcome": "a"}]}"#, "{]}"] {
            let error = #expect(throws: EvaluationError.self) {
                try Tau2NaturalLanguageJudge.findings(in: broken)
            }
            #expect(error?.code == .judgeFailed)
        }
    }

    @Test("A judge is shown every message and Python's list of statements")
    func judgeQuestion() {
        let question = Tau2NaturalLanguageJudge.question(
            ["It's so", "b"],
            [Tau2Message(role: .user, content: "Hi"), Tau2Message(role: .assistant, content: nil, toolCalls: [])])
        #expect(question.contains("user: Hi\nassistant: None\n"))
        #expect(question.contains("[\"It's so\", 'b']"))
    }
}
