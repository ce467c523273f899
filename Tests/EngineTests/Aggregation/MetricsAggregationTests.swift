import Evaluation
import GageConfiguration
import GageTesting
import JSON
import Storage
import Testing

@testable import Engine

@Suite struct MetricsAggregationTests {
    private static func builtin(_ key: String) throws -> any Aggregation {
        var diagnostics = Diagnostics()
        let node = ConfigNode.empty(at: SourceLocation(file: "x", line: 1, column: 1), path: "")
        return try #require(Registry(kits: [BuiltinKit()]).aggregations[key]?.make(from: node, into: &diagnostics))
    }

    /// Every second trial succeeds, and the whole of sample `s0` fails.
    private func run(_ key: String, trials: Int) async throws -> AggregatedMetric {
        let metric = ClosureMetric { $0.id.sample == "s0" ? 0 : ($0.id.trial % 2 == 0 ? 1 : 0) }
        var plan = Plan.testing(samples: 6, metric: metric)
        plan.tasks[0].trials = trials
        plan.tasks[0].metrics[0].aggregationKey = key
        plan.tasks[0].metrics[0].aggregation = try Self.builtin(key)
        let run = try TemporaryRun(plan)
        _ = try await run.run()
        return try #require(try run.metrics().first)
    }

    @Test func oneTrialGivesAWilsonInterval() async throws {
        let metric = try await run("mean", trials: 1)
        #expect(metric.result?.values.first?.value == 5.0 / 6)
        #expect(metric.result?.metadata["interval_method"]?["acc"] == "wilson")
        let interval = try #require(metric.result?.intervals["acc"])
        #expect(abs(interval.lower - 0.43649) < 1e-4)
        #expect(abs(interval.upper - 0.96994) < 1e-4)
    }

    @Test func trialsOfOneSampleAreOneCluster() async throws {
        let metric = try await run("mean", trials: 4)
        #expect(metric.result?.count == 24)
        #expect(metric.result?.metadata["interval_method"]?["acc"] == "t_clustered_by_sample")
        #expect(metric.result?.metadata["sample_count"] == 6)
    }

    @Test func passAtKIsAMeanOverSamples() async throws {
        let values = try #require(try await run("pass_at_k", trials: 2).result?.values)
        #expect(values.map(\.name) == ["pass@1", "pass@2"])
        #expect(abs(values[0].value - 5.0 / 12) < 1e-12)
        #expect(abs(values[1].value - 5.0 / 6) < 1e-12)
    }

    @Test func nothingScoredGivesNoNumberAndFullCoverageOfThat() async throws {
        let agent = ClosureAdapter { _, _ in throw EvaluationError(.providerFailed, "x", cause: .provider) }
        var plan = Plan.testing(samples: 3, agent: agent)
        plan.tasks[0].metrics[0].aggregation = try Self.builtin("mean")
        let run = try TemporaryRun(plan)
        _ = try await run.run()
        let metric = try #require(try run.metrics().first)
        #expect(metric.result?.values.isEmpty == true)
        #expect(metric.json["raw_values"] == [:])
        #expect(metric.json["coverage"] == ["scored": 0, "planned": 3, "unscorable": 0, "errored": 3])
    }

    @Test func anAggregationThatFailsIsReportedInItsEntry() async throws {
        struct Failing: Aggregation {
            struct Rows: Accumulator {
                mutating func add(_ row: MetricRow) {}
                func finish() throws -> AggregateResult {
                    throw EvaluationError(.dataMissing, "no group", cause: .task)
                }
            }
            func makeAccumulator(seed: UInt64) -> any Accumulator { Rows() }
        }
        var plan = Plan.testing(samples: 1)
        plan.tasks[0].metrics[0].aggregation = Failing()
        let run = try TemporaryRun(plan)
        _ = try await run.run()
        #expect(try run.metrics().first?.json["error"]?["message"] == "no group")
    }

    @Test func aTaskThatHasNotBegunIsLeftOut() async throws {
        var plan = Plan.testing(samples: 2)
        let run = try TemporaryRun(plan)
        _ = try await run.run()
        plan.tasks.append(plan.tasks[0])
        plan.tasks[1].id = "later"
        #expect(try MetricsAggregation(plan: plan).aggregate(try run.journal()).map(\.task) == ["task"])
    }

    @Test(arguments: [(0.5, "0.50000"), (1.0 / 3, "0.33333"), (-2.5, "-2.50000"), (1e9, "1000000000.00000")])
    func valuesHaveFiveDecimals(value: Double, text: String) {
        #expect(FixedDecimals.text(value, decimals: 5) == text)
    }
}

@Suite struct SummarySectionTests {
    struct Counting: SummaryGenerator {
        struct Rows: SummaryAccumulator {
            var outcomes: [String] = []
            mutating func add(_ record: EpisodeRecord) { outcomes.append(record.outcome.name) }
            func finish() throws -> JSONObject? {
                outcomes.contains("unscorable") ? nil : ["outcomes": .array(outcomes.map(JSONValue.string))]
            }
        }
        func makeAccumulator(seed: UInt64) -> any SummaryAccumulator { Rows() }
    }

    @Test func everyEpisodeGoesThroughEveryGenerator() async throws {
        let agent = ClosureAdapter { episode, _ in
            if episode.sample.id == "s1" { throw EvaluationError(.providerFailed, "x", cause: .provider) }
            episode.prediction = Prediction(answer: "x")
        }
        var plan = Plan.testing(samples: 2, agent: agent)
        plan.summaryGenerators = [PlannedSummaryGenerator(id: "mine", generator: Counting())]
        let run = try TemporaryRun(plan)
        _ = try await run.run()
        var sections = SummarySections(plan: plan, seed: try run.journal().run().seed)
        for record in try run.records() { sections.add(record) }
        #expect(await sections.finish().sections == ["mine": ["outcomes": ["scored", "errored"]]])
    }
}
