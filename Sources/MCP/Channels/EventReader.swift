import Transport

/// Reads the events of an answer one by one, within the bounds of a message.
struct EventReader {
    private var chunks: HTTPStream.AsyncIterator
    private var parser = ServerSentEventParser(maximumEventBytes: HTTPRoute.maximumMessageBytes)
    private var ready: ArraySlice<ServerSentEvent> = []
    private let route: HTTPRoute

    init(_ stream: HTTPStream, route: HTTPRoute) {
        chunks = stream.makeAsyncIterator()
        self.route = route
    }

    /// The next event, or nil at the end.
    ///
    /// Throws ``MCPFailure`` and `CancellationError`.
    mutating func next() async throws -> ServerSentEvent? {
        while true {
            if let event = ready.popFirst() { return event }
            do {
                guard let chunk = try await chunks.next() else { return nil }
                ready = try parser.consume(chunk)[...]
            } catch let error as HTTPError {
                throw route.failure(error)
            }
        }
    }
}
