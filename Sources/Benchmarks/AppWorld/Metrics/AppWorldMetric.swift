import Evaluation
import JSON

/// A number of AppWorld's evaluation of one task.
struct AppWorldMetric: Metric {
    /// Which number.
    enum Quantity: String, CaseIterable, Sendable {
        /// Task goal completion, in percent.
        case tgc
        /// Scenario goal completion of the one task, in percent, which is its task goal completion.
        case sgc
        /// 1 when the task is done, else 0.
        case success
        /// How many tests passed.
        case passes
        /// How many tests failed.
        case fails

        var key: String {
            switch self {
            case .tgc: "appworld_tgc"
            case .sgc: "appworld_sgc"
            case .success: "appworld_success_rate"
            case .passes: "appworld_pass_count"
            case .fails: "appworld_fail_count"
            }
        }

        var summary: String {
            switch self {
            case .tgc: "AppWorld's task goal completion, in percent."
            case .sgc: "AppWorld's scenario goal completion of a single task, in percent; see appworld_summary."
            case .success: "Whether an AppWorld task is done."
            case .passes: "How many of an AppWorld task's tests passed."
            case .fails: "How many of an AppWorld task's tests failed."
            }
        }
    }

    let quantity: Quantity

    var defaultAggregation: String { "mean" }

    var scale: MetricScale {
        switch quantity {
        case .tgc, .sgc: .percent
        case .success: .score
        case .passes, .fails: .amount
        }
    }

    func score(_ episode: Episode, as id: String) throws -> Score? {
        let found = try EvaluatedTask(episode, for: id)
        var score = Score(metric: id, values: [:], metadata: found.metadata)
        let value = found.value(of: quantity)
        // A number that is not known, as on a redacted test split, is left out and said to be missing.
        score.metadata["missing_\(quantity == .success ? "tgc" : quantity.rawValue)"] = .bool(value == nil)
        if let value { score.values[quantity.rawValue] = value }
        return score
    }
}

/// What the judge found, as metrics read it.
struct EvaluatedTask {
    private let output: JSONValue
    private let task: JSONValue

    /// Finds the judge's output; throws ``EvaluationError``, cause `configuration`, where no judge of AppWorld ran.
    init(_ episode: Episode, for metric: String) throws(EvaluationError) {
        guard let output = episode.judgeOutput[AppWorldTask.key], output.objectValue != nil else {
            throw EvaluationError(
                .judgeFailed, "metric '\(metric)' finds no verdict of AppWorld", cause: .configuration,
                advice: "let a judge with 'implementation: appworld_evaluate' run before it")
        }
        self.output = output
        task = episode.sample.metadata[AppWorldTask.key] ?? .null
    }

    func value(of quantity: AppWorldMetric.Quantity) -> Double? {
        switch quantity {
        case .tgc: output["tgc"]?.doubleValue
        case .sgc: output["sgc"]?.doubleValue
        case .success: output["tgc"]?.doubleValue.map { $0 >= 1 ? 1 : 0 }
        case .passes: (output["tests"]?["passes"]?.arrayValue?.count).map(Double.init)
        case .fails: (output["tests"]?["fails"]?.arrayValue?.count).map(Double.init)
        }
    }

    var difficulty: JSONValue? { output["difficulty"] }

    var metadata: JSONObject {
        var metadata: JSONObject = [:]
        for key in ["task_id", "subset", "scenario"] { metadata[key] = task[key] }
        return metadata
    }
}
