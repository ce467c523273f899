public import Evaluation

/// The web viewer: a server for one person's browser that shows the runs of a directory.
///
/// It listens on this machine only, lets in who shows the token, and reads journals also while they are written. The one
/// thing that it writes are indexes, and annotations that somebody makes in a page.
public final class ViewerServer: Sendable {
    private let configuration: ViewerConfiguration
    private let keeper = IndexKeeper()
    private let responder: ViewerResponder

    /// Makes a viewer; it listens once it is run.
    public init(_ configuration: ViewerConfiguration) {
        self.configuration = configuration
        responder = ViewerResponder(
            configuration: configuration,
            shelf: RunShelf(directory: configuration.directory, cacheDirectory: configuration.cacheDirectory),
            keeper: keeper)
    }

    /// Serves until the process is asked to end or the task is cancelled.
    ///
    /// `onStart` is told the URL that lets a browser in, as soon as the server listens. Throws ``EvaluationError``, cause
    /// `configuration`, when the port cannot be listened on.
    public func run(
        stopsOnSignals: Bool = false, onStart: @escaping @Sendable (String) -> Void
    ) async throws(EvaluationError) {
        let listener = HTTPListener(name: "gage", host: configuration.host, port: configuration.port)
        let token = configuration.token
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await self.keeper.work() }
                group.addTask {
                    try await listener.serve(self.responder.makeRouter(), stopsOnSignals: stopsOnSignals) { url in
                        onStart("\(url)/?token=\(token)")
                    }
                }
                // The listener ends first, on its own or with an error; the keeper never does.
                try await group.next()
                group.cancelAll()
            }
        } catch {
            if let known = error as? EvaluationError { throw known }
            throw EvaluationError(
                .configurationInvalid, "cannot listen on \(listener.urlHost):\(configuration.port)",
                cause: .configuration, advice: "choose another --port", underlying: error)
        }
    }

    /// Runs the viewer while the body works with the URL that lets a browser in; it has ended when this returns.
    public func withRunningServer<Result: Sendable>(
        _ body: (String) async throws -> Result
    ) async throws -> Result {
        let (starts, start) = AsyncStream<String>.makeStream()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { start.finish() }
                try await self.run(onStart: { start.yield($0) })
            }
            guard let url = await starts.first(where: { _ in true }) else {
                try await group.waitForAll()
                throw CancellationError()
            }
            defer { group.cancelAll() }
            return try await body(url)
        }
    }
}
