import Evaluation
import GRDB

/// The scores that a run's episodes have, by the numbers under which the index keeps them.
struct ScoreNames: Sendable {
    struct Name: Sendable, Hashable {
        var metric: String
        var value: String
    }

    private(set) var identifiers: [Name: Int64] = [:]
    /// The metrics in the order in which they were first seen, which is the configuration's.
    private(set) var metrics: [String] = []

    init() {}

    /// Reads the index's table of names.
    init(_ database: Database) throws {
        for row in try Row.fetchAll(database, sql: "SELECT id, metric, value_name FROM score_name ORDER BY id") {
            add(Name(metric: row["metric"], value: row["value_name"]), row["id"])
        }
    }

    mutating func add(_ name: Name, _ identifier: Int64) {
        identifiers[name] = identifier
        if !metrics.contains(name.metric) { metrics.append(name.metric) }
    }

    /// The value that stands for a metric: its first in order of name.
    func primary(of metric: String) -> Int64? {
        identifiers.filter { $0.key.metric == metric }.min { $0.key.value < $1.key.value }?.value
    }

    /// The number of what `METRIC` or `METRIC.NAME` means; nil where the run has no such score.
    func identifier(_ text: String) -> Int64? {
        if let found = primary(of: text) { return found }
        guard let dot = text.lastIndex(of: ".") else { return nil }
        return identifiers[Name(metric: String(text[..<dot]), value: String(text[text.index(after: dot)...]))]
    }

    /// The number of a filter's score; that of no score while the run has none at all.
    func identifier(of subject: FilterSubject, in filter: EpisodeFilter) throws(FilterError) -> Int64 {
        let wanted = subject.metric ?? ""
        if let found = identifier(wanted) { return found }
        guard !identifiers.isEmpty else { return 0 }
        let names = metrics + identifiers.keys.map { "\($0.metric).\($0.value)" }.sorted()
        let advice = NearMiss.hint(wanted, among: names) ?? "scores: \(names.prefix(20).joined(separator: ", "))"
        throw FilterError(
            "the run has no score '\(wanted)'", at: subject.metricOffset, length: wanted.count, advice: advice,
            in: filter.expression)
    }
}
