import Evaluation
import GageConfiguration
import GageTesting
import JSON
import Testing

@testable import Engine

/// A judge that fails in a way that passes is asked again, and the agent is not.
@Suite struct JudgeRetryTests {
    @Test(arguments: [(0, 1, "scored"), (2, 3, "scored"), (5, 3, "errored")])
    func theInferenceIsMadeOnce(failures: Int, judgings: Int, outcome: String) async throws {
        let agentCalls = CallCounter()
        let judgeCalls = CallCounter()
        let agent = ClosureAdapter { episode, _ in
            _ = agentCalls.next()
            episode.prediction = Prediction(answer: "x")
        }
        let judge = ClosureAdapter { episode, _ in
            episode.verdicts.append(Verdict(judge: "judge", output: ["try": JSONValue(judgeCalls.count)]))
            if judgeCalls.next() < failures {
                throw EvaluationError(.judgeFailed, "unreadable", cause: .task, retry: .worthwhile)
            }
        }
        let run = try TemporaryRun(
            .testing(loader: GeneratedLoader(count: 1), agent: agent, judge: judge, metric: ClosureMetric { _ in 1 }))
        _ = try await run.run()
        let record = try #require(try run.records().first)
        #expect(record.outcome.name == outcome)
        #expect(agentCalls.count == 1)
        #expect(judgeCalls.count == judgings)
        #expect(record.failedAttempts.count == judgings - 1)
        if outcome == "scored" { #expect(record.verdicts.count == 1) }
    }
}
