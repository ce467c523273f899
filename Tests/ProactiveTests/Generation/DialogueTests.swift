import Evaluation
import JSON
import Testing

@testable import Proactive

@Suite struct DialogueTests {
    /// Gives the right program once it was told something, which takes as many turns as there are facts.
    private static let learner = ScriptedWriter { request in
        let told = request.state.query.components(of: "[User]:")
        return request.action == .clarify || told < 2 ? "Which one?" : "```python\ndef f():\n    return 'right'\n```"
    }

    @Test func aDialogueEndsWhenTheTestsPass() async throws {
        let tests = TextTests(passing: "right")
        let generator = TrajectoryGenerator.testing(Self.learner, rule: .expected, tests: tests) {
            $0.isMultiTurn = true
        }
        let lines = try await generator.trajectories(
            for: .coding(query: "Do it.", tests: "assert f()"), as: .novice)
        #expect(lines.map(\.turn) == [1, 2, 3])
        #expect(lines.map(\.decisionPoint) == [0, 1, 2])
        #expect(lines.map(\.taskCompleted) == [nil, nil, true])
        #expect(lines.allSatisfy { $0.isMainline })
        #expect(lines.map(\.state.dialogueTurn) == [0, 1, 2])
        #expect(lines.map(\.state.prevReject) == [0, 0, 0])
        #expect(lines.map(\.action) == [.clarify, .clarify, .execute])
        #expect(lines[1].state.query.hasPrefix("Do it.\n\n[Assistant]: Which one?\n[User]: "))
        #expect(lines[2].state.query.components(of: "[Assistant]:") == 2)
        #expect(tests.count == 1)
        // Novices answer with clarity .3: .3 becomes .3 + .7 × .15.
        #expect(abs(lines[1].state.taskUncertainty - 0.405) < 1e-12)
    }

    @Test func aTaskThatIsNeverDoneEndsAtTheLastTurn() async throws {
        let tests = TextTests(passing: "never")
        let generator = TrajectoryGenerator.testing(DummyAssistant(), tests: tests) { $0.isMultiTurn = true }
        let lines = try await generator.trajectories(for: .coding(tests: "assert f()"), as: .busy)
        #expect(lines.count == 5)
        #expect(lines.allSatisfy { $0.taskCompleted == nil })
    }

    @Test func aRefusalIsKnownInTheNextTurnOnly() async throws {
        let writer = ScriptedWriter { _ in "Which one?" }
        func lines(_ adjust: @escaping (inout GenerationSettings) -> Void) async throws -> [ProactiveTrajectory] {
            try await TrajectoryGenerator.testing(writer, rule: .expected) {
                $0.isMultiTurn = true
                $0.maximumTurns = 3
                $0.mainlineAction = .clarify
                adjust(&$0)
            }.trajectories(for: .coding(), as: .busy)
        }
        let going = try await lines { _ in }
        #expect(going.map(\.state.prevReject) == [0, 1, 1])
        #expect(going.allSatisfy { !$0.userStopped })
        let stopped = try await lines { $0.stopsOnReject = true }
        #expect(stopped.count == 1)
        #expect(stopped[0].userStopped)

        var reaction = UserReaction()
        var state = ProactiveState.coding()
        state.prevReject = 1
        let next = state.after("x", reaction, endsTurn: true, update: .clearer, remembersReject: false)
        #expect(next.prevReject == 0)
        #expect(state.after("x", reaction, endsTurn: true, update: .clearer, remembersReject: true).prevReject == 1)
        reaction.answeredClarification = 1
        reaction.answerClarity = 0.6
        #expect(
            state.after("x", reaction, endsTurn: true, update: .none, remembersReject: false).taskUncertainty == 0.3)
        let source = state.after("x", reaction, endsTurn: true, update: .source, remembersReject: false)
        #expect(abs(source.taskUncertainty - 0.21) < 1e-12)
    }

    @Test func plansAreDoneWhenTheyAreLongEnough() async throws {
        var state = ProactiveState.coding()
        state.domain = .planning
        let persona = Persona.standard(.planning)[0]
        let long = try await TrajectoryGenerator.testing { $0.isMultiTurn = true }
            .trajectories(for: state, as: persona)
        #expect(long.map(\.taskCompleted) == [true])
        let short = try await TrajectoryGenerator.testing(ScriptedWriter { _ in "1. Do it." }) { $0.isMultiTurn = true }
            .trajectories(for: state, as: persona)
        #expect(short.count == 5)
    }

    @Test func everyTurnCanTryTheOtherActionToo() async throws {
        let generator = TrajectoryGenerator.testing(DummyAssistant(.oracle), rule: .expected) {
            $0.isMultiTurn = true
            $0.branchesEachTurn = true
            $0.maximumTurns = 2
        }
        let lines = try await generator.trajectories(for: .hidden(), as: .novice)
        let points = Dictionary(grouping: lines, by: \.decisionPoint)
        for group in points.values {
            #expect(Set(group.map(\.action)) == Set(ProactiveAction.allCases))
            #expect(group.filter(\.isMainline).count == 1)
        }
        // What came of asking is on a line of its own; the dialogue's own line is the bare question.
        #expect(points[0]?.first { $0.isVariant }?.interactions.isEmpty == false)
    }
}

extension String {
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
