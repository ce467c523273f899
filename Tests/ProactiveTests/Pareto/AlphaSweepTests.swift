import JSON
import Testing

@testable import Proactive

@Suite("Sweep over alpha")
struct AlphaSweepTests {
    /// States where asking raises the score by a gain that grows from state to state, at the price of one question.
    private let trajectories: [ScoredTrajectory] = (0..<60).flatMap { number -> [ScoredTrajectory] in
        let unclear = number % 2 == 0
        var state = PolicyFixtures.state("s-\(number)", uncertainty: unclear ? 0.2 : 0.8)
        state.mbppTests = "assert f()"
        func line(_ action: ProactiveAction, _ text: String, _ score: Double) -> ScoredTrajectory {
            let trajectory = ProactiveTrajectory(
                state: state, action: action, actionPrompt: "", assistantMessage: text,
                persona: PolicyFixtures.patient, reaction: UserReaction(answeredClarification: 1),
                isMainline: true)
            return ScoredTrajectory(trajectory, task: TaskScore(score: score, method: "tests"))
        }
        // One question costs .4 α: unclear tasks gain .6 by asking (worth it below α = 1.5), clear ones .1 (below .25).
        return [
            line(.clarify, "Which?", 0.4 + (unclear ? 0.6 : 0.1)), line(.execute, "def f(): ...", 0.4),
        ]
    }

    @Test func asksLessTheMoreAskingCosts() async throws {
        let entries = try await AlphaSweep(alphas: [2, 0, 0.1, 1, 0.5]).run(on: trajectories)
        #expect(entries.map(\.alpha) == [0, 0.1, 0.5, 1, 2])
        let rates = entries.compactMap { $0.scores.clarifyRate?.value }
        #expect(rates == [1, 1, 0.5, 0.5, 0])
        let costs = entries.compactMap { $0.scores.interruptCost?.value }
        #expect(zip(costs, costs.dropFirst()).allSatisfy { $0 >= $1 })
    }

    @Test func everyPolicyIsMeasuredByTheSameCost() async throws {
        let entries = try await AlphaSweep(alphas: [0, 0.1]).run(on: trajectories)
        #expect(entries[0].scores.interruptCost == entries[1].scores.interruptCost)
        #expect(abs((entries[0].scores.interruptCost?.value ?? 0) - 0.24) < 1e-12)
    }

    @Test func theWholeSecondHalfIsReproducible() async throws {
        let pipeline = PolicyPipeline(alphas: [0, 0.6, 2])
        let first = try #require(try await pipeline.run(on: trajectories))
        let second = try #require(try await pipeline.run(on: trajectories))
        #expect(JSONValue.object(first.json).isIdentical(to: .object(second.json)))
        #expect(first.evaluation.warning == nil)
        #expect(first.front.points.count == 8)
        #expect(
            first.files.keys.sorted() == [
                "evaluation.json", "pareto.csv", "pareto.json", "pareto.svg", "policy/policy.json",
                "policy/training.json", "policy/training_curve.svg",
            ])
        for name in ["pareto.svg", "evaluation.json", "policy/policy.json"] {
            #expect(first.files[name] == second.files[name])
        }
    }

    @Test func nothingPreferredIsNothingToLearn() async throws {
        let even = trajectories.filter { $0.trajectory.action == .execute }
        #expect(try await PolicyPipeline().run(on: even) == nil)
    }
}
