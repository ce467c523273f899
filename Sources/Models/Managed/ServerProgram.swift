import Evaluation
import JSON
import Processes

/// One server program: how it is started, how it becomes ready, and how it ends.
struct ServerProgram: Sendable {
    /// How a program's life ended.
    enum End: Sendable {
        /// Nobody needs it any more.
        case stopped
        /// Starting it again would not help.
        case refused(EvaluationError)
        /// It ended by itself.
        case crashed(EvaluationError)
    }

    /// The longest time between two looks at a server that is not ready.
    private static let longestPause = 2.0

    let parameters: VLLMServerParameters
    let backend: BackendIdentity
    let connection: ModelServer.Connection
    let log: ServerLog
    let events: any EventSink

    /// Starts the program, says when it is ready, and returns when it has ended; cancelling the task ends it.
    func run(_ becameReady: @escaping @Sendable (any ChatModel) async -> Void) async -> End {
        let port: Int
        let reservation: ServerPort?
        let child: ChildProcess
        let guardian: ProcessGroupGuard
        do {
            reservation = try reservePort()
            port = reservation?.number ?? parameters.port
            let command = ServerCommand(parameters: parameters, port: port).process(in: backend.baseDirectory)
            log.append("gage: starting \(([command.executable] + command.arguments).joined(separator: " "))")
            child = try await ChildProcess.start(command)
            guardian = try await ProcessGroupGuard.start(over: child.processIdentifier)
        } catch {
            return Task.isCancelled ? .stopped : .refused(cannotStart(error))
        }
        let end = await supervise(child, at: baseURL(port: port), becameReady)
        await guardian.end()
        withExtendedLifetime(reservation) {}
        return end
    }

    private enum Happening: Sendable {
        case ended(String)
        case ready(Result<Void, any Error>)
    }

    private func supervise(
        _ child: ChildProcess, at baseURL: String, _ becameReady: @escaping @Sendable (any ChatModel) async -> Void
    ) async -> End {
        await withTaskGroup(of: Happening.self) { group in
            group.addTask { .ended(await follow(child)) }
            group.addTask {
                do {
                    await becameReady(try await waitUntilReady(at: baseURL))
                    return .ready(.success(()))
                } catch {
                    return .ready(.failure(error))
                }
            }
            var refusal: EvaluationError?
            var wasReady = false
            for await happening in group {
                switch happening {
                case .ready(.success): wasReady = true
                case .ready(.failure(let error)):
                    // A look that was cancelled, because the program has ended or is to end, tells nothing.
                    guard let known = error as? EvaluationError else { continue }
                    refusal = known
                    child.terminate()
                case .ended(let how):
                    group.cancelAll()
                    events.report(RunEvent("model_server_ended", payload: payload(["how": .string(how)])))
                    if Task.isCancelled { return .stopped }
                    return refusal.map(End.refused) ?? .crashed(crash(how, wasReady: wasReady))
                }
            }
            return .stopped
        }
    }

    /// Keeps what the program writes, until it has ended; says how it ended.
    private func follow(_ child: ChildProcess) async -> String {
        do {
            while let line = try await child.nextLine() { log.append(line) }
        } catch {
            // What cannot be read on (a line without end, the end of the run) is not kept.
            log.append("gage: \(error)")
        }
        do {
            let how =
                switch try await child.wait().termination {
                case .exited(let code): "exit code \(code)"
                case .signalled(let signal): "signal \(signal)"
                }
            log.append("gage: the server ended with \(how)")
            return how
        } catch {
            log.append("gage: the server was stopped")
            return "the end of the run"
        }
    }

    // MARK: Becoming ready

    /// Asks the server until it offers the model, and has it call a tool where tools are needed.
    private func waitUntilReady(at baseURL: String) async throws -> any ChatModel {
        let clock = connection.clock
        let begun = clock.monotonicSeconds
        let health = ServerHealth(baseURL: baseURL, apiKey: parameters.calls.apiKey, client: connection.client)
        var pause = 0.05
        while true {
            if let answer = try await health.ask() {
                try check(answer)
                let model = try model(at: baseURL)
                if parameters.probesTools { try await ToolProbe(model: model).run() }
                report(answer, at: baseURL, seconds: clock.monotonicSeconds - begun)
                return model
            }
            guard clock.monotonicSeconds - begun < parameters.startupTimeout else { throw tooSlow }
            try await clock.sleep(seconds: pause)
            pause = min(pause * 1.5, Self.longestPause)
        }
    }

    private func check(_ answer: ServerHealth.Answer) throws(EvaluationError) {
        guard !answer.names.contains(parameters.requestedName) else { return }
        let names = answer.names.map { "'\($0)'" }.joined(separator: ", ")
        throw EvaluationError(
            .configurationInvalid,
            "the model server of backend '\(backend.id)' offers \(names.isEmpty ? "no model" : names), "
                + "and not '\(parameters.requestedName)'",
            cause: .configuration, advice: "set served_model_name to the name that the server gives the model")
    }

    private func model(at baseURL: String) throws -> any ChatModel {
        var settings = parameters.calls.settings
        settings.baseURL = baseURL
        settings.model = parameters.requestedName
        // The key of some provider in the environment is not for this server.
        settings.fallbackAPIKey = nil
        var identity = backend
        identity.environment = [:]
        let endpoint = try ModelEndpoint(settings, backend: identity)
        return HTTPModel(
            settings, endpoint: endpoint, client: connection.client, clock: connection.clock,
            limiter: connection.limiter)
    }

    /// A free port, held as long as the value lives; nil where the configuration names one that is free.
    private func reservePort() throws(EvaluationError) -> ServerPort? {
        guard parameters.port != 0 else { return try ServerPort.reserve(on: parameters.host) }
        try ServerPort.check(parameters.port, on: parameters.host)
        return nil
    }

    /// Where a server that listens on an address is asked; one that listens everywhere is asked on this machine.
    private func baseURL(port: Int) -> String {
        let host = ["0.0.0.0", "::", ""].contains(parameters.host) ? "127.0.0.1" : parameters.host
        return "http://\(host.contains(":") ? "[\(host)]" : host):\(port)/v1"
    }

    private func report(_ answer: ServerHealth.Answer, at baseURL: String, seconds: Double) {
        var details: JSONObject = ["url": .string(baseURL), "models": answer.models, "seconds": JSONValue(seconds)]
        details["version"] = answer.version.map(JSONValue.string)
        details["command"] = .array(ServerCommand(parameters: parameters, port: 0).words.map(JSONValue.string))
        events.report(RunEvent("model_server_ready", payload: payload(details)))
    }

    private func payload(_ details: JSONObject) -> JSONObject {
        let backend: JSONObject = ["backend_id": .string(backend.id)]
        return backend.merging(details)
    }
}
