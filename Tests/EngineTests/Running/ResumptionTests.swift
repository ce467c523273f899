import Evaluation
import GageConfiguration
import GageTesting
import JSON
import Storage
import Testing

@testable import Engine

/// Runs that were cut short, and what going on with them gives.
@Suite struct ResumptionTests {
    /// A plan whose agent yields at random places, so that cancellation meets it anywhere, and errs now and then.
    private static func plan(executed: CallCounter, cut: SessionCut? = nil) -> Plan {
        let agent = ClosureAdapter { episode, scope in
            var generator = scope.seeds.generator(for: "agent")
            for _ in 0..<Int.random(in: 0...6, using: &generator) {
                await Task.yield()
                try Task.checkCancellation()
            }
            if episode.sample.id == "s7" { throw EvaluationError(.dataMalformed, "bad", cause: .task) }
            _ = executed.next()
            cut?.step()
            episode.prediction = Prediction(answer: "\(episode.seed % 10)")
        }
        let metric = ClosureMetric { Double($0.prediction?.answer ?? "") ?? 0 }
        var plan = Plan.testing(samples: 40, agent: agent, metric: metric)
        plan.tasks[0].concurrency = 5
        plan.tasks[0].trials = 2
        return plan
    }

    @Test func aRunCutAnywhereComesToTheSameNumbers() async throws {
        let whole = try TemporaryRun(Self.plan(executed: CallCounter()))
        _ = try await whole.run()
        for seed in UInt64(0)..<8 {
            var generator = SeededGenerator(seed: seed)
            let cut = SessionCut()
            var run = try TemporaryRun(Self.plan(executed: CallCounter(), cut: cut))
            var status = RunStatus.running
            while status != .completed {
                let session = run
                let result = try await cut.run(after: Int.random(in: 0...40, using: &generator)) {
                    try await session.run()
                }
                #expect(try run.journal().integrityComplaint() == nil)
                #expect(result.outcomes.total <= 80)
                status = result.status
                #expect(status == .completed || status == .interrupted, "seed \(seed)")
                run.options.resumes = true
            }
            #expect(try run.records().map(\.id) == whole.records().map(\.id), "seed \(seed)")
            #expect(try run.records().map(\.seed) == whole.records().map(\.seed))
            #expect(try run.metrics().map(\.json) == whole.metrics().map(\.json))
            #expect(try run.journal().tasks().first?.plannedEpisodes == 80)
        }
    }

    @Test func aFinishedRunHasNothingToDo() async throws {
        let executed = CallCounter()
        let run = try TemporaryRun(Self.plan(executed: executed))
        _ = try await run.run()
        let before = executed.count
        let result = try await run.resume()
        #expect(executed.count == before)
        #expect(result.status == .completed)
        #expect(result.outcomes.total == 80)
        #expect(try run.journal().sessions().map(\.command) == ["run", "resume"])
    }

    @Test func onlyErroredEpisodesAreTriedAgainOnRequest() async throws {
        let calls = CallCounter()
        let agent = ClosureAdapter { episode, _ in
            if calls.next() < 10, episode.sample.id == "s3" {
                throw EvaluationError(.providerFailed, "down", cause: .provider)
            }
            episode.prediction = Prediction(answer: "x")
        }
        let run = try TemporaryRun(.testing(samples: 5, agent: agent))
        #expect(try await run.run().outcomes.errored == ["provider": 1])
        #expect(try await run.resume().outcomes.errored == ["provider": 1])
        #expect(calls.count == 5)
        for _ in 0..<5 { _ = calls.next() }
        let result = try await run.resume(retryingErrored: true)
        #expect(result.outcomes.scored == 5)
        #expect(calls.count == 11)
        #expect(try run.journal().replacements() == ["retry": 1])
        #expect(try run.records().map(\.id.sample) == (0..<5).map { "s\($0)" })
    }

    @Test func aChangedConfigurationIsRefusedUnlessAllowed() async throws {
        var run = try TemporaryRun(.testing(samples: 3))
        run.options.maxSamples = 1
        _ = try await run.run()
        run.plan.digest = "another"
        run.options.maxSamples = nil
        let error = await #expect(throws: EvaluationError.self) { try await run.resume() }
        #expect(error?.advice?.contains("--allow-config-change") == true)
        run.options.allowsChangedConfiguration = true
        #expect(try await run.resume().outcomes.scored == 3)
        #expect(try run.journal().run().planDigest == "another")
        run.plan.seed = 8
        await #expect(throws: EvaluationError.self) { try await run.resume() }
    }

    @Test func aRunThatIsNotThereCannotBeResumed() async throws {
        let run = try TemporaryRun(.testing(samples: 1))
        let error = await #expect(throws: EvaluationError.self) { try await run.resume() }
        #expect(error?.cause == .configuration)
        var nameless = run
        nameless.options.runID = nil
        await #expect(throws: EvaluationError.self) { try await nameless.resume() }
    }

    @Test func theFirstInterruptFinishesWhatRunsAndTheRestIsLeft() async throws {
        let gate = Gate()
        let agent = ClosureAdapter { episode, _ in
            await gate.pass()
            episode.prediction = Prediction(answer: "x")
        }
        var plan = Plan.testing(samples: 20, agent: agent)
        plan.tasks[0].concurrency = 3
        let run = try TemporaryRun(plan)
        async let ending = run.run()
        await gate.waitForArrivals(3)
        run.control.interrupt()
        gate.open()
        let result = try await ending
        #expect(result.status == .interrupted)
        #expect(result.stopReason == .interrupted)
        #expect(result.outcomes.scored == 3)
        #expect(try await run.resume().outcomes.scored == 20)
    }

    @Test func theSecondInterruptCancelsWhatRuns() async throws {
        let gate = Gate()
        let cancelled = CallCounter()
        let agent = ClosureAdapter { _, _ in
            await gate.pass()
            do {
                try await Task.sleep(for: .seconds(3600))
            } catch {
                _ = cancelled.next()
                throw error
            }
        }
        var plan = Plan.testing(samples: 20, agent: agent)
        plan.tasks[0].concurrency = 3
        let run = try TemporaryRun(plan)
        gate.open()
        async let ending = run.run()
        await gate.waitForArrivals(3)
        run.control.interrupt()
        run.control.interrupt()
        let result = try await ending
        #expect(result.status == .interrupted)
        #expect(result.outcomes.total == 0)
        #expect(cancelled.count == 3)
    }

    @Test func failFastStopsTheRun() async throws {
        let agent = ClosureAdapter { episode, _ in
            if episode.sample.id == "s2" { throw EvaluationError(.providerFailed, "down", cause: .provider) }
            episode.prediction = Prediction(answer: "x")
        }
        var run = try TemporaryRun(.testing(samples: 50, agent: agent))
        run.options.failFast = true
        let result = try await run.run()
        #expect(result.status == .stopped)
        #expect(result.outcomes.total == 3)
    }

    @Test func aBudgetStopsTheRunAndGoingOnCompletesIt() async throws {
        let agent = ClosureAdapter { episode, _ in
            var entry = Trajectory.Entry(.assistant("x"), by: .agent)
            entry.usage = Usage(inputTokens: 40, outputTokens: 10)
            episode.trajectory.entries = [entry]
            episode.prediction = Prediction(answer: "x")
        }
        var run = try TemporaryRun(.testing(samples: 10, agent: agent))
        run.options.budget = RunBudget(tokens: 150)
        let result = try await run.run()
        #expect(result.status == .stopped)
        #expect(result.spending.tokens == 150)
        #expect(result.outcomes.scored == 3)
        run.options.budget = RunBudget()
        #expect(try await run.resume().outcomes.scored == 10)
    }

    @Test func aWrongConfigurationStopsTheRunAtItsFirstEpisode() async throws {
        let calls = CallCounter()
        let agent = ClosureAdapter { _, scope in
            _ = calls.next()
            _ = try scope.adapter.requireModel()
        }
        let run = try TemporaryRun(.testing(samples: 50, agent: agent))
        let result = try await run.run()
        #expect(result.status == .failed)
        #expect(calls.count == 1)
        #expect(result.stopReason?.message.contains("needs a model") == true)
    }
}
