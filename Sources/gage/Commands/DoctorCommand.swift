import ArgumentParser
import Evaluation
import GageConfiguration
import JSON
import Reports

/// `gage doctor`: looks at what runs need.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look at what runs need: engine, images, disk, ports, keys, limits, data.",
        discussion: """
            Nothing is changed, fetched or asked of a model, and no key's value is shown. Exit code 0 when nothing fails \
            (warnings are none), 2 otherwise. `gage proactive doctor` looks at the Python side of training.
            """)

    @Option(
        name: [.short, .customLong("config")], help: "A configuration that is to be run: its images, keys and data too."
    )
    var config: String?

    @Option(help: "Where run directories are to be made.")
    var outputDir = "runs"

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
        let components = Components()
        let environment = ProcessEnvironment.variables()
        var findings: [Finding] = []
        var plan: Plan?
        if let config {
            let loader = ConfigurationLoader(
                registry: components.registry, environment: environment,
                baseDirectory: ProcessEnvironment.currentDirectory())
            let result = loader.load(path: config)
            plan = result.diagnostics.hasErrors ? nil : result.plan
            findings = result.diagnostics.all.compactMap(Self.finding)
            if plan != nil { findings.insert(.ok("configuration", "\(config) is valid"), at: 0) }
        }
        let doctor = Doctor(
            components: components, plan: plan, outputDirectory: outputDir, environment: environment,
            currentDirectory: ProcessEnvironment.currentDirectory())
        findings = await doctor.findings() + findings
        show(findings, environment)
        if findings.contains(where: { $0.level == .fail }) { throw ExitStatus.configuration.exitCode }
    }

    private static func finding(_ diagnostic: Diagnostic) -> Finding? {
        switch diagnostic.severity {
        case .error: .fail("configuration", "\(diagnostic)")
        case .warning: .warn("configuration", "\(diagnostic)")
        case .note: nil
        }
    }

    private func show(_ findings: [Finding], _ environment: [String: String]) {
        if json {
            let worst = findings.map(\.level).max() ?? .ok
            let object: JSONValue = ["level": .string(worst.rawValue), "findings": .array(findings.map(\.json))]
            return Output.result(object.text(.pretty))
        }
        let terminal = Terminal(descriptor: 1, environment: environment)
        let width = findings.map(\.subject.count).max() ?? 0
        for finding in findings {
            let style: Terminal.Style =
                switch finding.level {
                case .ok: .green
                case .warn: .yellow
                case .fail: .red
                }
            let level = finding.level.rawValue + (finding.level == .ok ? "  " : "")
            let blank = String(repeating: " ", count: width - finding.subject.count)
            Output.result("\(terminal.styled(level, style))  \(finding.subject)\(blank)  \(finding.message)")
            if let advice = finding.advice { Output.result("\(String(repeating: " ", count: width + 8))\(advice)") }
        }
    }
}
