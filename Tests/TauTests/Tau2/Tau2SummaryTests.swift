import Evaluation
import JSON
import Statistics
import Testing

@testable import Tau

@Suite("tau2 summaries")
struct Tau2SummaryTests {
    private func row(_ domain: String, _ task: String, trial: Int, pass: Double) -> MetricRow {
        let score = Score(
            metric: "m", values: ["pass": pass], metadata: ["domain": .string(domain), "task_id": .string(task)])
        return MetricRow(
            episode: EpisodeID(task: "t", sample: "\(domain)_\(task)", trial: trial), score: score, sampleMetadata: [:])
    }

    private func aggregate(_ rows: [MetricRow], _ parameters: Tau2PassHatParameters = .init()) throws -> AggregateResult
    {
        var accumulator = Tau2PassHatAggregation(parameters: parameters).makeAccumulator(seed: 1)
        for row in rows { accumulator.add(row) }
        return try accumulator.finish()
    }

    @Test("Tasks of one name in two domains are two tasks")
    func domainsApart() throws {
        let result = try aggregate([
            row("airline", "0", trial: 0, pass: 1), row("airline", "0", trial: 1, pass: 1),
            row("retail", "0", trial: 0, pass: 0), row("retail", "0", trial: 1, pass: 1),
        ])
        #expect(result.values.map(\.name) == ["pass_hat@1", "pass_hat@2"])
        #expect(result.values.map(\.value) == [0.75, 0.5])
        #expect(result.metadata["task_count"] == 2)
        #expect(result.intervals["pass_hat@1"] != nil)
    }

    @Test("Tasks that all agree leave room for others that do not")
    func certainty() throws {
        let agreeing = try #require(ClusteredShare([1, 1, 1, 1], clusters: ["a", "a", "b", "b"])?.interval)
        #expect(agreeing.upper == 1)
        #expect(abs(agreeing.lower - 0.3424) < 0.001)
        let mixed = try #require(ClusteredShare([1, 0, 1, 1], clusters: ["a", "a", "b", "b"])?.interval)
        #expect(mixed.lower == 0 && mixed.upper == 1)
        #expect(ClusteredShare([0.5], clusters: ["a"])?.interval == nil)
        #expect(ClusteredShare([], clusters: [String]()) == nil)
    }

    @Test("The task with the fewest trials bounds k, and so do the parameters")
    func bounds() throws {
        let rows = (0..<4).map { row("d", "a", trial: $0, pass: 1) } + (0..<3).map { row("d", "b", trial: $0, pass: 0) }
        #expect(try aggregate(rows).values.map(\.name) == ["pass_hat@1", "pass_hat@2", "pass_hat@3"])
        var parameters = Tau2PassHatParameters()
        parameters.maxK = 2
        #expect(try aggregate(rows, parameters).values.count == 2)
        parameters.maxK = nil
        parameters.kValues = OneOrMany([3, 1, 9])
        #expect(try aggregate(rows, parameters).values.map(\.name) == ["pass_hat@1", "pass_hat@3"])
        #expect(try aggregate([]).values.isEmpty)
    }

    private func record(_ domain: String, trial: Int, reward: Double?, outcome: Outcome = .scored) -> EpisodeRecord {
        var sample = Sample(id: "\(domain)_0")
        sample.metadata["tau2"] = ["domain": .string(domain), "task_id": "0", "tool_source": "own"]
        var episode = Episode(id: EpisodeID(task: "t", sample: sample.id, trial: trial), seed: 1, sample: sample)
        if let reward {
            episode.verdicts = [
                Verdict(
                    judge: "j",
                    output: [
                        "tau2": [
                            "reward": JSONValue(reward), "agent_cost": 0.5, "user_cost": nil,
                            "termination_reason": "user_stop", "reward_info": ["db_check": ["db_match": true]],
                        ]
                    ])
            ]
        }
        return EpisodeRecord(episode: episode, outcome: outcome, startedAt: 0, duration: 0)
    }

    @Test("The summary counts by domain, and errors are no zeros")
    func summary() throws {
        var accumulator = Tau2Summary().makeAccumulator(seed: 1)
        for record in [
            record("airline", trial: 0, reward: 1), record("airline", trial: 1, reward: 1),
            record("retail", trial: 0, reward: 0), record("retail", trial: 1, reward: 1),
            record(
                "retail", trial: 2, reward: nil, outcome: .errored(EvaluationError(.unexpected, "x", cause: .gage))),
            record("retail", trial: 3, reward: nil, outcome: .unscorable(reason: "no judge")),
        ] {
            accumulator.add(record)
        }
        let section = JSONValue.object(try #require(try accumulator.finish()))
        #expect(section.at("overall.total") == 4)
        #expect(section.at("overall.planned") == 6)
        #expect(section.at("overall.errored") == 1)
        #expect(section.at("overall.unscorable") == 1)
        #expect(section.at("overall.avg_reward")?.doubleValue == 0.75)
        #expect(section.at("overall.avg_agent_cost")?.doubleValue == 0.5)
        #expect(section.at("overall.avg_user_cost") == .null)
        #expect(section.at("pass_hat_k.2")?.doubleValue == 0.5)
        #expect(section.at("by_domain.airline.avg_reward")?.doubleValue == 1)
        #expect(section.at("by_domain.retail.pass_hat_k.1")?.doubleValue == 0.5)
        #expect(section["tool_source"] == "own")
    }

    @Test("A run without tau2 has no such section")
    func absence() throws {
        var accumulator = Tau2Summary().makeAccumulator(seed: 1)
        let episode = Episode(id: EpisodeID(task: "t", sample: "s", trial: 0), seed: 1, sample: Sample(id: "s"))
        accumulator.add(EpisodeRecord(episode: episode, outcome: .scored, startedAt: 0, duration: 0))
        #expect(try accumulator.finish() == nil)
    }

    @Test("Metrics read the verdict, refuse to be without one, and leave unknown prices out")
    func metrics() throws {
        var episode = Episode(id: EpisodeID(task: "t", sample: "s", trial: 0), seed: 1, sample: Sample(id: "s"))
        for quantity in Tau2Metric.Quantity.allCases {
            #expect(throws: EvaluationError.self) { try Tau2Metric(quantity: quantity).score(episode, as: "m") }
        }
        episode.verdicts = [
            Verdict(
                judge: "j",
                output: ["tau2": ["reward": 0.5, "agent_cost": 0.25, "user_cost": nil, "task_id": "0", "domain": "d"]])
        ]
        let values = try Tau2Metric.Quantity.allCases.map {
            try Tau2Metric(quantity: $0).score(episode, as: "m")?.values
        }
        #expect(values == [["reward": 0.5], ["pass": 0], ["pass": 0], ["agent_cost": 0.25], nil])
    }
}
