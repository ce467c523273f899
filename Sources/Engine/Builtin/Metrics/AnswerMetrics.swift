import Evaluation
import JSON

/// A metric that compares the answer with what it should have been.
struct AnswerMetric: Metric {
    /// How the two are compared.
    enum Comparison: Sendable {
        case exact
        case contains
        case choice
        case numeric
    }

    let comparison: Comparison
    let parameters: AnswerParameters
    let defaultAggregation = "mean"

    init(_ comparison: Comparison, _ parameters: AnswerParameters) throws {
        self.comparison = comparison
        self.parameters = parameters
        if let pattern = parameters.pattern { _ = try Self.expression(pattern) }
    }

    func score(_ episode: Episode, as id: String) throws -> Score? {
        let labels = EpisodeFields.labels(parameters.labelField, of: episode)
        guard !labels.isEmpty else {
            throw EvaluationError(
                .dataMissing, "metric '\(id)' finds no right answer in '\(parameters.labelField)'", cause: .task,
                advice: "give the sample a 'label' or 'references', or set 'label_field'")
        }
        let given = EpisodeFields.text(EpisodeFields.value(parameters.predictionField, of: episode)) ?? ""
        let answer = try extracted(from: given)
        let isRight = labels.contains { matches(answer, $0, episode.sample) }
        return Score(
            metric: id, values: [id: isRight ? 1 : 0],
            explanation: isRight ? nil : "answered '\(answer)', expected '\(labels.joined(separator: "' or '"))'")
    }

    private func extracted(from text: String) throws -> String {
        guard let pattern = parameters.pattern else { return text }
        guard let match = text.firstMatch(of: try Self.expression(pattern)) else { return "" }
        let group = match.output.count > 1 ? match.output[1].substring : nil
        return String(group ?? match.output[0].substring ?? "")
    }

    private static func expression(_ pattern: String) throws -> Regex<AnyRegexOutput> {
        do {
            return try Regex(pattern)
        } catch {
            throw EvaluationError(
                .configurationInvalid, "'\(pattern)' is not a regular expression", cause: .configuration,
                underlying: error)
        }
    }

    private func matches(_ answer: String, _ label: String, _ sample: Sample) -> Bool {
        switch comparison {
        case .exact: folded(answer) == folded(label)
        case .contains: !folded(label).isEmpty && folded(answer).contains(folded(label))
        case .choice: choice(in: answer, of: sample) == folded(label)
        case .numeric: isNear(Self.lastNumber(in: answer), Self.lastNumber(in: label))
        }
    }

    private func folded(_ text: String) -> String {
        let text = PromptTemplate.stripped(text)
        return parameters.ignoresCase ? text.lowercased() : text
    }

    private func choice(in answer: String, of sample: Sample) -> String? {
        let choices = sample.options.compactMap { option in
            option["id"].flatMap(EpisodeFields.text).map { id in
                ChoiceReader.Choice(id: id, content: EpisodeFields.text(option["content"]) ?? "")
            }
        }
        return ChoiceReader(choices).choice(in: answer).map(folded)
    }

    private func isNear(_ answer: Double?, _ label: Double?) -> Bool {
        guard let answer, let label else { return false }
        let distance = (answer - label).magnitude
        return distance <= parameters.tolerance || distance <= parameters.tolerance * label.magnitude
    }

    static func lastNumber(in text: String) -> Double? {
        let pieces = text.split { !($0.isNumber || $0 == "." || $0 == "-" || $0 == "," || $0 == "e" || $0 == "E") }
        for piece in pieces.reversed() {
            var digits = String(piece.filter { $0 != "," })
            while digits.last == "." { digits.removeLast() }
            if let number = Double(digits), number.isFinite { return number }
        }
        return nil
    }
}

/// `regex_match`: whether the answer matches `pattern`, or else the label, read as a regular expression.
struct RegexMetric: Metric {
    let parameters: AnswerParameters
    let defaultAggregation = "mean"

    func score(_ episode: Episode, as id: String) throws -> Score? {
        let answer = EpisodeFields.text(EpisodeFields.value(parameters.predictionField, of: episode)) ?? ""
        let labels = parameters.pattern.map { [$0] } ?? EpisodeFields.labels(parameters.labelField, of: episode)
        guard !labels.isEmpty else {
            throw EvaluationError(
                .dataMissing, "metric '\(id)' finds no expression in '\(parameters.labelField)'", cause: .task)
        }
        let isRight = try labels.contains { label in
            do {
                let expression = try Regex(label)
                return answer.contains(parameters.ignoresCase ? expression.ignoresCase() : expression)
            } catch {
                throw EvaluationError(
                    .dataMalformed, "'\(label)' is not a regular expression", cause: .task, underlying: error)
            }
        }
        return Score(metric: id, values: [id: isRight ? 1 : 0])
    }
}

/// The parameters of `judge_field`.
struct JudgeFieldParameters: Parameters {
    var field = ""

    static var fields: [ParameterField<Self>] {
        [.init("field", \.field, "The field of the judge output, as judge.score.") { $0.isRequired = true }]
    }
}

/// `judge_field`: a number or true/false that a judge found.
struct JudgeFieldMetric: Metric {
    let parameters: JudgeFieldParameters
    let defaultAggregation = "mean"

    func score(_ episode: Episode, as id: String) throws -> Score? {
        let value = EpisodeFields.value("judge_output.\(parameters.field)", of: episode)
        let number = value?.doubleValue ?? value?.boolValue.map { $0 ? 1 : 0 }
        guard let number else {
            throw EvaluationError(
                .judgeFailed, "metric '\(id)' finds no number in judge_output.\(parameters.field)", cause: .task)
        }
        return Score(metric: id, values: [id: number])
    }
}

/// `turns`: how many replies the agent gave.
///
/// `latency`: seconds spent waiting for its model.
struct TrajectoryMetric: Metric {
    /// What is measured.
    enum Quantity: Sendable {
        case turns
        case latency
    }

    let quantity: Quantity
    let defaultAggregation = "mean"
    let scale = MetricScale.amount

    func score(_ episode: Episode, as id: String) throws -> Score? {
        let entries = episode.trajectory.entries.filter { $0.speaker == .agent }
        let value =
            switch quantity {
            case .turns: Double(entries.count)
            case .latency: entries.reduce(0) { $0 + $1.duration }
            }
        return Score(metric: id, values: [id: value])
    }
}
