import ArgumentParser
import Evaluation
import Exports
import JSON
import Storage

/// What a run tells a CI system at its end.
struct ReportingOptions: ParsableArguments {
    @Option(help: "Write the run as JUnit XML at its end.")
    var junit: String?

    @Flag(
        help: "Print annotations for GitHub workflows at the end, and add to the step's summary (GITHUB_STEP_SUMMARY).")
    var github = false

    /// Sees to it that what is told at the end can be written, before anything runs.
    ///
    /// Throws ``EvaluationError``, cause `configuration`.
    func prepare() throws {
        if let junit { try RunDirectory.prepareExport(to: junit) }
    }

    /// Reports a run that has ended, well or not.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when a file cannot be written.
    func report(_ directory: String, summary: JSONValue, environment: [String: String]) throws {
        guard junit != nil || github else { return }
        let run = try ExportedRun(path: directory)
        if let junit {
            let report = JUnitReport(run)
            try RunDirectory.writeExport(to: junit) { file in try report.write { try file.append($0) } }
        }
        guard github else { return }
        let report = GitHubReport(run, summary: summary)
        for line in try report.commands() { Output.note(line) }
        guard let path = environment["GITHUB_STEP_SUMMARY"], !path.isEmpty else { return }
        try RunDirectory.appendReport(Array(report.markdown.utf8), to: path)
    }
}
