import Evaluation
public import JSON
import Reports
import Storage

/// A run for GitHub's workflows: annotations as workflow commands, and the step's summary as Markdown.
public struct GitHubReport: Sendable {
    /// The most episodes of each kind that are annotated; GitHub shows ten of a step.
    public static let annotationLimit = 10

    private let run: ExportedRun
    private let summary: JSONValue

    /// Takes a run and its `summary.json`.
    public init(_ run: ExportedRun, summary: JSONValue) {
        self.run = run
        self.summary = summary
    }

    /// The workflow commands: an error for errored episodes, a warning for those below full marks, a notice at the end.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when the journal cannot be read.
    public func commands() throws -> [String] {
        var (errors, failures): ([String], [String]) = ([], [])
        try run.journal.forEachEpisode(detail: .withoutTrajectory) { stored in
            let record = stored.record
            switch record.outcome {
            case .errored(let error):
                guard errors.count < Self.annotationLimit else { return }
                errors.append(
                    Self.command("error", "\(record.id) errored (\(error.cause.rawValue))", error.message))
            case .scored:
                guard failures.count < Self.annotationLimit, !ExportedRun.succeeded(record) else { return }
                failures.append(Self.command("warning", "\(record.id) failed", Self.reason(record)))
            case .unscorable: return
            }
        }
        return errors + failures + [Self.command("notice", "gage \(run.metadata.runID)", headline)]
    }

    private static func reason(_ record: EpisodeRecord) -> String {
        let explanation = record.scores.lazy.compactMap(\.explanation).first ?? "below full marks"
        return explanation.count > 1000 ? String(explanation.prefix(1000)) + "…" : explanation
    }

    private var headline: String {
        let outcomes = summary["outcomes"] ?? [:]
        let metrics = rows.map { "\($0.task) \($0.name) \($0.value)\($0.interval.isEmpty ? "" : " (\($0.interval))")" }
        let counts =
            "\(outcomes["scored"]?.intValue ?? 0) scored, \(outcomes["errored"]?.intValue ?? 0) errored of "
            + "\(outcomes["planned"]?.intValue.map(String.init) ?? "?") planned"
        return (metrics + [counts]).joined(separator: "; ")
    }

    private struct Row {
        var task: String
        var name: String
        var value: String
        var interval: String
        var count: Int
    }

    private var rows: [Row] {
        (summary["metrics"]?.arrayValue ?? []).flatMap { metric -> [Row] in
            let id = metric["metric_id"]?.stringValue ?? ""
            return (metric["raw_values"]?.objectValue ?? [:]).compactMap { name, value in
                guard let number = value.doubleValue else { return nil }
                let ends = metric["intervals"]?[name]?.arrayValue?.compactMap(\.doubleValue) ?? []
                let interval =
                    ends.count == 2 ? "\(NumberText.fixed(ends[0])) … \(NumberText.fixed(ends[1]))" : ""
                return Row(
                    task: metric["task_id"]?.stringValue ?? "",
                    name: name == id || id.hasSuffix("_\(name)") ? id : "\(id) \(name)",
                    value: NumberText.fixed(number), interval: interval, count: metric["count"]?.intValue ?? 0)
            }
        }
    }

    /// The step's summary.
    public var markdown: String {
        let outcomes = summary["outcomes"] ?? [:]
        var lines = ["### \(Self.plain(run.metadata.name)): \(Self.plain(run.metadata.status.rawValue))", ""]
        lines += ["| task | metric | value | 95 % interval | episodes |", "| --- | --- | ---: | ---: | ---: |"]
        lines += rows.map { row in
            "| \(Self.plain(row.task)) | \(Self.plain(row.name)) | \(row.value) | \(row.interval) | \(row.count) |"
        }
        let causes = (outcomes["errors_by_cause"]?.objectValue ?? [:]).map { "\($0.value.text()) \($0.key)" }
        let errored =
            "\(outcomes["errored"]?.intValue ?? 0) errored"
            + (causes.isEmpty ? "" : " (\(causes.joined(separator: ", ")))")
        lines += [
            "",
            "\(outcomes["scored"]?.intValue ?? 0) scored, \(errored), \(outcomes["unscorable"]?.intValue ?? 0) unscorable of "
                + "\(outcomes["planned"]?.intValue.map(String.init) ?? "?") planned; "
                + "seed \(run.metadata.seed), gage \(Self.plain(run.metadata.gageVersion)).", "",
        ]
        return lines.joined(separator: "\n")
    }

    /// A workflow command, in which line breaks and percent signs are escaped as GitHub wants.
    static func command(_ name: String, _ title: String, _ message: String) -> String {
        func data(_ text: String) -> String {
            text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
        }
        let property = data(title).replacing(":", with: "%3A").replacing(",", with: "%2C")
        return VisibleText.oneLine("::\(name) title=\(property)::\(data(message))")
    }

    /// Text that is no Markdown and no HTML.
    private static func plain(_ text: String) -> String {
        var result = ""
        for character in VisibleText.oneLine(text) {
            if "\\`*_{}[]<>()#+!|&~".contains(character) { result.append("\\") }
            result.append(character)
        }
        return result
    }
}
