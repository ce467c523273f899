import Evaluation
import Glibc

/// The HTTP API: runs a benchmark for its clients.
///
/// It queues what is asked for, runs so many at once as it is told, and answers every request: with scores, with a run's id,
/// or with a status and a reason. When it is stopped, runs are interrupted so that they can be gone on with, and every client
/// that waits is answered first.
///
/// ```swift
/// let server = APIServer(configuration: APIConfiguration(), service: service)
/// try await server.run(onStart: { print($0) }, until: { await signal() })
/// ```
public final class APIServer: Sendable {
    /// How it listens.
    public let configuration: APIConfiguration
    private let desk: RunDesk
    private let gate: ResponseGate
    private let responder: APIResponder

    /// Seconds that clients have for reading the last answers when the server stops.
    private static let farewell = 5.0

    /// Makes a server; it listens once it is run.
    public init(configuration: APIConfiguration, service: any BenchmarkService) {
        self.configuration = configuration
        desk = RunDesk(service: service, configuration: configuration) { Self.wallSeconds }
        gate = ResponseGate()
        responder = APIResponder(configuration: configuration, service: service, desk: desk, gate: gate)
    }

    /// Serves until `stop` returns.
    ///
    /// `onStart` is told the base URL, such as `http://127.0.0.1:8000`, as soon as the server listens. Throws
    /// ``EvaluationError``, cause `configuration`, when the address cannot be listened on.
    public func run(
        onStart: @escaping @Sendable (String) -> Void, until stop: @escaping @Sendable () async -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Part.self) { group in
            group.addTask { try await self.listen(onStart) }
            group.addTask {
                await self.desk.work()
                return .runs
            }
            group.addTask {
                await stop()
                return .stop
            }
            do {
                while let part = try await group.next() {
                    switch part {
                    case .stop, .listener: await desk.close()
                    case .runs:
                        await sayFarewell()
                        group.cancelAll()
                        return
                    }
                }
            } catch {
                await desk.close()
                group.cancelAll()
                throw error
            }
        }
    }

    /// Runs the server while the body works with its base URL; it has ended when this returns.
    public func withRunningServer<Result: Sendable>(
        _ body: (String) async throws -> Result
    ) async throws -> Result {
        let (starts, start) = AsyncStream<String>.makeStream()
        let (stops, stop) = AsyncStream<Void>.makeStream()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { start.finish() }
                try await self.run(onStart: { start.yield($0) }, until: { for await _ in stops {} })
            }
            guard let baseURL = await starts.first(where: { _ in true }) else {
                try await group.waitForAll()
                throw CancellationError()
            }
            let result: Result
            do {
                result = try await body(baseURL)
            } catch {
                stop.finish()
                throw error
            }
            stop.finish()
            try await group.waitForAll()
            return result
        }
    }

    /// What has ended of a server.
    private enum Part: Sendable {
        case listener
        case runs
        case stop
    }

    private func listen(_ onStart: @escaping @Sendable (String) -> Void) async throws -> Part {
        let listener = HTTPListener(name: "gage", host: configuration.host, port: configuration.port)
        do {
            try await listener.serve(responder.makeRouter(), onStart: onStart)
        } catch {
            throw EvaluationError(
                .configurationInvalid, "cannot listen on \(listener.urlHost):\(configuration.port)",
                cause: .configuration, advice: "choose another --port or --host", underlying: error)
        }
        return .listener
    }

    /// Lets clients read what they wait for, but not for ever.
    private func sayFarewell() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.gate.waitUntilIdle() }
            group.addTask {
                // Cancelled when everyone was answered.
                try? await Task.sleep(for: .seconds(Self.farewell))
            }
            await group.next()
            group.cancelAll()
        }
    }

    private static var wallSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
