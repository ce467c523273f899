import Evaluation
import JSON
import Testing

@testable import AppWorld

@Suite("Metrics")
struct MetricTests {
    private func episode(_ output: JSONObject?) -> Episode {
        var episode = Episode(id: EpisodeID(task: "t", sample: "a_1", trial: 0), seed: 1, sample: Sample(id: "a_1"))
        if let output { episode.verdicts = [Verdict(judge: "j", output: ["appworld": .object(output)])] }
        return episode
    }

    private static let full: JSONObject = [
        "tgc": 100.0, "sgc": 100.0, "difficulty": 2, "tests": ["passes": [[:], [:]], "fails": [[:]]],
    ]

    @Test(
        "Each metric reads its number",
        arguments: [
            (AppWorldMetric.Quantity.tgc, 100.0), (.sgc, 100), (.success, 1), (.passes, 2), (.fails, 1),
        ])
    func reads(quantity: AppWorldMetric.Quantity, value: Double) throws {
        let score = try AppWorldMetric(quantity: quantity).score(episode(Self.full), as: "m")
        #expect(score?.values == [quantity.rawValue: value])
    }

    @Test("What a redacted verdict does not say is missing, not zero")
    func redacted() throws {
        let short = Redaction.verdict(Self.full)
        #expect(short == ["tgc": 100.0, "redacted": true])
        for quantity in [AppWorldMetric.Quantity.sgc, .passes, .fails] {
            let score = try #require(try AppWorldMetric(quantity: quantity).score(episode(short), as: "m"))
            #expect(score.values.isEmpty)
            #expect(score.metadata["missing_\(quantity.rawValue)"] == true)
        }
        let difficulty = try DifficultyMetric(parameters: DifficultyParameters()).score(episode(short), as: "m")
        #expect(difficulty?.metadata["difficulty"] == nil)
    }

    @Test("Difficulties are counted under the configured key")
    func difficulty() throws {
        var parameters = DifficultyParameters()
        parameters.categoryField = "level"
        let score = try DifficultyMetric(parameters: parameters).score(episode(Self.full), as: "m")
        #expect(score?.metadata["level"] == 2)
    }

    @Test("Without a judge there is an error that says so")
    func withoutJudge() {
        #expect { try AppWorldMetric(quantity: .tgc).score(episode(nil), as: "m") } throws: { error in
            (error as? EvaluationError)?.advice?.contains("appworld_evaluate") ?? false
        }
    }
}
