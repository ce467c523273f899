import ArgumentParser
import Evaluation
import GageConfiguration
import JSON
import Pause

/// What every stage that the engine runs can be told.
struct PauseStageOptions: ParsableArguments {
    @Option(
        name: [.short, .customLong("config")],
        help: "A configuration in place of the built-in one, which lies in config/pause.")
    var config: String?

    @Option(help: "A YAML file with routes: who plays whom, who judges, and their backends (config/pause/routes.yaml).")
    var routes: String?

    @Flag(help: "Do everything again, in a new run; without it, what is there is kept.")
    var force = false

    @Flag(help: "Attempt again what failed through the fault of a provider, a simulator or the machine.")
    var retryErrored = false

    @OptionGroup var display: DisplayOptions
    @OptionGroup var limits: RunLimitOptions

    /// The configuration of a stage with these overrides in it.
    ///
    /// Throws the exit code for a wrong configuration when anything is.
    func load(
        _ stage: PauseConfigurations.Stage, _ components: Components, overrides: [ConfigurationOverride]
    ) throws -> LoadedConfiguration {
        let environment = ProcessEnvironment.variables()
        let loader = ConfigurationLoader(
            registry: components.registry, environment: environment,
            baseDirectory: ProcessEnvironment.currentDirectory())
        let result =
            if let config {
                loader.load(path: config, overrides: overrides)
            } else {
                loader.load(text: stage.text, file: stage.name, overrides: overrides)
            }
        DiagnosticsPrinter(environment: environment).print(result.diagnostics, notes: !display.quiet)
        guard let plan = result.plan, let document = result.document, !result.diagnostics.hasErrors else {
            throw ExitStatus.configuration.exitCode
        }
        return LoadedConfiguration(plan: plan, document: document)
    }

    /// The routes file, where one is named.
    func routesFile() throws -> PauseRoutesFile? { try routes.map { try PauseRoutesFile(path: $0) } }
}

extension ConfigurationOverride {
    /// An override with a value of any shape.
    init(_ path: String, _ value: JSONValue, from origin: String) {
        self.init(path: path, value: value.text(), origin: origin)
    }
}

/// Which of the tasks a stage takes.
struct PauseTaskChoice: ParsableArguments {
    @Option(parsing: .upToNextOption, help: "Only these branches; all by default.")
    var branch: [String] = []

    @Option(help: "The largest number of tasks of each branch in each file.")
    var limit: Int?

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit wants a number from 1 on") }
    }

    /// The overrides of the stage's data set that say so.
    var overrides: [ConfigurationOverride] {
        var overrides: [ConfigurationOverride] = []
        if !branch.isEmpty {
            let branches = JSONValue.array(branch.map { .string($0) })
            overrides.append(ConfigurationOverride("datasets[0].params.branch", branches, from: "--branch"))
        }
        if let limit {
            overrides.append(ConfigurationOverride("datasets[0].params.limit", JSONValue(limit), from: "--limit"))
        }
        return overrides
    }
}
