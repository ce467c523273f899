extension HTTPStream {
    /// The body read as a `text/event-stream`, one element per event.
    ///
    /// The status and the content type are not looked at: check them first. An event of more than 16 MiB is an error.
    public var serverSentEvents: ServerSentEvents { ServerSentEvents(stream: self) }

    /// The events of a stream, as they arrive.
    public struct ServerSentEvents: AsyncSequence, Sendable {
        /// One event.
        public typealias Element = ServerSentEvent
        let stream: HTTPStream

        /// Starts reading; it uses up the stream.
        public func makeAsyncIterator() -> AsyncIterator {
            AsyncIterator(chunks: stream.makeAsyncIterator(), url: stream.lease.url)
        }

        /// Reads a stream's events in order.
        public struct AsyncIterator: AsyncIteratorProtocol {
            var chunks: HTTPStream.AsyncIterator
            let url: String
            private var parser = ServerSentEventParser()
            private var ready: ArraySlice<ServerSentEvent> = []

            init(chunks: HTTPStream.AsyncIterator, url: String) {
                self.chunks = chunks
                self.url = url
            }

            /// The next event, or nil at the end; throws `HTTPError` as the stream does, and for an event that is too large.
            public mutating func next() async throws -> ServerSentEvent? {
                while true {
                    if let event = ready.popFirst() { return event }
                    guard let chunk = try await chunks.next() else { return nil }
                    do {
                        ready = try parser.consume(chunk)[...]
                    } catch {
                        throw HTTPError(error.code, error.message, url: url)
                    }
                }
            }
        }
    }
}
