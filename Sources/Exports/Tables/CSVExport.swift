import Evaluation
import JSON
import Storage

/// A run as a table: one row for each episode, one column for each number of a metric.
public struct CSVExport: Sendable {
    private let run: ExportedRun
    private let columns: [String]

    private static let ownColumns = [
        "task_id", "sample_id", "trial", "domain", "outcome", "cause", "seed", "duration_s", "input_tokens",
        "output_tokens", "cost_usd",
    ]

    /// Looks which numbers the run's episodes have.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when the journal cannot be read.
    public init(_ run: ExportedRun) throws {
        self.run = run
        var columns: [String] = []
        var known: Set<String> = []
        try run.journal.forEachFigures { figures in
            for name in Self.values(figures).map(\.name) where known.insert(name).inserted { columns.append(name) }
        }
        self.columns = columns
    }

    /// Writes the table: RFC 4180, lines ended by CR LF, in plan order.
    ///
    /// A number that an episode does not have is an empty cell, never zero. Throws what `write` throws, and
    /// ``EvaluationError`` when the journal cannot be read.
    public func write(_ write: ([UInt8]) throws -> Void) throws {
        try write(Self.line(Self.ownColumns + columns + ["tags", "amended"]))
        try run.journal.forEachFigures { figures in
            let said = run.annotations[figures.id] ?? EpisodeAnnotations()
            var cells = [
                figures.id.task, figures.id.sample, "\(figures.id.trial)", Self.domain(figures) ?? "",
                figures.outcome, figures.cause ?? "", "\(figures.seed)", JSONValue(figures.duration).text(),
                figures.inputTokens.map(String.init) ?? "", figures.outputTokens.map(String.init) ?? "",
                figures.cost.map { JSONValue($0).text() } ?? "",
            ]
            let values = Dictionary(Self.values(figures), uniquingKeysWith: { first, _ in first })
            cells += columns.map { name in values[name].map { JSONValue($0).text() } ?? "" }
            cells += [said.tags.joined(separator: ";"), said.isAmended ? "true" : "false"]
            try write(Self.line(cells))
        }
    }

    private static func values(_ figures: EpisodeFigures) -> [(name: String, value: Double)] {
        figures.scores.flatMap { score in
            score.values.keys.sorted().compactMap { key in score.values[key].map { ("\(score.metric).\(key)", $0) } }
        }
    }

    private static func domain(_ figures: EpisodeFigures) -> String? {
        figures.sampleMetadata["domain"]?.stringValue
            ?? figures.sampleMetadata.lazy.compactMap { $0.value["domain"]?.stringValue }.first
    }

    private static func line(_ cells: [String]) -> [UInt8] {
        Array((cells.map(quoted).joined(separator: ",") + "\r\n").utf8)
    }

    private static func quoted(_ cell: String) -> String {
        guard cell.utf8.contains(where: { $0 == 34 || $0 == 44 || $0 == 10 || $0 == 13 }) else { return guarded(cell) }
        return "\"\(guarded(cell).replacing("\"", with: "\"\""))\""
    }

    /// Text that a spreadsheet would take for a formula gets an apostrophe before it.
    private static func guarded(_ cell: String) -> String {
        guard let first = cell.utf8.first, [61, 43, 45, 64, 9, 13].contains(first), Double(cell) == nil else {
            return cell
        }
        return "'" + cell
    }
}
