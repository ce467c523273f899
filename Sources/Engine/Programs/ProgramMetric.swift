import Evaluation
import JSON

/// The parameters of the metric `command`.
struct ProgramMetricParameters: Parameters {
    var program = ProgramSettings()
    var scale = MetricScale.score

    static var fields: [ParameterField<Self>] {
        ProgramSettings.fields.map { .init(of: \.program, $0) } + [
            .init(
                "scale", \.scale,
                "What the values measure: a score (0 to 1), a percentage, or an amount that is no share.")
        ]
    }
}

/// `implementation: command` of a metric: a program measures an episode that reached a verdict.
struct ProgramMetric: Metric {
    private let program: Program
    let scale: MetricScale
    let defaultAggregation = "mean"

    init(_ parameters: ProgramMetricParameters) throws {
        program = try Program(parameters.program)
        scale = parameters.scale
    }

    func score(_ episode: Episode, as id: String) async throws -> Score? {
        let answer = try await program.ask(.score, ProgramView.judged(episode).merging(["metric": .string(id)]))
        guard let found = answer["score"] ?? answer["values"] else { throw unreadable }
        var values: [String: Double] = [:]
        switch found {
        case .null: return nil
        case .object(let object):
            for (key, value) in object {
                guard let number = Self.number(value) else { throw unreadable }
                values[key] = number
            }
        default:
            guard let number = Self.number(found) else { throw unreadable }
            values[id] = number
        }
        return Score(
            metric: id, values: values, metadata: answer["metadata"]?.objectValue ?? [:],
            explanation: answer["explanation"]?.stringValue)
    }

    private static func number(_ value: JSONValue) -> Double? {
        if let flag = value.boolValue { return flag ? 1 : 0 }
        return value.doubleValue.flatMap { $0.isFinite ? $0 : nil }
    }

    private var unreadable: EvaluationError {
        program.failure(
            .score, .programMalformedReply, "answered without a number as 'score'",
            advice:
                "answer {\"score\": 0.5}, {\"values\": {\"name\": 0.5}}, or {\"score\": null} where it does not apply")
    }
}
