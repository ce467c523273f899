import Evaluation
import JSON
import Testing

@testable import Pause

@Suite("The judge that reads its answers")
struct PauseFixtureJudgeTests {
    private static let judge = PauseFixtureJudge(entries: [
        ["stage": "annotate", "model": "m1", "attempt": 0, "text": "no json"],
        ["stage": "annotate", "model": "m1", "answer": ["error_analysis": "wrong"]],
        ["stage": "annotate", "traj": 1, "judge": 1, "answer": ["error_analysis": "second"]],
        ["stage": "evaluate", "branch": "shopping", "error": "down"],
    ])

    private static func question(
        _ stage: PauseQuestion.Stage, model: String = "", branch: String = "", place: (Int, Int, Int) = (0, 0, 0)
    ) -> PauseQuestion {
        var at = PausePlaceInPipeline(file: "f.json", branch: branch, trajectory: place.0)
        at.assistantModel = model
        return PauseQuestion(
            stage: stage, place: at, judge: place.1, attempt: place.2, messages: [],
            task: PauseTestLog.task(targets: 1), trajectories: [], profile: [:])
    }

    @Test func theFirstEntryWhoseKeysFitAnswers() async throws {
        let scope = EpisodeScope.pauseTest()
        #expect(try await Self.judge.answer(Self.question(.annotate, model: "m1"), in: scope) == "no json")
        let second = Self.question(.annotate, model: "m1", place: (0, 0, 1))
        #expect(try await Self.judge.answer(second, in: scope) == #"{"error_analysis":"wrong"}"#)
        let other = Self.question(.annotate, model: "m2", place: (1, 1, 0))
        #expect(try await Self.judge.answer(other, in: scope) == #"{"error_analysis":"second"}"#)
    }

    @Test func aFailureIsAProvidersAndAMissingAnswerTheConfigurations() async throws {
        let scope = EpisodeScope.pauseTest()
        let failure = await #expect(throws: EvaluationError.self) {
            try await Self.judge.answer(Self.question(.evaluate, branch: "shopping"), in: scope)
        }
        #expect(failure?.cause == .provider)
        let missing = await #expect(throws: EvaluationError.self) {
            try await Self.judge.answer(Self.question(.align), in: scope)
        }
        #expect(missing?.code == .scriptExhausted)
    }
}
