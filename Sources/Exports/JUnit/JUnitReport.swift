import Evaluation
import JSON
import Storage

/// A run as JUnit XML, which CI systems show: a suite for each task, a case for each episode.
///
/// An episode below full marks is a failure, an errored one an error, and one that cannot be judged is skipped.
public struct JUnitReport: Sendable {
    /// The most characters of an explanation.
    private static let textLimit = 10_000

    private let run: ExportedRun

    /// Prepares the report of a run.
    public init(_ run: ExportedRun) { self.run = run }

    private struct Counts {
        var tests = 0
        var failures = 0
        var errors = 0
        var skipped = 0
        var seconds = 0.0

        mutating func add(_ record: EpisodeRecord) {
            tests += 1
            seconds += record.duration
            switch record.outcome {
            case .errored: errors += 1
            case .unscorable: skipped += 1
            case .scored: if !ExportedRun.succeeded(record) { failures += 1 }
            }
        }

        static func + (left: Self, right: Self) -> Self {
            Counts(
                tests: left.tests + right.tests, failures: left.failures + right.failures,
                errors: left.errors + right.errors, skipped: left.skipped + right.skipped,
                seconds: left.seconds + right.seconds)
        }

        var attributes: String {
            "tests=\"\(tests)\" failures=\"\(failures)\" errors=\"\(errors)\" skipped=\"\(skipped)\" "
                + "time=\"\(JUnitReport.time(seconds))\""
        }
    }

    /// Writes the document, an episode in memory at a time.
    ///
    /// Throws what `write` throws, and ``EvaluationError`` when the journal cannot be read.
    public func write(_ write: ([UInt8]) throws -> Void) throws {
        var counts: [String: Counts] = [:]
        try run.journal.forEachEpisode(detail: .withoutTrajectory) { stored in
            counts[stored.record.id.task, default: Counts()].add(stored.record)
        }
        func put(_ text: String) throws { try write(Array(text.utf8)) }
        let total = counts.values.reduce(Counts(), +)
        let name = XMLText.escape(run.metadata.name)
        try put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"\(name)\" \(total.attributes)>\n")
        for task in run.tasks {
            let own = counts[task.id] ?? Counts()
            let moment = TimeStamp.utc(run.metadata.startedAt)
            try put(
                "  <testsuite name=\"\(XMLText.escape(task.id))\" \(own.attributes) timestamp=\"\(moment)\">\n")
            try put(properties)
            try run.journal.forEachEpisode(inTask: task.id, detail: .withoutTrajectory) { stored in
                try put(testCase(stored.record))
            }
            try put("  </testsuite>\n")
        }
        try put("</testsuites>\n")
    }

    private var properties: String {
        let entries = [
            ("run_id", run.metadata.runID), ("seed", "\(run.metadata.seed)"),
            ("plan_digest", run.metadata.planDigest), ("gage_version", run.metadata.gageVersion),
        ]
        let lines = entries.map { name, value in
            "      <property name=\"\(name)\" value=\"\(XMLText.escape(value))\"/>\n"
        }
        return "    <properties>\n\(lines.joined())    </properties>\n"
    }

    private func testCase(_ record: EpisodeRecord) -> String {
        let name = "\(record.id.sample)__trial_\(record.id.trial)"
        let opening =
            "    <testcase classname=\"\(XMLText.escape(record.id.task))\" name=\"\(XMLText.escape(name))\" "
            + "time=\"\(Self.time(record.duration))\""
        let content = Self.content(record)
        return content.isEmpty ? "\(opening)/>\n" : "\(opening)>\n\(content)    </testcase>\n"
    }

    private static func content(_ record: EpisodeRecord) -> String {
        switch record.outcome {
        case .errored(let error):
            let text = XMLText.escape(cut(error.description))
            return "      <error message=\"\(XMLText.escape(cut(error.message)))\" "
                + "type=\"\(XMLText.escape("\(error.cause.rawValue): \(error.code.rawValue)"))\">\(text)</error>\n"
        case .unscorable(let reason): return "      <skipped message=\"\(XMLText.escape(cut(reason)))\"/>\n"
        case .scored:
            guard !ExportedRun.succeeded(record) else { return "" }
            let scores = record.scores.flatMap { score in
                score.values.keys.sorted().map { "\(score.metric) \($0) = \(JSONValue(score.values[$0] ?? 0).text())" }
            }.joined(separator: ", ")
            let why = record.scores.compactMap(\.explanation).joined(separator: "\n")
            return "      <failure message=\"\(XMLText.escape(cut(scores)))\" type=\"below full marks\">"
                + "\(XMLText.escape(cut(why)))</failure>\n"
        }
    }

    private static func cut(_ text: String) -> String {
        text.utf8.count <= textLimit ? text : String(text.prefix(textLimit)) + "…"
    }

    /// Seconds with a thousandth, as JUnit has them.
    static func time(_ seconds: Double) -> String {
        let thousandths = Int((max(0, seconds) * 1000).rounded())
        let rest = String(thousandths % 1000)
        return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }
}
