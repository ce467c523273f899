import Evaluation
import GageConfiguration
import GageTesting
import JSON
import Storage
import Testing

@testable import Engine

/// What is alive follows what is in flight, not the size of the data: counted, not timed.
@Suite struct MemoryTests {
    @Test(arguments: [50, 1500]) func liveEpisodesAreBounded(samples: Int) async throws {
        let gauge = LiveGauge()
        struct Marking: Preprocessor {
            let gauge: LiveGauge

            func process(_ record: DatasetRecord) throws -> PreprocessingResult {
                var sample = try Sample(json: record.fields)
                sample.extras["unused"] = nil
                return .sample(sample)
            }
        }
        let agent = ClosureAdapter { episode, _ in
            episode.kitState["token"] = LiveToken(gauge)
            await Task.yield()
            episode.prediction = Prediction(answer: "x")
        }
        var plan = Plan.testing(samples: samples, agent: agent)
        plan.tasks[0].dataset.preprocessor = Marking(gauge: gauge)
        plan.tasks[0].concurrency = 4
        plan.tasks[0].prefetch = 3
        let run = try TemporaryRun(plan)
        let result = try await run.run()
        #expect(result.outcomes.scored == samples)
        #expect(gauge.most <= 4)
        #expect(gauge.now == 0)
    }

    @Test func recordsAreReadOnlyAFewAhead() async throws {
        let read = CallCounter()
        let executed = CallCounter()
        let ahead = LatestLargest()
        let loader = GeneratedLoader(count: 400) { index in
            _ = read.next()
            return ["id": .string("s\(index)")]
        }
        let agent = ClosureAdapter { episode, _ in
            await Task.yield()
            ahead.see(read.count - executed.next())
            episode.prediction = Prediction(answer: "x")
        }
        var plan = Plan.testing(loader: loader, agent: agent, metric: ClosureMetric { _ in 1 })
        plan.tasks[0].concurrency = 4
        plan.tasks[0].prefetch = 3
        _ = try await TemporaryRun(plan).run()
        #expect(ahead.value <= 4 + 3 + 1)
    }
}
