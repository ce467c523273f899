import ArgumentParser
import Evaluation
import GageConfiguration
import Glibc
import Reports

/// `--config` and `--set`, shared by every command that reads a configuration.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        name: [.short, .customLong("config")], help: "The configuration, a YAML file.",
        completion: .file(extensions: ["yaml", "yml"]))
    var config: String

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "Override a value: tasks[0].concurrency=8, or backends.my_model.config.model=gpt-4.1. May be repeated.",
            valueName: "path=value"))
    var overrides: [String] = []

    /// Reads the configuration and prints what there is to say about it.
    ///
    /// Secret variables may be missing where no server will be called. Throws the exit code for a wrong configuration
    /// when anything is.
    func load(
        _ components: Components, quiet: Bool = false, toleratesMissingSecrets: Bool = false
    ) throws -> LoadedConfiguration {
        let environment = ProcessEnvironment.variables()
        var loader = ConfigurationLoader(
            registry: components.registry, environment: environment,
            baseDirectory: ProcessEnvironment.currentDirectory())
        loader.toleratesMissingSecrets = toleratesMissingSecrets
        let result = loader.load(path: config, overrides: try parsedOverrides())
        DiagnosticsPrinter(environment: environment).print(result.diagnostics, notes: !quiet)
        guard let plan = result.plan, let document = result.document, !result.diagnostics.hasErrors else {
            throw ExitStatus.configuration.exitCode
        }
        return LoadedConfiguration(plan: plan, document: document)
    }

    private func parsedOverrides() throws -> [ConfigurationOverride] {
        try overrides.map { text in
            guard let override = ConfigurationOverride(assignment: text) else {
                throw ValidationError("--set wants PATH=VALUE, as in --set tasks[0].concurrency=8, not '\(text)'")
            }
            return override
        }
    }
}

/// A configuration that is in order.
struct LoadedConfiguration {
    let plan: Plan
    let document: EffectiveDocument
}

/// Prints diagnostics to standard error, all of them, errors last so that they are what remains on the screen.
struct DiagnosticsPrinter {
    private let terminal: Terminal

    init(environment: [String: String]) {
        terminal = Terminal(descriptor: STDERR_FILENO, environment: environment)
    }

    func print(_ diagnostics: Diagnostics, notes: Bool) {
        let shown = diagnostics.all.filter { notes || $0.severity != .note }
        for severity in [Diagnostic.Severity.note, .warning, .error] {
            for diagnostic in shown where diagnostic.severity == severity {
                Output.note(styled(diagnostic))
            }
        }
        let errors = diagnostics.all.count { $0.severity == .error }
        if errors > 0 { Output.note("\(errors) error\(errors == 1 ? "" : "s")") }
    }

    private func styled(_ diagnostic: Diagnostic) -> String {
        let word = "\(diagnostic.severity.rawValue):"
        let style: Terminal.Style =
            switch diagnostic.severity {
            case .error: .red
            case .warning: .yellow
            case .note: .dim
            }
        return diagnostic.description.replacing(word, with: terminal.styled(word, style), maxReplacements: 1)
    }
}
