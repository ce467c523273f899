import ArgumentParser
import Engine
import Evaluation
import Server
import Tau
import Transport

/// `gage serve`: τ-bench over HTTP.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve τ-bench over HTTP: GET /scores runs it and answers the scores.",
        discussion: """
            Example: curl 'http://127.0.0.1:8000/scores?model=openai_gpt-4o&subset=airline&taskID=1'

            GET /openapi.json describes everything. SIGTERM and SIGINT stop the server; its runs are interrupted and can be \
            gone on with.
            """)

    @Option(help: "The address to listen on; this machine only by default.")
    var host = "127.0.0.1"

    @Option(help: "The port; 0 takes a free one.")
    var port = 8000

    @Option(help: "The bearer token that clients must show; $GAGE_SERVE_TOKEN by default, which others cannot see.")
    var token: String?

    @Option(help: "Runs at once.")
    var parallelRuns = 4

    @Option(help: "Runs that may wait for their turn; more are refused with status 429.")
    var maxQueue = 100

    @Option(
        name: [.short, .customLong("config")],
        help: "The configuration of the runs; the built-in one by default (config/tau-bench/mt_benchmark.yaml).")
    var config: String?

    @Option(help: "Where run directories are made.")
    var outputDir = "runs"

    @Option(help: "Where the MT-benchmark's output is made.")
    var dataDir = "data"

    @Flag(help: "Serve nothing; ask the server that listens there whether it is well, and exit with 0 or 1.")
    var check = false

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port wants a number from 0 to 65535") }
        guard parallelRuns >= 1 else { throw ValidationError("--parallel-runs wants a number from 1 on") }
        guard maxQueue >= 0 else { throw ValidationError("--max-queue wants a number from 0 on") }
    }

    func run() async throws {
        if check { return try await checkHealth() }
        let components = Components()
        var planner = TauBenchPlanner(components: components, configurationPath: config)
        planner.outputDirectory = outputDir
        let defaults = try defaults(planner)
        let runner = TauBenchRunner(components: components, outputDirectory: outputDir, dataDirectory: dataDir)
        let settings = settings()
        if !settings.isLoopback, settings.token == nil {
            Output.note(
                "warning: \(host) can be reached from other machines and no token is asked for; set GAGE_SERVE_TOKEN")
        }
        let control = RunControl()
        Interrupts.forward(to: control, saying: "stopping: runs are interrupted and can be gone on with")
        let server = APIServer(
            configuration: settings, service: TauBenchService(planner: planner, runner: runner, defaults: defaults))
        try await server.run(
            onStart: { Output.result("listening on \($0)") }, until: { await control.waitForRequest(after: 0) })
    }

    /// What runs have of which a client says nothing; finds out now, and not at the first request, whether they can be.
    private func defaults(_ planner: TauBenchPlanner) throws -> TauBenchFacts {
        do {
            return try planner.begin(TauBenchWish(model: "openai/gpt-4o")).facts
        } catch let error as TauBenchConfigurationError {
            DiagnosticsPrinter(environment: ProcessEnvironment.variables()).print(error.diagnostics, notes: false)
            throw ExitStatus.configuration.exitCode
        }
    }

    /// Asks a running server; for health checks where there is no other HTTP client.
    private func checkHealth() async throws {
        var configuration = HTTPClientConfiguration()
        configuration.proxy = .direct
        let client = HTTPClient(configuration: configuration)
        let address = host == "0.0.0.0" ? "127.0.0.1" : host == "::" ? "[::1]" : host
        let request = HTTPRequest(url: "http://\(address):\(port)/health")
        let status: String
        do {
            let response = try await client.send(request)
            if response.status == 200 { return Output.result(String(decoding: response.body, as: UTF8.self)) }
            status = "it answers with status \(response.status)"
        } catch {
            status = "\(error)"
        }
        Output.note("gage: the server at \(request.url) is not well: \(status)")
        throw ExitStatus.failure.exitCode
    }

    private func settings() -> APIConfiguration {
        var settings = APIConfiguration()
        settings.host = host
        settings.port = port
        let secret = token ?? ProcessEnvironment.variables()["GAGE_SERVE_TOKEN"] ?? ""
        settings.token = secret.isEmpty ? nil : secret
        settings.parallelRuns = parallelRuns
        settings.queuedRuns = maxQueue
        settings.version = Gage.version
        return settings
    }
}
