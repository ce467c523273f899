import Glibc

/// An HTTP client: one thread that runs all its requests through libcurl and keeps connections for reuse.
///
/// One client serves thousands of requests at a time; make one and share it. It follows the proxy variables of the environment and the
/// system's trust store or `SSL_CERT_FILE` unless configured otherwise. A request on a kept connection that the server has closed in
/// the meantime is repeated on a new one without the caller noticing; nothing else is ever retried.
///
/// A process needs a file descriptor for each connection: raise the limit before going beyond a thousand at a time.
public final class HTTPClient: Sendable {
    /// What was asked for when the client was made.
    public let configuration: HTTPClientConfiguration
    /// Nil when the thread could not be started.
    let inbox: TransferInbox?

    /// Makes a client and starts its thread.
    public init(configuration: HTTPClientConfiguration = HTTPClientConfiguration()) {
        var configuration = configuration
        if configuration.caFile == nil, let path = getenv("SSL_CERT_FILE"), path.pointee != 0 {
            configuration.caFile = String(cString: path)
        }
        self.configuration = configuration
        inbox = TransferLoop.start(configuration)
    }

    deinit {
        inbox?.post(.stop(nil))
    }

    /// Sends a request and returns the whole response, whatever its status.
    ///
    /// Cancelling the task aborts the transfer and closes its connection. Throws `HTTPError` and nothing else.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let inbox = try requireInbox(for: request)
        let ticket = TransferTicket(request)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let sink = TransferSink.whole(continuation)
                if !inbox.post(.start(ticket, sink)) { sink.fail(shutdownError(for: request)) }
            }
        } onCancel: {
            inbox.cancel(ticket)
        }
        return try result.get()
    }

    /// Sends a request and returns as soon as the head of the response is there; the body is read from the stream.
    ///
    /// Cancelling the task, then or while it reads, aborts the transfer and closes its connection. Throws `HTTPError` and nothing
    /// else.
    public func stream(_ request: HTTPRequest) async throws -> HTTPStream {
        let inbox = try requireInbox(for: request)
        let ticket = TransferTicket(request)
        let window = StreamWindow(capacity: configuration.streamWindowBytes) { inbox.post(.resume(ticket)) }
        let lease = StreamLease(self, ticket, window)
        let head: Result<HTTPStream.Head, HTTPError> = await withTaskCancellationHandler {
            // Started in here, where a task that is cancelled already has marked the ticket before.
            guard inbox.post(.start(ticket, .stream(window))) else { return .failure(shutdownError(for: request)) }
            return await window.head()
        } onCancel: {
            inbox.cancel(ticket)
        }
        return HTTPStream(try head.get(), lease)
    }

    /// Cancels what is in flight, closes all connections and ends the thread; returns when that is done.
    ///
    /// Requests sent afterwards fail with the code `cancelled`. Dropping the last reference does the same without waiting.
    public func shutdown() async {
        guard let inbox else { return }
        await withCheckedContinuation { continuation in
            if !inbox.post(.stop(continuation)) { continuation.resume() }
        }
    }

    private func requireInbox(for request: HTTPRequest) throws -> TransferInbox {
        if let inbox { return inbox }
        throw HTTPError(.other, "libcurl's thread could not be started", url: request.url)
    }

    private func shutdownError(for request: HTTPRequest) -> HTTPError {
        HTTPError(.cancelled, "the client has been shut down", url: request.url)
    }
}
