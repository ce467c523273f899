import AppWorld
import ArgumentParser
import Evaluation
import Models
import Server
import Tau

/// `gage mock-server`: an OpenAI-compatible server without a model.
struct MockServerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mock-server",
        abstract: "Serve the protocols of providers without a model: for dry runs and tests.",
        discussion: """
            Modes: fixed answers --text; echo repeats the last message; scripted answers from --script; tau2-gold plays \
            the expected actions of official τ² tasks, and the user; tau2-drop-write leaves out the last one that \
            changes anything; tau2-mixed does the one or the other, or lets the user hang up, by task and trial; \
            tau-bench-gold and tau-bench-drop-write do the same for the original τ-bench; appworld plays the agents of \
            --script, as docker/appworld-stand-in/agents.json.

            Protocols: chat completions and responses of OpenAI below /v1, Anthropic's /v1/messages, Gemini's \
            /v1beta/models/NAME:generateContent, Azure's /openai/deployments/NAME/chat/completions; streams too.

            Faults, repeatable: --fault KIND/N for every N-th request, KIND/0.05 for five in a hundred. Kinds: reset, \
            hang, rate_limit, server_error, truncated_body, malformed_json, malformed_tool_json, empty_choices, \
            slow_stream.
            """)

    /// What answers.
    enum Mode: String, ExpressibleByArgument, CaseIterable {
        case fixed
        case echo
        case scripted
        case tau2Gold = "tau2-gold"
        case tau2DropWrite = "tau2-drop-write"
        case tau2Mixed = "tau2-mixed"
        case tauBenchGold = "tau-bench-gold"
        case tauBenchDropWrite = "tau-bench-drop-write"
        case appWorld = "appworld"
    }

    @Option(
        help: """
            What answers: fixed, echo, scripted, tau2-gold, tau2-drop-write, tau2-mixed, tau-bench-gold, \
            tau-bench-drop-write, appworld.
            """)
    var mode = Mode.echo

    @Option(help: "The text of mode fixed.")
    var text = "Hello!"

    @Option(help: "The script of mode scripted, JSON or JSONL; the agents of mode appworld.")
    var script: String?

    @Option(help: "The agent of mode appworld; TASK=AGENT gives one task to another. May be repeated.")
    var agent: [String] = []

    @Option(
        help: "The official data directory of the tau modes; $TAU2_DATA_DIR or $TAU_BENCH_DATA_DIR by default.")
    var data: String?

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port; 0 takes a free one.")
    var port = 8081

    @Option(help: "A model that it says it has; may be repeated. Requests for others are answered too.")
    var model: [String] = []

    @Option(help: "Milliseconds before each answer.")
    var latency = 0.0

    @Option(help: "Requests at a time; more are refused with status 429.")
    var capacity: Int?

    @Option(help: "Requests that are worked on at a time; more stand in line.")
    var workers: Int?

    @Option(help: "Requests in a time, as 20/2 for twenty in two seconds; more are refused, and what is left is told.")
    var rateLimit: String?

    @Option(help: "A fault, as rate_limit/7; may be repeated.")
    var fault: [String] = []

    @Option(help: "Seconds in the Retry-After of rate_limit.")
    var retryAfter = 1.0

    @Option(help: "The seed of faults by share and of jitter.")
    var seed: UInt64 = 0

    func validate() throws {
        if let capacity, capacity < 1 { throw ValidationError("--capacity wants a number from 1 on") }
        if let workers, workers < 1 { throw ValidationError("--workers wants a number from 1 on") }
    }

    func run() async throws {
        var configuration = MockConfiguration()
        configuration.host = host
        configuration.port = port
        if !model.isEmpty { configuration.models = model }
        configuration.latencyMilliseconds = latency
        configuration.retryAfter = retryAfter
        configuration.capacity = capacity
        configuration.workers = workers
        configuration.rate = try rateLimit.map { try MockRate($0) }
        configuration.seed = seed
        configuration.faults = try fault.map { try MockFault($0) }
        let server = MockServer(configuration: configuration, brain: try brain())
        try await server.run { baseURL in
            Output.result("listening on \(baseURL)")
        }
    }

    private func brain() throws -> any MockBrain {
        switch mode {
        case .fixed: return FixedBrain(text)
        case .echo: return EchoBrain()
        case .scripted:
            guard let script else { throw ValidationError("mode scripted wants --script FILE") }
            return try Script(path: script)
        case .tau2Gold, .tau2DropWrite, .tau2Mixed:
            guard let data = data ?? ProcessEnvironment.variables()["TAU2_DATA_DIR"] else {
                throw ValidationError("mode \(mode.rawValue) wants --data DIR, or TAU2_DATA_DIR")
            }
            let variant: Tau2GoldBrain.Variant =
                switch mode {
                case .tau2DropWrite: .dropWrite
                case .tau2Mixed: .mixed
                default: .gold
                }
            return Tau2GoldBrain(dataDirectory: data, variant: variant)
        case .tauBenchGold, .tauBenchDropWrite:
            guard let data = data ?? ProcessEnvironment.variables()["TAU_BENCH_DATA_DIR"] else {
                throw ValidationError("mode \(mode.rawValue) wants --data DIR, or TAU_BENCH_DATA_DIR")
            }
            return Tau1GoldBrain(dataDirectory: data, variant: mode == .tauBenchGold ? .gold : .dropWrite)
        case .appWorld: return try appWorldAgents()
        }
    }

    private func appWorldAgents() throws -> ScriptedAgents {
        guard let script else { throw ValidationError("mode appworld wants --script FILE") }
        var main = "gold"
        var exceptions: [String: String] = [:]
        for word in agent {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            if parts.count == 2 { exceptions[parts[0]] = parts[1] } else { main = word }
        }
        return try ScriptedAgents(path: script, agent: main, exceptions: exceptions)
    }
}
