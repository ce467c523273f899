import ArgumentParser
import Evaluation
import GageConfiguration
import JSON

/// `gage validate`: checks configurations without running anything.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Check configurations; every problem is reported with its place.")

    @Argument(help: "The configurations.")
    var files: [String]

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Override a value in each of them, as `gage run` does.", valueName: "path=value"))
    var overrides: [String] = []

    @Flag(name: .shortAndLong, help: "Leave out notes.")
    var quiet = false

    func run() throws {
        let components = Components()
        var isWrong = false
        for file in files {
            var options = ConfigurationOptions()
            options.config = file
            options.overrides = overrides
            do {
                _ = try options.load(components, quiet: quiet)
                Output.result("\(file): in order")
            } catch is ExitCode {
                Output.result("\(file): wrong")
                isWrong = true
            }
        }
        if isWrong { throw ExitStatus.configuration.exitCode }
    }
}

/// `gage plan`: shows the step graph.
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Show what a configuration compiles to: tasks, steps, who reads and writes what."
    )

    /// How the plan is shown.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case mermaid
        case json
    }

    @OptionGroup var source: ConfigurationOptions

    @Option(help: "text, mermaid or json.")
    var format = Format.text

    func run() throws {
        let rendering = PlanRendering(try source.load(Components(), quiet: true).plan)
        switch format {
        case .text: Output.result(rendering.text)
        case .mermaid: Output.result(rendering.mermaid)
        case .json: Output.result(rendering.json.text(.pretty))
        }
    }
}

/// `gage config`: shows the effective configuration.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Show the configuration that holds, and where each value comes from.")

    @OptionGroup var source: ConfigurationOptions

    @Flag(help: "Show the resolved configuration: templates, variables, overrides and defaults put in (the default).")
    var resolved = false

    @Flag(help: "As JSON.")
    var json = false

    func run() throws {
        let document = try source.load(Components(), quiet: true).document
        Output.result(json ? document.json.text(.pretty) : document.yaml(showingOrigins: true))
    }
}

/// `gage schema`: prints the JSON Schema of configurations.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the JSON Schema of configurations, for editors.")

    func run() throws {
        Output.result(ConfigurationSchema.document(Components().registry).text(.pretty))
    }
}

/// `gage list`: lists the registered components.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the components that configurations can name.")

    @Argument(help: "Only this kind: metrics, roles, backends, …")
    var kind: String?

    func run() throws {
        let catalog = ComponentCatalog(Components().registry)
        guard let kind else { return Output.result(catalog.list()) }
        guard let found = ComponentCatalog.kind(named: kind) else {
            let kinds = ComponentKind.allCases.map(\.rawValue)
            throw ValidationError(
                "there is no kind of component '\(kind)'; \(NearMiss.advice(kind, among: kinds) ?? "")")
        }
        Output.result(catalog.list(found))
    }
}

/// `gage describe`: describes a component.
struct DescribeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe", abstract: "Describe a component: what it does, its parameters, their defaults.")

    @Argument(help: "The component's key.")
    var key: String?

    @Flag(help: "All components and all keys of the configuration.")
    var all = false

    @Flag(help: "As Markdown, as in docs/configuration.md.")
    var markdown = false

    func validate() throws {
        if key == nil, !all { throw ValidationError("name a component, or ask for --all") }
    }

    func run() throws {
        let components = Components()
        let catalog = ComponentCatalog(components.registry)
        guard let key, !all else {
            return Output.result(ConfigurationReference(components.registry).markdown)
        }
        guard let text = catalog.describe(key) else {
            let hint = catalog.nearMiss(key).map { "; did you mean '\($0)'?" } ?? "; `gage list` shows all"
            throw ValidationError("there is no component '\(key)'\(hint)")
        }
        Output.result(text)
    }
}
