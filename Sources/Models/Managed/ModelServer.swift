import Evaluation
import JSON
import Transport

/// A server program that a run starts when it needs it, and stops at its end.
///
/// Between start and stop one task supervises the program: it starts it, waits until it answers, lets callers through,
/// and starts it again when it ends by itself. Callers wait meanwhile; a caller that is cancelled stops waiting and
/// changes nothing for the others.
actor ModelServer: RunResource {
    /// How the server is talked to.
    struct Connection: Sendable {
        var client: HTTPClient
        var clock: any ModelClock
        /// Told what the server's responses say about its load.
        var limiter: RateLimiter?
    }

    private enum State {
        case idle
        case starting
        case up(any ChatModel)
        /// It cannot be had any more in this run.
        case failed(EvaluationError)
    }

    let parameters: VLLMServerParameters
    let backend: BackendIdentity
    let connection: Connection
    private var state = State.idle
    private var supervisor: Task<Void, Never>?
    private var waiting: [Int: CheckedContinuation<any ChatModel, any Error>] = [:]
    private var nextWaiter = 0

    init(parameters: VLLMServerParameters, backend: BackendIdentity, connection: Connection) {
        self.parameters = parameters
        self.backend = backend
        self.connection = connection
    }

    nonisolated var fingerprint: JSONValue {
        var calls = parameters.calls
        calls.apiKey = nil
        return [
            "server": .array(ServerCommand(parameters: parameters, port: 0).words.map(JSONValue.string)),
            "calls": calls.json,
        ]
    }

    // MARK: For callers

    /// The model behind the running server; starts it, and waits until it is ready.
    ///
    /// Throws ``EvaluationError`` when the server cannot be had, or when no run goes on.
    func model() async throws -> any ChatModel {
        switch state {
        case .up(let model): return model
        case .failed(let error): throw error
        case .starting: break
        case .idle: try begin()
        }
        let number = nextWaiter
        nextWaiter += 1
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                // Cancelled before this point the task knows it; cancelled after it, the handler finds the waiter.
                if Task.isCancelled { return continuation.resume(throwing: CancellationError()) }
                waiting[number] = continuation
            }
        } onCancel: {
            Task { await self.abandon(number) }
        }
    }

    func prepare() async throws { _ = try await model() }

    /// Ends the program and everything that it has started.
    func stop() async {
        guard let supervisor else { return }
        supervisor.cancel()
        await supervisor.value
        self.supervisor = nil
        settle(.idle, .failure(Self.outsideOfRuns))
    }

    private func abandon(_ number: Int) {
        waiting.removeValue(forKey: number)?.resume(throwing: CancellationError())
    }

    private func begin() throws {
        guard let surroundings = backend.resources?.surroundings else { throw Self.outsideOfRuns }
        let log = try ServerLog(backend: backend.id, in: surroundings.artifacts)
        let program = ServerProgram(
            parameters: parameters, backend: backend, connection: connection, log: log, events: surroundings.events)
        state = .starting
        // Not a child of the caller, whose episode may be cut off: it serves the whole run, and stop() awaits it.
        supervisor = Task { await supervise(program) }
    }

    private static let outsideOfRuns = EvaluationError(
        .configurationInvalid, "a model server can only be used while a run goes on", cause: .configuration)

    // MARK: Supervision

    /// Runs the program again and again until the run ends or it is no use.
    private func supervise(_ program: ServerProgram) async {
        var crashes = 0
        while !Task.isCancelled {
            let end = await program.run { model in await self.settle(.up(model), .success(model)) }
            switch end {
            case .stopped: return
            case .refused(let error): return settle(.failed(error), .failure(error))
            case .crashed(let error):
                crashes += 1
                guard crashes <= parameters.maxRestarts else { return settle(.failed(error), .failure(error)) }
                state = .starting
            }
        }
    }

    private func settle(_ state: State, _ result: Result<any ChatModel, any Error>) {
        self.state = state
        let callers = waiting.values
        waiting = [:]
        for caller in callers { caller.resume(with: result) }
    }
}
