import AppWorld
import ArgumentParser
import Evaluation
import FoundationEssentials
import Glibc
import JSON
import Reports
import Transport

/// The options of `gage fidelity appworld`.
struct AppWorldFidelityOptions: ParsableArguments {
    /// The image that `--stand-in` starts.
    private static let standIn = "gage-appworld-stand-in:local"

    @Option(help: ArgumentHelp("AppWorld: the environment server that is asked.", valueName: "url"))
    var environment: String?

    @Option(help: ArgumentHelp("AppWorld: the API server that is asked.", valueName: "url"))
    var apis: String?

    @Option(help: ArgumentHelp("AppWorld: the MCP server that is asked.", valueName: "url"))
    var mcp: String?

    @Option(help: "AppWorld: start this image's servers afresh for each file, in place of the three addresses.")
    var image: String?

    @Flag(help: "AppWorld: the same with the stand-in's image and names.")
    var standIn = false

    @Option(help: ArgumentHelp("AppWorld: a map from recorded names to the servers' own, as JSON.", valueName: "file"))
    var names: String?

    @Flag(help: "AppWorld: compare bodies byte by byte, not by shape.")
    var exact = false

    /// Whether any of them was given.
    var areUsed: Bool {
        [environment, apis, mcp, image, names].contains { $0 != nil } || standIn || exact
    }

    func settings() throws -> AppWorldFidelity.Settings {
        guard !standIn || image == nil else { throw ValidationError("--stand-in and --image exclude each other") }
        var settings = AppWorldFidelity.Settings()
        settings.image = standIn ? Self.standIn : image
        guard settings.image == nil || [environment, apis, mcp].allSatisfy({ $0 == nil }) else {
            throw ValidationError("give the servers' addresses or have them started, not both")
        }
        settings.urls[.environment] = environment
        settings.urls[.apis] = apis
        settings.urls[.mcp] = mcp
        settings.isExact = exact
        settings.environment = ProcessEnvironment.variables()
        settings.onProgress = { Output.note($0) }
        if let names { settings.names = try Self.map(names) }
        return settings
    }

    private static func map(_ path: String) throws -> AppWorldNameMap {
        let json: JSONValue
        do {
            json = try JSONValue.parse(bytes: [UInt8](try Data(contentsOf: URL(filePath: path))))
        } catch {
            throw ValidationError("the map '\(path)' cannot be read: \(error)")
        }
        guard let map = AppWorldNameMap(json) else {
            throw ValidationError("'\(path)' is no map: it needs an object 'texts' of texts")
        }
        return map
    }
}

extension FidelityCommand {
    /// Replays recorded exchanges with AppWorld's servers, recomputes recorded figures, and prints the ledger.
    func runAppWorld() async throws {
        let ledger = try await AppWorldFidelity(appWorld.settings(), http: HTTPClient()).run(files: cases)
        if json {
            Output.result(ledger.json.text())
        } else {
            show(ledger, on: Terminal(descriptor: STDOUT_FILENO, environment: ProcessEnvironment.variables()))
        }
        guard ledger.total > 0 else {
            Output.note("gage: the files hold no case")
            throw ExitStatus.configuration.exitCode
        }
        if ledger.agreed + ledger.known != ledger.total { throw ExitStatus.belowGate.exitCode }
    }

    private func show(_ ledger: AppWorldLedger, on terminal: Terminal) {
        var table = TextTable([
            .init("topic", canShrink: true), .init("agreed", .right), .init("known", .right), .init("total", .right),
        ])
        for group in ledger.groups {
            table.add([group.topic, String(group.agreed), String(group.known), String(group.total)])
        }
        table.add(["all", String(ledger.agreed), String(ledger.known), String(ledger.total)])
        for line in table.lines(on: terminal) { Output.result(line) }
        for item in ledger.disagreements.prefix(50) {
            Output.result("\(terminal.styled(item.place, item.reason == nil ? .red : .yellow)): \(item.field)")
            if let reason = item.reason { Output.result("    known:    \(reason)") }
            Output.result("    recorded: \(Self.cut(item.expected))")
            Output.result("    here:     \(Self.cut(item.actual))")
        }
        if ledger.disagreements.count > 50 {
            Output.result("… and \(ledger.disagreements.count - 50) more; --json lists them")
        }
    }
}
