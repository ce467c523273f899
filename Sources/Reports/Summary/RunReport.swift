import Engine
import Evaluation
public import GageConfiguration
public import JSON
public import Storage

/// Derives `summary.json`, `samples.jsonl` and `report.html` from a run's journal.
///
/// Nothing here is remembered from the run itself: the files can be deleted and made again at any time, and two runs
/// with the same episodes give the same bytes, times aside.
public struct RunReport: Sendable {
    private let plan: Plan
    private let directory: RunDirectory
    private let environment: JSONObject

    /// Prepares the report of a run; `environment` is what `summary.json` says about the machine.
    public init(plan: Plan, directory: RunDirectory, environment: JSONObject = [:]) {
        self.plan = plan
        self.directory = directory
        self.environment = environment
    }

    /// Writes all files and returns what `summary.json` holds.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when the journal cannot be read or the disk does not allow it.
    @discardableResult
    public func write() async throws -> JSONValue {
        let journal = try Journal.open(directory.journalPath)
        let seed = try journal.run().seed
        var pass = SummaryPass(plan: plan, seed: seed, sessions: try journal.sessions())
        var metrics = try MetricsAggregation(plan: plan).begin(journal)
        var sections = SummarySections(plan: plan, seed: seed)
        var amended = try AmendedMetrics(plan: plan, journal: journal)
        try directory.writeStreaming(to: "samples.jsonl") { writer in
            var sequence = 0
            try journal.forEachEpisode { stored in
                pass.add(stored.record)
                metrics.add(stored.record)
                amended?.add(stored.record)
                sections.add(stored.record)
                var line = SampleLine.json(of: stored, sequence: sequence).bytes(.compact)
                line.append(UInt8(ascii: "\n"))
                try writer.append(line)
                sequence += 1
            }
        }
        pass.finish()
        let finished = await sections.finish()
        for (path, bytes) in finished.files { _ = try directory.write(bytes, to: path) }
        var summary = try SummaryDocument(
            plan: plan, directory: directory, journal: journal, metrics: metrics.finish(), sections: finished.sections,
            pass: pass, environment: environment
        ).json
        if let amended { summary = summary.adding("amended", amended.section) }
        _ = try directory.write(summary.bytes(.pretty) + [UInt8(ascii: "\n")], to: "summary.json")
        var content = ReportPage.Content(summary: summary, configuration: configurationText)
        (content.failures, content.failureCount) = (pass.census.failures.kept, pass.census.failures.count)
        content.tables = finished.tables
        content.plots = finished.files.filter { $0.key.hasSuffix(".svg") }
        _ = try directory.write(Array(ReportPage(content).html().utf8), to: "report.html")
        try writeSinks(summary)
        return summary
    }

    /// The configuration as the run directory keeps it, secrets redacted; as JSON where that file is gone.
    private var configurationText: String {
        // Without the file the plan has the same content.
        guard let bytes = try? directory.read("config.yaml") else {
            return plan.resolvedConfiguration.text(.pretty)
        }
        return TranscriptContent.cut(String(decoding: bytes, as: UTF8.self), to: 200_000).kept
    }

    /// `reporting.sinks` of type `file` get a copy of the summary.
    private func writeSinks(_ summary: JSONValue) throws {
        for sink in plan.tasks.flatMap(\.reportSinks) {
            guard case .file(let path) = sink else { continue }
            let place = path.hasPrefix("/") ? path : "\(plan.baseDirectory)/\(path)"
            try RunDirectory.writeReport(summary.bytes(.pretty) + [UInt8(ascii: "\n")], to: place)
        }
    }
}
