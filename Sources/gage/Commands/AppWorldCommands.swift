import AppWorld
import ArgumentParser
import Evaluation

/// `gage appworld`: what AppWorld needs besides running.
struct AppWorldCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "appworld", abstract: "Prepare the data sets of AppWorld.",
        subcommands: [AppWorldExportCommand.self])
}

/// `gage appworld export-datasets`: JSON lines and a manifest from an AppWorld root.
struct AppWorldExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export-datasets",
        abstract: "Write the tasks of an AppWorld image, container or root as data sets, without ground truth.",
        discussion: """
            Writes train.jsonl, dev.jsonl, test_normal.jsonl, test_challenge.jsonl and manifest.json. An image is read \
            through a container that is never started.

            Example: gage appworld export-datasets --image appworld-mcp:latest --output local-datasets/appworld
            """)

    @Option(help: "The image that has the root.")
    var image: String?

    @Option(help: "The container that has the root, running or not: its name or id.")
    var container: String?

    @Option(
        help: ArgumentHelp(
            "The root: a directory of this machine; with --image or --container, the one inside (/run by default).",
            valueName: "dir"))
    var root: String?

    @Option(help: "The directory to write to.")
    var output = "local-datasets/appworld"

    @Option(help: "The subsets, with commas between them.")
    var subsets = AppWorldExport.officialSubsets.joined(separator: ",")

    func run() async throws {
        var settings = AppWorldExport.Settings(source: try source, output: output)
        if let root, image != nil || container != nil { settings.root = root }
        settings.subsets = subsets.split(separator: ",").map { name in
            String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        settings.environment = ProcessEnvironment.variables()
        settings.onProgress = { Output.note($0) }
        let outcome = try await AppWorldExport(settings).run()
        for subset in outcome.records { Output.result("\(subset.name): \(subset.count) tasks") }
        Output.result("written to \(outcome.directory)")
        guard outcome.missingSpecs.isEmpty else {
            let named = outcome.missingSpecs.prefix(3).joined(separator: ", ")
            Output.note(
                "gage: \(outcome.missingSpecs.count) tasks have no specs and are left out: \(named)"
                    + (outcome.missingSpecs.count > 3 ? ", …" : "") + "; the manifest names them")
            throw ExitStatus.failure.exitCode
        }
    }

    private var source: AppWorldExport.Source {
        get throws {
            switch (image, container, root) {
            case (let image?, nil, _): return .image(image)
            case (nil, let container?, _): return .container(container)
            case (nil, nil, let root?): return .directory(root)
            case (nil, nil, nil):
                throw ValidationError("say where the AppWorld root is: --image IMAGE, --container NAME or --root DIR")
            default: throw ValidationError("--image and --container exclude each other")
            }
        }
    }
}
