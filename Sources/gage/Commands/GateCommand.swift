import ArgumentParser
import Evaluation
import GageConfiguration
import Glibc
import JSON
import Reports
import Storage

/// `gage gate`: whether a run is good enough, as a policy file says.
struct GateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate", abstract: "Hold a run against a policy: PASS, FAIL or INCONCLUSIVE.",
        discussion: """
            Exits with 0 for PASS, 4 for FAIL, 5 for INCONCLUSIVE. docs/gate.md describes policies; config/gates has some.
            Example: gage gate --policy config/gates/release.yaml runs/after --baseline runs/before
            """)

    @Argument(help: ArgumentHelp("The run: its directory, or its id below --output-dir.", valueName: "run"))
    var subject: String?

    @Option(help: "The policy, a YAML file.")
    var policy: String?

    @Option(help: "The run to compare with, where the policy asks for that.")
    var baseline: String?

    @Option(help: "Where run directories are made.")
    var outputDir = "runs"

    @Flag(help: "Print the result as JSON.")
    var json = false

    @Flag(help: "Print the JSON Schema of policies, for editors, and do nothing else.")
    var schema = false

    func validate() throws {
        guard schema || (subject != nil && policy != nil) else {
            throw ValidationError("name the run, and the policy with --policy")
        }
    }

    func run() throws {
        guard !schema else { return Output.result(GatePolicy.jsonSchema.text(.pretty)) }
        let environment = ProcessEnvironment.variables()
        let file = ParameterFile<GatePolicy>(path: policy ?? "")
        try stop(file.diagnostics, environment)
        guard let block = file.block else { throw ExitStatus.configuration.exitCode }
        var options = ComparedRun.Options()
        options.isAmended = block.countsCorrections
        var gate = GateEvaluation(
            policy: block, node: file.node, run: try read(subject ?? "", options),
            baseline: try baseline.map { try read($0, options) })
        let (result, diagnostics) = gate.evaluate()
        try stop(diagnostics, environment)
        guard let result else { throw ExitStatus.configuration.exitCode }
        if json {
            Output.result(result.json.text(.pretty))
        } else {
            for line in result.lines(on: Terminal(descriptor: 1, environment: environment)) { Output.result(line) }
        }
        switch result.verdict {
        case .pass: break
        case .fail: throw ExitStatus.belowGate.exitCode
        case .inconclusive: throw ExitStatus.inconclusive.exitCode
        }
    }

    private func stop(_ diagnostics: Diagnostics, _ environment: [String: String]) throws {
        DiagnosticsPrinter(environment: environment).print(diagnostics, notes: true)
        if diagnostics.hasErrors { throw ExitStatus.configuration.exitCode }
    }

    private func read(_ run: String, _ options: ComparedRun.Options) throws -> GateEvaluation.Subject {
        let path = try StoredRunPlace.path(of: run, below: outputDir)
        var subject = GateEvaluation.Subject(run: try ComparedRun(path: path, options: options))
        let summary = "\(path)/summary.json"
        if RunDirectory.isReadable(summary) {
            subject.summary = try JSONValue.parse(bytes: try RunDirectory.readReport(summary))
            if options.isAmended { try requireCorrections(in: summary, of: path) }
        }
        return subject
    }

    /// A summary that was written before a correction was made says nothing of it.
    private func requireCorrections(in summary: String, of path: String) throws {
        var latest = 0.0
        try Journal.open(try RunDirectory.open(path).journalPath).forEachAnnotation { annotation in
            if annotation.amendment != nil { latest = max(latest, annotation.time) }
        }
        var status = stat()
        guard stat(summary, &status) == 0 else { return }
        let written = Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9
        guard written < latest else { return }
        throw EvaluationError(
            .configurationInvalid, "the summary of '\(path)' is older than its newest correction",
            cause: .configuration, advice: "write it again: gage report \(path)")
    }
}
