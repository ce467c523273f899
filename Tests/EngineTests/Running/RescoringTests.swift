import Evaluation
import GageConfiguration
import GageTesting
import JSON
import Storage
import Testing

@testable import Engine

@Suite struct RescoringTests {
    /// Judges by the trajectory alone, as judging again must.
    private static func judge(_ right: String) -> ClosureAdapter {
        ClosureAdapter { episode, scope in
            let said = episode.trajectory.entries.last?.message.text
            let wanted = episode.sample.gold["answer"]?.stringValue ?? right
            episode.verdicts.append(Verdict(judge: scope.adapter.id, output: ["right": .bool(said == wanted)]))
        }
    }

    private static let metric = ClosureMetric { $0.judgeOutput["right"] == true ? 1 : 0 }

    private func plan(calls: CallCounter, judge: ClosureAdapter) -> Plan {
        let agent = ClosureAdapter { episode, _ in
            _ = calls.next()
            if episode.sample.id == "s0" { throw EvaluationError(.providerFailed, "down", cause: .provider) }
            episode.trajectory.entries = [.init(.assistant(episode.sample.id), by: .agent)]
            episode.prediction = Prediction(answer: episode.sample.id)
        }
        let loader = GeneratedLoader(count: 40) { index in
            let gold: JSONValue = index == 5 ? ["answer": "s5"] : [:]
            return ["id": .string("s\(index)"), "gold": gold]
        }
        return .testing(loader: loader, agent: agent, judge: judge, metric: Self.metric)
    }

    @Test func verdictsAndScoresAreMadeAnewWithoutTheAgent() async throws {
        let calls = CallCounter()
        var run = try TemporaryRun(plan(calls: calls, judge: Self.judge("s1")))
        _ = try await run.run()
        #expect(try run.metrics().first?.result?.values.first?.value == 2.0 / 39)
        let before = try run.records()
        run.plan = plan(calls: calls, judge: Self.judge("s2"))
        run.plan.tasks[0].metrics[0].metric = ClosureMetric { $0.judgeOutput["right"] == true ? 10 : 0 }
        run.plan.digest = "other judges"
        let result = try await run.rescore()
        #expect(calls.count == 40)
        #expect(result.outcomes.scored == 39)
        #expect(result.outcomes.errored == ["provider": 1])
        #expect(try run.metrics().first?.result?.values.first?.value == 20.0 / 39)
        let after = try run.records()
        #expect(after.map(\.trajectory) == before.map(\.trajectory))
        #expect(after.map(\.duration) == before.map(\.duration))
        #expect(after.map { JSONValue.object($0.sample) } == before.map { JSONValue.object($0.sample) })
        #expect(try run.journal().replacements() == ["rescoring": 39])
        #expect(try run.journal().sessions().map(\.command) == ["run", "score"])
        #expect(after[1].stepDurations.map(\.step) == ["inference:agent", "judge:judge", "auto_eval"])
        #expect(try run.journal().tasks().first?.plannedEpisodes == 40)
    }

    @Test func aJudgeThatFailedIsAskedAgain() async throws {
        let calls = CallCounter()
        let failing = ClosureAdapter { _, _ in throw EvaluationError(.judgeFailed, "no", cause: .task) }
        var run = try TemporaryRun(plan(calls: calls, judge: failing))
        #expect(try await run.run().outcomes.errored == ["task": 39, "provider": 1])
        run.plan = plan(calls: calls, judge: Self.judge("s1"))
        #expect(try await run.rescore().outcomes.scored == 39)
    }

    @Test func whatWasLeftUnjudgedIsJudgedLater() async throws {
        var run = try TemporaryRun(plan(calls: CallCounter(), judge: Self.judge("s1")))
        run.options.skipsJudges = true
        let result = try await run.run()
        #expect(result.outcomes.unscorable == 39)
        #expect(try run.metrics().first?.result?.count == 0)
        run.options.skipsJudges = false
        #expect(try await run.rescore().outcomes.scored == 39)
    }
}
