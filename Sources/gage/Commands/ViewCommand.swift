import ArgumentParser
import Evaluation
import GageConfiguration
import Glibc
import Processes
import Server
import Storage

/// `gage view`: runs in the browser.
struct ViewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "view",
        abstract: "Show runs in the browser: tables, filters, full-text search, transcripts.",
        discussion: """
            Examples: gage view
                      gage view runs/quickstart-20260301T123000Z --no-open

            The page is for this machine only. The printed link has a token that lets your browser in; on another machine, \
            forward the port: ssh -L 8321:127.0.0.1:8321 HOST. Ctrl-C ends the viewer.
            """)

    @Argument(help: "A directory with runs, or a run's own.")
    var directory = "runs"

    @Option(help: "The port; 0 takes a free one.")
    var port = 8321

    @Flag(help: "Do not open the browser.")
    var noOpen = false

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port wants a number from 0 to 65535") }
    }

    func run() async throws {
        guard access(directory, R_OK | X_OK) == 0 else {
            throw EvaluationError(
                .configurationInvalid, "there is no directory \(directory) that can be read", cause: .configuration,
                advice: "name the --output-dir of your runs, or a run's own directory")
        }
        let environment = ProcessEnvironment.variables()
        var settings = ViewerConfiguration(
            directory: directory, cacheDirectory: CacheDirectory.path(environment))
        settings.port = port
        settings.version = Gage.version
        settings.author = environment["USER"] ?? environment["LOGNAME"] ?? ""
        let opener = noOpen ? nil : Self.opener(environment)
        let server = ViewerServer(settings)
        let (starts, start) = AsyncStream<String>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { start.finish() }
                try await server.run(stopsOnSignals: true) { start.yield($0) }
            }
            for await url in starts {
                Output.result("viewer at \(url)")
                if let opener { group.addTask { await Self.open(url, by: opener) } }
            }
            try await group.waitForAll()
        }
    }

    /// The program that opens links, where there is a screen to show them on.
    private static func opener(_ environment: [String: String]) -> String? {
        guard isatty(STDOUT_FILENO) == 1, environment["DISPLAY"] != nil || environment["WAYLAND_DISPLAY"] != nil
        else { return nil }
        return (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/xdg-open" }
            .first { access($0, X_OK) == 0 }
    }

    private static func open(_ url: String, by opener: String) async {
        var command = ProcessCommand(opener, [url])
        command.deadline = .seconds(10)
        // The link stands on the terminal: whoever has no browser here follows it elsewhere.
        _ = try? await Processes.run(command)
    }
}
