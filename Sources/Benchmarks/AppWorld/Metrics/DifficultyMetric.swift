import Evaluation
import JSON

/// The parameters of `appworld_difficulty`; they stand among those of its aggregation.
struct DifficultyParameters: Parameters {
    var categoryField = "difficulty"

    static var fields: [ParameterField<Self>] {
        [.init("category_field", \.categoryField, "The key under which the difficulty is counted.")]
    }
}

/// `appworld_difficulty`: how difficult a task is, for `categorical_count`.
struct DifficultyMetric: Metric {
    static let key = "appworld_difficulty"

    let parameters: DifficultyParameters

    var defaultAggregation: String { "categorical_count" }

    var scale: MetricScale { .amount }

    func score(_ episode: Episode, as id: String) throws -> Score? {
        let found = try EvaluatedTask(episode, for: id)
        var metadata = found.metadata
        metadata["missing_difficulty"] = .bool(found.difficulty == nil)
        guard let difficulty = found.difficulty else { return Score(metric: id, values: [:], metadata: metadata) }
        metadata[parameters.categoryField] = difficulty
        return Score(metric: id, values: ["count": 1], metadata: metadata)
    }
}
