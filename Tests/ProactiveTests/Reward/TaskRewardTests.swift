import Evaluation
import JSON
import Testing

@testable import Proactive

@Suite struct TaskRewardTests {
    private static let code = "```python\ndef f():\n    return 'right'\n```"

    private func score(
        _ text: String, _ state: ProactiveState = .coding(), tests: (any CodeTesting)? = nil,
        adjust: (inout TaskReward.Settings) -> Void = { _ in }
    ) async throws -> TaskScore {
        var settings = TaskReward.Settings()
        adjust(&settings)
        return try await TaskReward(settings: settings, tests: tests).score(text, for: state)
    }

    @Test func testsDecideWhereThereAreAny() async throws {
        let state = ProactiveState.coding(tests: "assert f() == 'right'")
        #expect(try await score(Self.code, state, tests: TextTests(passing: "right")).score == 1)
        #expect(try await score(Self.code, state, tests: TextTests(passing: "wrong")).score == 0)
        #expect(try await score("Which one?", state, tests: TextTests(passing: "")).method == "no_code")
        #expect(try await score("", state, tests: TextTests(passing: "")).method == "no_output")
    }

    @Test func withoutTestsCodeIsWorthHalf() async throws {
        #expect(try await score(Self.code).score == 0.5)
        #expect(try await score(Self.code) { $0.codeWithoutTests = 0.6 }.score == 0.6)
        #expect(try await score("Which one?").score == 0)
        let off = try await score(Self.code, .coding(tests: "assert f()")) { $0.runsTests = false }
        #expect((off.score, off.method) == (0.5, "tests_off"))
    }

    @Test func testsThatCannotBeRunAreAnErrorAndNoZero() async throws {
        await #expect(throws: EvaluationError.self) { try await score(Self.code, .coding(tests: "assert f()")) }
    }

    @Test func plansAreWorthAConstantUnlessRulesAreAskedFor() async throws {
        var state = ProactiveState.coding(query: "Plan the birthday party with balloons.")
        state.domain = .planning
        #expect(try await score("anything", state).score == 0.6)
        let poor = try await score("Have fun.", state) { $0.planning = .rules }
        let good = try await score(
            "1. First buy balloons for the birthday party.\n2. Then plan games.\n3. Finally clean up.", state
        ) { $0.planning = .rules }
        #expect(poor.score < 0.2)
        #expect(good.score > 0.9)
        #expect(good.method == "rules")
    }

    @Test func aTrajectoryIsScoredByItsLastMessageWithCode() async throws {
        let line = try await TrajectoryGenerator.testing(DummyAssistant(.oracle), rule: .expected) {
            $0.mainlineAction = .clarify
        }.trajectories(for: .hidden(), as: .engineer)[0]
        let found = try await TaskReward(tests: TextTests(passing: "2 * x + 1")).score(line)
        #expect(found.score == 1)
    }

    @Test func aScoreSurvivesTheJournal() throws {
        var score = TaskScore(score: 0.5, method: "tests")
        score.tests = CodeTestResult(
            passed: false, exitStatus: 1, timedOut: true, durationMilliseconds: 12, standardErrorTail: "x",
            sandbox: "unshare", assertionsHeld: 1, assertions: 2)
        #expect(try TaskScore(json: .object(score.json)) == score)
    }
}
