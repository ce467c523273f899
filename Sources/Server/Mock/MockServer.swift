import Evaluation
public import Models

/// A server that speaks the protocols of providers and is no model: a brain decides what it answers.
///
/// For tests, demonstrations and load: it serves OpenAI's `/v1/chat/completions` and `/v1/responses`, Anthropic's
/// `/v1/messages`, Gemini's `/v1beta/models/NAME:generateContent` and Azure's `/openai/deployments/NAME/chat/completions`,
/// streamed or not, `/v1/models`, `/health` and `/requests`, and can be made to misbehave in every way that providers do.
/// It listens on this machine only, unless configured otherwise.
///
/// ```swift
/// let server = MockServer(brain: FixedBrain("Hello!"))
/// try await server.withRunningServer { baseURL in … }
/// ```
public final class MockServer: Sendable {
    /// How it listens and misbehaves.
    public let configuration: MockConfiguration
    private let responder: MockResponder

    /// Makes a server; it listens once it is run.
    public init(configuration: MockConfiguration = MockConfiguration(), brain: any MockBrain) {
        self.configuration = configuration
        responder = MockResponder(
            configuration: configuration, brain: brain, ledger: MockLedger(kept: configuration.keptRequests),
            plan: MockFaultPlan(configuration),
            load: MockLoad(capacity: configuration.capacity, workers: configuration.workers),
            meter: configuration.rate.map { MockMeter($0) })
    }

    /// What it has seen and done so far.
    public var statistics: MockStatistics { responder.ledger.statistics }

    /// The latest chat requests, oldest first.
    public var requests: [MockRecord] { responder.ledger.records }

    /// Serves until the task is cancelled or the process is asked to end (SIGINT or SIGTERM).
    ///
    /// On a signal, requests that are being answered are answered first. `onStart` is told the base URL, such as
    /// `http://127.0.0.1:8123/v1`, as soon as the server listens. Throws when the address cannot be listened on.
    public func run(onStart: @escaping @Sendable (String) -> Void = { _ in }) async throws {
        try await run(stopsOnSignals: true, onStart: onStart)
    }

    /// Runs the server while the body works with its base URL; it has ended when this returns.
    public func withRunningServer<Result: Sendable>(
        _ body: (String) async throws -> Result
    ) async throws -> Result {
        let (starts, continuation) = AsyncStream<String>.makeStream()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { continuation.finish() }
                try await self.run(stopsOnSignals: false) { continuation.yield($0) }
            }
            guard let baseURL = await starts.first(where: { _ in true }) else {
                try await group.waitForAll()
                throw CancellationError()
            }
            defer { group.cancelAll() }
            return try await body(baseURL)
        }
    }

    private func run(stopsOnSignals: Bool, onStart: @escaping @Sendable (String) -> Void) async throws {
        try await HTTPListener(name: "gage-mock", host: configuration.host, port: configuration.port)
            .serve(responder.makeRouter(), stopsOnSignals: stopsOnSignals) { onStart("\($0)/v1") }
    }
}
