import ArgumentParser
import Evaluation
import JSON
import Reports
import Storage

/// `gage ps`: the runs that go on.
struct PsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ps",
        abstract: "List the runs that go on: run, process, state, task, counts.",
        discussion: """
            A run is found by its lock in the output directory; shards and the runs of `gage serve` are runs like others. \
            One that does not answer is `silent`. Sockets that killed runs left are removed.
            """)

    @Option(help: "Where run directories are made.")
    var outputDir = "runs"

    @Flag(help: "Print one JSON object a run.")
    var json = false

    func run() async throws {
        let findings = await LiveRuns.find(try RunDirectory.held(in: outputDir))
        if findings.cleaned > 0 {
            Output.note("removed \(findings.cleaned) socket\(findings.cleaned == 1 ? "" : "s") of killed runs")
        }
        if json {
            for entry in findings.entries { Output.result(entry.json.text()) }
        } else if findings.entries.isEmpty {
            Output.note("no run goes on in \(outputDir)")
        } else {
            let terminal = Terminal(descriptor: 1, environment: ProcessEnvironment.variables())
            for line in LiveRunTable(entries: findings.entries).lines(on: terminal) { Output.result(line) }
        }
    }
}
