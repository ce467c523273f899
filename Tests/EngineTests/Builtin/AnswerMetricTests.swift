import Evaluation
import JSON
import Testing

@testable import Engine

@Suite("Plain metrics")
struct AnswerMetricTests {
    private func episode(_ answer: String?, label: String?, options: [JSONValue] = []) -> Episode {
        var sample = Sample(id: "s")
        sample.label = label
        sample.options = options
        var episode = Episode(id: EpisodeID(task: "t", sample: "s", trial: 0), seed: 1, sample: sample)
        episode.prediction = Prediction(answer: answer)
        return episode
    }

    private static let choices: [JSONValue] = [
        ["id": "A", "content": "Paris"], ["id": "B", "content": "Rome"],
    ]

    @Test(arguments: [
        (AnswerMetric.Comparison.exact, " paris ", "Paris", 1.0), (.exact, "Paris!", "Paris", 0),
        (.contains, "It is Paris, of course", "paris", 1), (.contains, "Rome", "Paris", 0),
        (.numeric, "The total is 1,234.50 dollars", "1234.5", 1), (.numeric, "about 12 or 13", "13", 1),
        (.numeric, "none", "3", 0), (.choice, "(B)", "B", 1), (.choice, "Rome", "B", 1),
        (.choice, "The answer is B.", "B", 1), (.choice, "A or B", "B", 0),
    ])
    func comparisons(comparison: AnswerMetric.Comparison, answer: String, label: String, value: Double) throws {
        let metric = try AnswerMetric(comparison, AnswerParameters())
        let options = comparison == .choice ? Self.choices : []
        let score = try metric.score(episode(answer, label: label, options: options), as: "m")
        #expect(score?.values == ["m": value])
    }

    @Test func aMissingLabelIsAnErrorAndNoZero() throws {
        let metric = try AnswerMetric(.exact, AnswerParameters())
        #expect(throws: EvaluationError.self) { try metric.score(episode("x", label: nil), as: "m") }
    }

    @Test func thePatternPicksTheAnswer() throws {
        var parameters = AnswerParameters()
        parameters.pattern = "####\\s*(\\S+)"
        let metric = try AnswerMetric(.exact, parameters)
        #expect(try metric.score(episode("so\n#### 18", label: "18"), as: "m")?.values == ["m": 1])
    }
}

@Suite("Aggregations")
struct AggregationTests {
    private func row(_ sample: String, trial: Int, _ value: Double, scale: MetricScale = .score) -> MetricRow {
        MetricRow(
            episode: EpisodeID(task: "t", sample: sample, trial: trial),
            score: Score(metric: "m", values: ["m": value]), sampleMetadata: [:], scale: scale)
    }

    @Test func sharesOfSingleTrialsGetWilsonsInterval() throws {
        var accumulator = MeanAggregation(isWeighted: false).makeAccumulator(seed: 1)
        for index in 0..<10 { accumulator.add(row("s\(index)", trial: 0, index < 7 ? 1 : 0)) }
        let result = try accumulator.finish()
        #expect(result.values.first?.value == 0.7)
        let interval = try #require(result.intervals["m"])
        // Wilson's interval for 7 of 10, from the closed formula.
        #expect((interval.lower - 0.396_773).magnitude < 1e-5)
        #expect((interval.upper - 0.892_212).magnitude < 1e-5)
    }

    @Test func sharesInPercentGetTheSameIntervalInPercent() throws {
        var accumulator = MeanAggregation(isWeighted: false).makeAccumulator(seed: 1)
        for index in 0..<10 { accumulator.add(row("s\(index)", trial: 0, index < 7 ? 100 : 0, scale: .percent)) }
        let result = try accumulator.finish()
        #expect(result.values.first?.value == 70)
        #expect(result.metadata["interval_method"]?["m"] == "wilson")
        let interval = try #require(result.intervals["m"])
        #expect((interval.lower - 39.6773).magnitude < 1e-3)
        #expect((interval.upper - 89.2212).magnitude < 1e-3)
    }

    @Test func trialsOfOneSampleAreOneCluster() throws {
        var accumulator = MeanAggregation(isWeighted: false).makeAccumulator(seed: 1)
        for trial in 0..<4 { accumulator.add(row("a", trial: trial, 1)) }
        for trial in 0..<4 { accumulator.add(row("b", trial: trial, 0)) }
        let result = try accumulator.finish()
        #expect(result.metadata["interval_method"]?["m"] == "t_clustered_by_sample")
        #expect(result.metadata["sample_count"] == 2)
        #expect(result.intervals["m"]?.lower == 0)
    }

    @Test(arguments: [[0.0, 0, 0], [1, 1, 1]])
    func amountsThatDoNotVaryHaveNoInterval(values: [Double]) throws {
        var accumulator = MeanAggregation(isWeighted: false).makeAccumulator(seed: 1)
        for (index, value) in values.enumerated() { accumulator.add(row("s\(index)", trial: 0, value, scale: .amount)) }
        let result = try accumulator.finish()
        #expect(result.values.first?.value == values[0])
        #expect(result.intervals.isEmpty)
    }

    @Test func trialsThatAllAgreeLeaveRoomForOtherSamples() throws {
        var accumulator = MeanAggregation(isWeighted: false).makeAccumulator(seed: 1)
        for sample in ["a", "b"] {
            for trial in 0..<4 { accumulator.add(row(sample, trial: trial, 1)) }
        }
        let result = try accumulator.finish()
        #expect(result.metadata["interval_method"]?["m"] == "wilson_over_samples")
        let interval = try #require(result.intervals["m"])
        // Wilson's interval for 2 of 2, from the closed formula.
        #expect((interval.lower - 0.342_372).magnitude < 1e-5)
        #expect(interval.upper == 1)
    }

    @Test func anAmountIsNoShareAndNeverNegative() throws {
        var accumulator = MeanAggregation(isWeighted: false).makeAccumulator(seed: 1)
        for (index, value) in [0.0, 0, 1].enumerated() {
            accumulator.add(row("s\(index)", trial: 0, value, scale: .amount))
        }
        let result = try accumulator.finish()
        #expect(result.metadata["interval_method"]?["m"] == "t")
        let interval = try #require(result.intervals["m"])
        #expect(interval.lower == 0)
        // 1/3 + 4.302653 * 1/3, Student's quantile with two degrees of freedom.
        #expect((interval.upper - 1.767_551).magnitude < 1e-5)
    }

    @Test func countsAndTimesAreAmounts() throws {
        #expect(TrajectoryMetric(quantity: .turns).scale == .amount)
        #expect(TrajectoryMetric(quantity: .latency).scale == .amount)
        #expect(try AnswerMetric(.exact, AnswerParameters()).scale == .score)
    }

    @Test func passAtKAndPassHatKDiffer() throws {
        var least = PassAggregation(kind: .atLeastOne, parameters: PassParameters()).makeAccumulator(seed: 1)
        var all = PassAggregation(kind: .all, parameters: PassParameters()).makeAccumulator(seed: 1)
        for (trial, value) in [1.0, 0, 1, 0].enumerated() {
            least.add(row("a", trial: trial, value))
            all.add(row("a", trial: trial, value))
        }
        // C(2,2)/C(4,2) = 1/6 and 1 - 1/6.
        #expect(try least.finish().values.map(\.name) == ["pass@1", "pass@2", "pass@3", "pass@4"])
        #expect((try least.finish().values[1].value - 5.0 / 6).magnitude < 1e-12)
        #expect((try all.finish().values[1].value - 1.0 / 6).magnitude < 1e-12)
    }

    @Test func noRowsAreNoZero() throws {
        let result = try MeanAggregation(isWeighted: false).makeAccumulator(seed: 1).finish()
        #expect(result.values.isEmpty)
        #expect(result.count == 0)
    }
}

@Suite("Default preprocessor")
struct DefaultPreprocessorTests {
    private func sample(_ fields: JSONObject) throws -> Sample {
        let record = DatasetRecord(fields: fields, origin: "data.jsonl:1")
        guard case .sample(let sample) = try DefaultPreprocessor(parameters: .init()).process(record) else {
            throw EvaluationError(.unexpected, "dropped", cause: .gage)
        }
        return sample
    }

    @Test func questionAndAnswer() throws {
        let sample = try sample(["id": 7, "question": "2+2?", "answer": "4"])
        #expect(sample.id == "7")
        #expect(sample.messages == [.user("2+2?")])
        #expect(sample.label == "4")
        #expect(sample.visibleJSON["answer"] == nil)
    }

    @Test func anIndexIntoTheChoicesIsTheirLetter() throws {
        let sample = try sample(["question": "Capital?", "choices": ["Paris", "Rome"], "answer": 1])
        #expect(sample.label == "B")
        #expect(sample.messages.first?.text == "Capital?\n\nA. Paris\nB. Rome")
    }

    @Test func aRecordWithoutAQuestionIsAnError() {
        #expect(throws: EvaluationError.self) { try sample(["id": "x"]) }
    }
}
