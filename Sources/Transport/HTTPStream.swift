/// A response whose body is read piece by piece while it arrives.
///
/// ```swift
/// let stream = try await client.stream(request)
/// guard stream.status == 200 else { throw … }
/// for try await chunk in stream { … }
/// ```
///
/// A stream has one reader. A reader that does not keep up makes the server wait: at most the client's `streamWindowBytes`, and one
/// more read from the socket, are held. Leaving the loop early and dropping the stream aborts the transfer and closes the connection,
/// and so does cancelling the task that reads.
public struct HTTPStream: AsyncSequence, Sendable {
    /// A piece of the body, never empty, up to about the window's size.
    public typealias Element = [UInt8]

    struct Head: Sendable {
        var status: Int
        var headers: HTTPHeaders
        var timing: HTTPTiming
    }

    /// The status code.
    public let status: Int
    /// The header fields.
    public let headers: HTTPHeaders
    /// Where the time until the head of the response went; `total` is the time until then.
    public let timing: HTTPTiming
    let lease: StreamLease

    init(_ head: Head, _ lease: StreamLease) {
        status = head.status
        headers = head.headers
        timing = head.timing
        self.lease = lease
    }

    /// Starts reading; two iterators of one stream must not read at the same time.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(lease: lease)
    }

    /// Reads the rest of the body into one array.
    ///
    /// The request's `maximumResponseBytes` bounds its size. Throws `HTTPError`.
    public func collect() async throws -> [UInt8] {
        var body: [UInt8] = []
        for try await chunk in self { body += chunk }
        return body
    }

    /// Reads a stream's pieces in order.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let lease: StreamLease

        /// The next piece, or nil at the end; throws `HTTPError` if the response breaks off or the task is cancelled.
        public mutating func next() async throws -> [UInt8]? {
            try await lease.next().get()
        }
    }
}

/// Ends a transfer when nobody holds its stream any more, and keeps the client alive until then.
final class StreamLease: Sendable {
    private let client: HTTPClient
    private let ticket: TransferTicket
    private let window: StreamWindow

    init(_ client: HTTPClient, _ ticket: TransferTicket, _ window: StreamWindow) {
        self.client = client
        self.ticket = ticket
        self.window = window
    }

    deinit {
        if !window.isFinished { client.inbox?.cancel(ticket) }
    }

    var isFinished: Bool { window.isFinished }

    var url: String { ticket.request.url }

    func next() async -> Result<[UInt8]?, HTTPError> {
        await withTaskCancellationHandler {
            await window.next()
        } onCancel: {
            client.inbox?.cancel(ticket)
        }
    }
}
