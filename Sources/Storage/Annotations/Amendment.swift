public import Evaluation
public import JSON

/// A person's correction of what an episode came to.
public enum Amendment: Sendable, Hashable {
    /// One number of a metric is another.
    case score(metric: String, value: String, number: Double)
    /// The episode should not count at all.
    case unscorable
    /// Earlier corrections are taken back.
    case original

    /// The correction as the journal keeps it.
    public var json: JSONValue {
        switch self {
        case .score(let metric, let value, let number):
            ["metric": .string(metric), "name": .string(value), "value": JSONValue(number)]
        case .unscorable: ["outcome": "unscorable"]
        case .original: ["outcome": "original"]
        }
    }

    /// Reads what ``json`` writes; nil for anything else.
    public init?(json: JSONValue) {
        if let metric = json["metric"]?.stringValue, let value = json["name"]?.stringValue,
            let number = json["value"]?.doubleValue, number.isFinite
        {
            self = .score(metric: metric, value: value, number: number)
        } else if json["outcome"] == "unscorable" {
            self = .unscorable
        } else if json["outcome"] == "original" {
            self = .original
        } else {
            return nil
        }
    }

    /// Reads a correction as people write it: `METRIC=NUMBER`, `METRIC.NAME=NUMBER`, `pass`, `fail`, `unscorable` or
    /// `original`.
    ///
    /// `pass` and `fail` are 1 and 0 of the episode's first metric. Throws ``EvaluationError``, cause `configuration`,
    /// when the episode has no such metric or no score to correct.
    public init(_ text: String, of record: EpisodeRecord) throws(EvaluationError) {
        if text == "original" {
            self = .original
            return
        }
        guard record.outcome == .scored else { throw Self.noScore(record) }
        switch text {
        case "unscorable": self = .unscorable
        case "pass", "fail":
            guard let first = record.scores.first else { throw Self.noScore(record) }
            self = .score(
                metric: first.metric, value: try Self.onlyValue(of: first), number: text == "pass" ? 1 : 0)
        default: self = try Self.score(text, of: record)
        }
    }

    private static func score(_ text: String, of record: EpisodeRecord) throws(EvaluationError) -> Amendment {
        guard let cut = text.lastIndex(of: "="), let number = Double(text[text.index(after: cut)...]), number.isFinite
        else {
            throw StorageFailure.request(
                "'\(text)' is no verdict",
                advice: "write METRIC=NUMBER, METRIC.NAME=NUMBER, pass, fail, unscorable or original")
        }
        guard !record.scores.isEmpty else { throw noScore(record) }
        let name = String(text[..<cut])
        if let score = record.scores.first(where: { $0.metric == name }) {
            return .score(metric: name, value: try onlyValue(of: score), number: number)
        }
        for score in record.scores where name.hasPrefix(score.metric + ".") {
            let value = String(name.dropFirst(score.metric.count + 1))
            if score.values[value] != nil { return .score(metric: score.metric, value: value, number: number) }
        }
        let names = record.scores.flatMap { score in
            [score.metric] + score.values.keys.sorted().map { "\(score.metric).\($0)" }
        }
        throw StorageFailure.request(
            "episode \(record.id) has no metric '\(name)'", advice: NearMiss.advice(name, among: names))
    }

    private static func onlyValue(of score: Score) throws(EvaluationError) -> String {
        if let name = score.values.keys.first, score.values.count == 1 { return name }
        throw StorageFailure.request(
            "the metric '\(score.metric)' has \(score.values.isEmpty ? "no number" : "several numbers")",
            advice: score.values.isEmpty
                ? nil
                : "say which: " + score.values.keys.sorted().map { "\(score.metric).\($0)" }.joined(separator: ", "))
    }

    private static func noScore(_ record: EpisodeRecord) -> EvaluationError {
        StorageFailure.request(
            "episode \(record.id) has no score to correct: it is \(record.outcome.name)",
            advice: "an errored episode can be attempted again with `gage retry`; notes and tags are always possible")
    }
}
