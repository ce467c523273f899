import Evaluation
import GageConfiguration
import GageTesting
import JSON
import Testing

@testable import Engine

@Suite struct OutcomeTests {
    private func outcome(
        judge: (@Sendable (inout Episode, EpisodeScope) async throws -> Void)?,
        agent: ClosureAdapter = .answeringWithID, metrics: Bool = true, skipsJudges: Bool = false
    ) async throws -> Outcome? {
        var plan = Plan.testing(
            loader: GeneratedLoader(count: 1), agent: agent, judge: judge.map { ClosureAdapter($0) },
            metric: ClosureMetric { _ in 1 })
        if !metrics { plan.tasks[0].metrics = [] }
        var run = try TemporaryRun(plan)
        run.options.skipsJudges = skipsJudges
        _ = try await run.run()
        let record = try run.records().first
        if case .scored? = record?.outcome {} else { #expect(record?.scores.isEmpty == true) }
        return record?.outcome
    }

    @Test func aVerdictIsAScore() async throws {
        let outcome = try await outcome { episode, _ in
            episode.verdicts.append(Verdict(judge: "judge", output: ["reward": 0]))
        }
        #expect(outcome == .scored)
    }

    @Test func aVerdictThatSaysSoIsUnscorable() async throws {
        let outcome = try await outcome { episode, _ in
            episode.verdicts.append(Verdict(judge: "judge", output: [:], unscorableReason: "known to be broken"))
        }
        #expect(outcome == .unscorable(reason: "known to be broken"))
    }

    @Test func aMissingVerdictIsAnErrorAndNotAZero() async throws {
        guard case .errored(let error)? = try await outcome(judge: { _, _ in }) else {
            Issue.record("not errored")
            return
        }
        #expect(error.code == .judgeFailed)
        #expect(error.step == "judge:judge")
    }

    @Test func aSwitchedOffJudgeLeavesTheEpisodeUnscorable() async throws {
        let outcome = try await outcome(judge: { _, _ in }, skipsJudges: true)
        #expect(outcome == .unscorable(reason: "the judge is switched off"))
    }

    @Test func metricsAloneCanScore() async throws {
        #expect(try await outcome(judge: nil) == .scored)
        #expect(
            try await outcome(judge: nil, metrics: false)
                == .unscorable(reason: "the task has neither a judge nor a metric"))
    }

    @Test func aMissingPredictionIsAnError() async throws {
        guard case .errored(let error)? = try await outcome(judge: nil, agent: ClosureAdapter { _, _ in }) else {
            Issue.record("not errored")
            return
        }
        #expect(error.cause == .gage)
    }

    @Test func aFailedEpisodeKeepsWhatWasSaid() async throws {
        let agent = ClosureAdapter { episode, _ in
            episode.trajectory.entries.append(.init(.assistant("half a"), by: .agent))
            throw EvaluationError(.providerFailed, "down", cause: .provider)
        }
        let run = try TemporaryRun(.testing(samples: 1, agent: agent))
        _ = try await run.run()
        #expect(try run.records().first?.trajectory.entries.count == 1)
    }
}

@Suite struct EpisodeTimeLimitTests {
    private func run(agent: ClosureAdapter, judge: ClosureAdapter? = nil) async throws -> EpisodeRecord? {
        var plan = Plan.testing(
            loader: GeneratedLoader(count: 1), agent: agent, judge: judge, metric: ClosureMetric { _ in 1 })
        plan.tasks[0].episodeTimeout = .milliseconds(300)
        plan.tasks[0].maxRetries = 0
        let run = try TemporaryRun(plan)
        _ = try await run.run()
        return try run.records().first
    }

    @Test func anAgentThatHangsIsCutOffWithAllItsChildren() async throws {
        let begun = CallCounter()
        let cancelled = CallCounter()
        let agent = ClosureAdapter { _, _ in
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<3 {
                    group.addTask {
                        _ = begun.next()
                        do { try await Task.sleep(for: .seconds(3600)) } catch { _ = cancelled.next() }
                    }
                }
            }
            try Task.checkCancellation()
        }
        guard case .errored(let error)? = try await run(agent: agent)?.outcome else {
            Issue.record("not errored")
            return
        }
        #expect(cancelled.count == begun.count)
        #expect(error.code == .episodeTimedOut)
        #expect(error.cause == .provider)
        #expect(error.step == "inference:agent")
        #expect(error.retry.isWorthwhile)
    }

    @Test func anAgentThatMakesAVerdictOfItIsJudged() async throws {
        let agent = ClosureAdapter { episode, scope in
            #expect(scope.deadline != nil)
            // The end of the sleep is the end of the agent's time.
            try? await Task.sleep(for: .seconds(3600))
            #expect(scope.clock.monotonicSeconds >= (scope.deadline ?? .infinity) - 0.001)
            episode.trajectory.termination = .timeout
            episode.prediction = Prediction(answer: nil)
        }
        let judge = ClosureAdapter { episode, _ in
            try Task.checkCancellation()
            episode.verdicts.append(Verdict(judge: "judge", output: ["reward": 0]))
        }
        let record = try await run(agent: agent, judge: judge)
        #expect(record?.outcome == .scored)
        #expect(record?.trajectory.termination == .timeout)
    }

    @Test func aJudgeThatHangsIsCutOff() async throws {
        let judge = ClosureAdapter { _, _ in try await Task.sleep(for: .seconds(3600)) }
        guard case .errored(let error)? = try await run(agent: .answeringWithID, judge: judge)?.outcome else {
            Issue.record("not errored")
            return
        }
        #expect(error.step == "judge:judge")
        #expect(error.cause == .task)
    }
}
