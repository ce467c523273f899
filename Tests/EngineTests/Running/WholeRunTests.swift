import Evaluation
import GageConfiguration
import GageTesting
import JSON
import Storage
import Testing

@testable import Engine

/// Whole runs of small plans.
@Suite struct WholeRunTests {
    @Test func everySampleBecomesAScoredEpisodeInPlanOrder() async throws {
        var plan = Plan.testing(samples: 30)
        plan.tasks[0].concurrency = 7
        plan.tasks[0].trials = 2
        let run = try TemporaryRun(plan)
        let result = try await run.run()
        #expect(result.status == .completed)
        #expect(result.outcomes.scored == 60)
        #expect(result.tasks.first?.planned == 60)
        let ids = try run.records().map { "\($0.id.sample)/\($0.id.trial)" }
        #expect(ids == (0..<30).flatMap { ["s\($0)/0", "s\($0)/1"] })
        #expect(TemporaryDirectory.names(in: run.path) == ["events.jsonl", "plan.json", "run.sqlite"])
    }

    @Test func seedsBelongToEpisodesAndNotToTheOrderOfExecution() async throws {
        var seeds: [[UInt64]] = []
        for concurrency in [1, 5] {
            var plan = Plan.testing(samples: 10)
            plan.tasks[0].concurrency = concurrency
            let run = try TemporaryRun(plan)
            _ = try await run.run()
            seeds.append(try run.records().map(\.seed))
        }
        #expect(seeds[0] == seeds[1])
        #expect(Set(seeds[0]).count == 10)
    }

    @Test func tasksRunOneAfterAnother() async throws {
        var plan = Plan.testing(samples: 3)
        var second = plan.tasks[0]
        second.id = "second"
        plan.tasks.append(second)
        let run = try TemporaryRun(plan)
        let result = try await run.run()
        #expect(result.tasks.map(\.id) == ["task", "second"])
        #expect(
            try run.records().map(\.id.task) == Array(repeating: "task", count: 3)
                + Array(repeating: "second", count: 3))
    }

    @Test func anErroredEpisodeIsNeverAZero() async throws {
        let agent = ClosureAdapter { episode, _ in
            if episode.sample.id == "s1" { throw EvaluationError(.providerFailed, "down", cause: .provider) }
            episode.prediction = Prediction(answer: "x")
        }
        let run = try TemporaryRun(.testing(samples: 4, agent: agent))
        let result = try await run.run()
        #expect(result.status == .completed)
        #expect(result.outcomes.scored == 3)
        #expect(result.outcomes.errored == ["provider": 1])
        let metric = try #require(try run.metrics().first)
        #expect(metric.result?.values.first?.value == 1)
        #expect(metric.result?.count == 3)
        #expect(metric.coverage == .init(planned: 4, scored: 3, unscorable: 0, errored: 1))
        #expect(metric.json["coverage"]?["scored"] == 3)
        #expect(metric.json["values"]?["mean"] == "1.00000")
        let record = try run.records()[1]
        #expect(record.scores.isEmpty)
        guard case .errored(let error) = record.outcome else {
            Issue.record("not errored")
            return
        }
        #expect(error.step == "inference:agent")
    }

    @Test func anErrorOfAnUnknownTypeIsOurs() async throws {
        let run = try TemporaryRun(.testing(samples: 1, agent: ClosureAdapter { _, _ in throw CancellationError() }))
        let result = try await run.run()
        #expect(result.outcomes.errored == ["gage": 1])
    }

    @Test func aMetricThatThrowsIsAnError() async throws {
        let metric = ClosureMetric { _ in throw EvaluationError(.dataMissing, "no label", cause: .task) }
        let run = try TemporaryRun(.testing(samples: 2, metric: metric))
        let result = try await run.run()
        #expect(result.outcomes.errored == ["task": 2])
        #expect(try run.metrics().first?.result?.count == 0)
    }

    @Test func retriesAreMadeAndRecorded() async throws {
        let attempts = CallCounter()
        let agent = ClosureAdapter { episode, _ in
            if attempts.next() < 1 {
                throw EvaluationError(.providerRateLimited, "later", cause: .provider, retry: .worthwhile)
            }
            episode.prediction = Prediction(answer: "x")
        }
        let run = try TemporaryRun(.testing(samples: 1, agent: agent))
        let result = try await run.run()
        #expect(result.outcomes.scored == 1)
        #expect(try run.records().first?.failedAttempts.map(\.code) == [.providerRateLimited])
    }

    @Test func errorsThatNoRetryHelpsAreNotRetried() async throws {
        let attempts = CallCounter()
        let agent = ClosureAdapter { _, _ in
            _ = attempts.next()
            throw EvaluationError(.providerBadRequest, "no", cause: .provider)
        }
        let run = try TemporaryRun(.testing(samples: 3, agent: agent))
        _ = try await run.run()
        #expect(attempts.count == 3)
    }

    @Test func droppedAndBrokenRecordsAreCountedAndNothingVanishes() async throws {
        struct Picky: Preprocessor {
            func process(_ record: DatasetRecord) throws -> PreprocessingResult {
                switch record.fields["n"]?.intValue ?? 0 {
                case let n where n % 3 == 0: return .dropped(reason: "a multiple of three")
                case 4: throw EvaluationError(.dataMalformed, "four is broken", cause: .task)
                default: return .sample(Sample(id: "n\(record.fields["n"]?.intValue ?? 0)"))
                }
            }
        }
        let loader = GeneratedLoader(count: 10) { ["id": .string("r\($0)"), "n": JSONValue($0)] }
        var plan = Plan.testing(loader: loader, agent: ClosureAdapter.answeringWithID, metric: ClosureMetric { _ in 1 })
        plan.tasks[0].dataset.preprocessor = Picky()
        let run = try TemporaryRun(plan)
        let result = try await run.run()
        let task = try #require(result.tasks.first)
        #expect(task.outcomes.scored == 5)
        #expect(task.outcomes.errored == ["task": 1])
        #expect(task.planned == 6)
        #expect(
            task.dropped == [
                DroppedRecords(
                    task: "task", reason: "a multiple of three", count: 4,
                    examples: ["generated:1", "generated:4", "generated:7", "generated:10"])
            ])
        let broken = try run.records().first { $0.outcome != .scored }
        #expect(broken?.id.sample == "r4")
    }

    @Test func maxSamplesCountsAfterPreprocessing() async throws {
        struct Odd: Preprocessor {
            func process(_ record: DatasetRecord) throws -> PreprocessingResult {
                let n = record.fields["n"]?.intValue ?? 0
                return n % 2 == 0 ? .dropped(reason: "even") : .sample(Sample(id: "\(n)"))
            }
        }
        var plan = Plan.testing(
            loader: GeneratedLoader(count: 100) { ["n": JSONValue($0)] }, agent: ClosureAdapter.answeringWithID,
            metric: ClosureMetric { _ in 1 })
        plan.tasks[0].dataset.preprocessor = Odd()
        var run = try TemporaryRun(plan)
        run.options.maxSamples = 3
        _ = try await run.run()
        #expect(try run.records().map(\.id.sample) == ["1", "3", "5"])
    }

    @Test func twoSamplesOfOneNameFailTheTask() async throws {
        let loader = GeneratedLoader(count: 5) { ["id": .string($0 == 3 ? "same" : $0 == 1 ? "same" : "s\($0)")] }
        let run = try TemporaryRun(
            .testing(loader: loader, agent: ClosureAdapter.answeringWithID, metric: ClosureMetric { _ in 1 }))
        let result = try await run.run()
        #expect(result.status == .failed)
        #expect(result.stopReason?.message.contains("two samples named 'same'") == true)
        #expect(result.outcomes.erroredTotal == 0)
        #expect(result.outcomes.scored <= 3)
    }

    @Test func aSampleSaysItselfHowOftenItIsTried() async throws {
        let loader = GeneratedLoader(count: 2) { index in
            ["id": .string("s\(index)"), "trials": JSONValue(index + 2)]
        }
        let run = try TemporaryRun(
            .testing(loader: loader, agent: ClosureAdapter.answeringWithID, metric: ClosureMetric { _ in 1 }))
        let result = try await run.run()
        #expect(result.outcomes.scored == 5)
    }

    @Test func shufflingChangesTheOrderAndNothingElse() async throws {
        var plan = Plan.testing(samples: 20)
        plan.tasks[0].shuffle = true
        let run = try TemporaryRun(plan)
        _ = try await run.run()
        let ids = try run.records().map(\.id.sample)
        #expect(Set(ids) == Set((0..<20).map { "s\($0)" }))
        #expect(ids != (0..<20).map { "s\($0)" })
        let again = try TemporaryRun(plan)
        _ = try await again.run()
        #expect(try again.records().map(\.id.sample) == ids)
    }

    @Test func aRunIsNotBegunTwice() async throws {
        let run = try TemporaryRun(.testing(samples: 1))
        _ = try await run.run()
        await #expect(throws: EvaluationError.self) { try await run.run() }
        #expect(try run.records().count == 1)
    }

    @Test func wrongOptionsAreRefusedBeforeAnythingIsMade() async throws {
        for change: (inout RunOptions) -> Void in [
            { $0.metricIDs = ["ac"] }, { $0.concurrency = 0 }, { $0.maxSamples = -1 }, { $0.runID = "../x" },
        ] {
            var run = try TemporaryRun(.testing(samples: 1))
            change(&run.options)
            let error = await #expect(throws: EvaluationError.self) { try await run.run() }
            #expect(error?.cause == .configuration)
            #expect(TemporaryDirectory.names(in: run.directory.path).isEmpty)
        }
    }

    @Test func defaultIdsSortByTime() {
        #expect(RunID.make(wallSeconds: 1_795_253_400, random: 0x12_3456) == "20261121T093000Z-123456")
        #expect(RunID.make(wallSeconds: 0, random: 5) == "19700101T000000Z-000005")
    }

    @Test func progressEndsWithEverythingDone() async throws {
        let last = LatestValue<ProgressSnapshot>()
        var run = try TemporaryRun(.testing(samples: 9))
        run.options.progressInterval = .zero
        run.options.onProgress = { last.set($0) }
        _ = try await run.run()
        let snapshot = try #require(last.value)
        let task = try #require(snapshot.tasks.first)
        #expect((task.done, task.planned, task.scored, task.running) == (9, 9, 9, 0))
        #expect(task.isFinished)
        #expect(task.scores == [.init(metric: "acc", mean: 1, count: 9)])
        #expect(snapshot.stopping == nil)
    }

    @Test func eventsTellTheStory() async throws {
        let run = try TemporaryRun(.testing(samples: 2))
        _ = try await run.run()
        let bytes = try RunDirectory.open(run.path).read("events.jsonl")
        let names = String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            (try? JSONValue.parse(String(line)))?["event"]?.stringValue
        }
        #expect(names.first == "task_started")
        #expect(names.filter { $0 == "episode_finished" }.count == 2)
        #expect(names.last == "run_finished")
    }
}
