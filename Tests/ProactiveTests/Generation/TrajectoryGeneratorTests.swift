import Evaluation
import JSON
import Testing

@testable import Proactive

@Suite struct TrajectoryGeneratorTests {
    @Test(arguments: [(2, 3), (1, 2), (0, 1)])
    func aStateHasItsMainlineAndItsBranches(branches: Int, lines: Int) async throws {
        let found = try await TrajectoryGenerator.testing { $0.branches = branches }
            .trajectories(for: .coding(), as: .novice)
        #expect(found.count == lines)
        #expect(found.filter(\.isMainline).count == 1)
        #expect(found[0].action == .clarify)
        #expect(found[0].mainlineSelectedBy == "persona+state")
        #expect(found.allSatisfy { $0.decisionPoint == 0 })
        if lines > 1 {
            #expect((found[1].action, found[1].mainlineAction, found[1].isVariant) == (.execute, .clarify, false))
        }
        if lines > 2 {
            #expect((found[2].action, found[2].mainlineAction, found[2].isVariant) == (.clarify, .clarify, true))
        }
    }

    @Test func theCommandLineMayChooseTheMainline() async throws {
        for state in [ProactiveState.coding("a", uncertainty: 0.9), .coding("b")] {
            let found = try await TrajectoryGenerator.testing { $0.mainlineAction = .clarify }
                .trajectories(for: state, as: .busy)
            #expect((found[0].action, found[0].mainlineSelectedBy) == (.clarify, "manual"))
        }
    }

    @Test func theSameSeedGivesTheSameLinesAndAnotherOneOthers() async throws {
        func lines(seed: UInt64) async throws -> [String] {
            var texts: [String] = []
            for number in 0..<20 {
                let found = try await TrajectoryGenerator.testing(seed: seed)
                    .trajectories(for: .hidden("s\(number)"), as: .engineer)
                texts += found.map { JSONValue.object($0.json).text() }
            }
            return texts
        }
        let first = try await lines(seed: 1)
        #expect(try await lines(seed: 1) == first)
        #expect(try await lines(seed: 2) != first)
    }

    @Test func dummyMessagesDifferByActionAlone() async throws {
        for domain in ProactiveDomain.allCases {
            var state = ProactiveState.coding()
            state.domain = domain
            let found = try await TrajectoryGenerator.testing { $0.rollsOutClarify = false }
                .trajectories(for: state, as: Persona.standard(domain)[0])
            for line in found {
                let facts = MessageFacts(line.assistantMessage)
                #expect((facts.questions > 0) == (line.action == .clarify))
                #expect(facts.hasCode == (line.action == .execute && domain == .coding))
            }
        }
    }

    @Test func askingGoesOnToTheTask() async throws {
        let generator = TrajectoryGenerator.testing(rule: .expected) { $0.mainlineAction = .clarify }
        let patient = try await generator.trajectories(for: .hidden(), as: .engineer)[0]
        #expect(patient.interactions.map(\.action) == [.clarify, .clarify, .execute])
        #expect(patient.interactions.map(\.number) == [1, 2, 3])
        #expect(patient.assistantMessage == patient.interactions.map(\.assistantMessage).joined(separator: "\n\n"))
        #expect(patient.reaction == patient.interactions[2].reaction)
        #expect(patient.state == .hidden())
        #expect(patient.interactions[1].state.query.contains("[User]: It adds one."))
        #expect(patient.interactions.allSatisfy { $0.state.dialogueTurn == 0 })

        let hurried = try await generator.trajectories(for: .hidden(), as: .busy)[0]
        #expect(hurried.interactions.map(\.action) == [.clarify, .execute])
        #expect(hurried.interactions[1].state.prevReject == 1)
    }

    @Test func withoutRolloutsAskingIsABareMessage() async throws {
        let generator = TrajectoryGenerator.testing {
            $0.rollsOutClarify = false
            $0.mainlineAction = .clarify
        }
        let line = try await generator.trajectories(for: .hidden(), as: .novice)[0]
        #expect(line.interactions.isEmpty)
        #expect(line.json["interactions"] == nil)
        #expect(!MessageFacts(line.assistantMessage).hasCode)
    }

    @Test(arguments: [(1, 0), (2, 2), (3, 3), (9, 3)])
    func interactionsAreBounded(limit: Int, expected: Int) async throws {
        let generator = TrajectoryGenerator.testing(rule: .expected) {
            $0.maximumInteractions = limit
            $0.mainlineAction = .clarify
        }
        let line = try await generator.trajectories(for: .coding(), as: .novice)[0]
        #expect(line.interactions.count == expected)
    }

    @Test func anAssistantThatDoesNotAskIsNotAskedAgain() async throws {
        let silent = ScriptedWriter { $0.action == .clarify ? "I will begin." : "def f(): pass" }
        let code = ScriptedWriter { _ in "def f(): pass" }
        let first = try await TrajectoryGenerator.testing(silent) { $0.mainlineAction = .clarify }
            .trajectories(for: .coding(), as: .novice)[0]
        #expect(first.interactions.map(\.action) == [.clarify, .execute])
        let second = try await TrajectoryGenerator.testing(code) { $0.mainlineAction = .clarify }
            .trajectories(for: .coding(), as: .novice)[0]
        #expect(second.interactions.map(\.action) == [.clarify])
    }

    @Test func theOracleNeedsToBeTold() async throws {
        let generator = TrajectoryGenerator.testing(DummyAssistant(.oracle), rule: .expected) {
            $0.mainlineAction = .clarify
        }
        let told = try await generator.trajectories(for: .hidden(), as: .engineer)
        #expect(told[0].assistantMessage.contains("2 * x + 1"))
        #expect(told[0].interactions.count == 2)
        #expect(told[1].assistantMessage.contains("return 2 * x\n"))
        let vague = try await generator.trajectories(for: .hidden(), as: .novice)
        #expect(!vague[0].assistantMessage.contains("2 * x + 1"))
    }

    @Test func aLineSurvivesItsFile() async throws {
        for line in try await TrajectoryGenerator.testing().trajectories(for: .hidden(), as: .engineer) {
            let text = JSONValue.object(line.json).text()
            let read = try ProactiveTrajectory(json: try JSONValue.parse(text))
            #expect(read == line)
        }
    }

    @Test func aModelIsAskedWithTheInstructionsAndTheTask() async throws {
        let model = RecordingModel { request in
            request.messages[0].text == "Ask." ? "Which?" : "```python\ndef f(): pass\n```"
        }
        let recorder = CallRecorder()
        let line = try await TrajectoryGenerator.testing(ModelAssistant(model: model), rule: .expected) {
            $0.mainlineAction = .clarify
            $0.branches = 0
        }.trajectories(for: .coding(query: "Sort it."), as: .engineer, calls: recorder)[0]
        #expect(line.interactions.count == 3)
        #expect(model.requests[0].messages == [.system("Ask."), .user("[Task]\nSort it.")])
        #expect(model.requests[0].parameters == ["max_tokens": 400, "temperature": 0.7])
        #expect(model.requests[2].messages[0] == .system("Do it."))
        #expect(model.requests[2].messages[1].text?.contains("[Assistant]: Which?\n[User]: ") == true)
        #expect(recorder.recorded.map(\.written.cost) == [0.01, 0.01, 0.01])
    }

    @Test func anEmptyReplyIsTheModelsFault() async throws {
        let model = RecordingModel { _ in " \n" }
        let error = await #expect(throws: EvaluationError.self) {
            try await TrajectoryGenerator.testing(ModelAssistant(model: model))
                .trajectories(for: .coding(), as: .novice)
        }
        #expect(error?.code == .modelEmptyReply)
    }
}
