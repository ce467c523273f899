/// Why no response could be had: a code to decide on, a message to show, and the URL without its secrets.
public struct HTTPError: Error, Sendable, Hashable {
    /// What kind of failure it was.
    public let code: Code
    /// The details in a sentence fragment, such as `Failed to connect to localhost port 1: Connection refused`.
    public let message: String
    /// The request's URL with user information and secret-looking query values replaced by `***`.
    public let url: String

    /// Makes an error; secrets in the URL are replaced.
    public init(_ code: Code, _ message: String, url: String) {
        self.code = code
        self.message = message
        self.url = redactedURL(url)
    }

    /// Whether the same request may succeed when it is sent again.
    ///
    /// True where the network, the peer or the clock failed; false where the request, the caller or the trust store did. It says
    /// nothing about whether the request is safe to repeat.
    public var isRetryable: Bool {
        switch code.kind {
        case .resolveFailed, .connectFailed, .proxy, .timeoutConnect, .timeoutIdle, .timeoutTotal, .connectionLost: true
        case .cancelled, .tlsFailed, .responseTooLarge, .invalidURL, .invalidRequest, .tooManyRedirects, .other: false
        }
    }

    /// A kind of failure; new kinds may be added without breaking callers.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        enum Kind: String, Sendable {
            case cancelled, resolveFailed, connectFailed, tlsFailed, proxy, timeoutConnect, timeoutIdle, timeoutTotal
            case connectionLost, responseTooLarge, invalidURL, invalidRequest, tooManyRedirects, other
        }

        let kind: Kind

        /// The task was cancelled, the stream was dropped, or the client was shut down.
        public static let cancelled = Code(kind: .cancelled)
        /// The host's name could not be resolved.
        public static let resolveFailed = Code(kind: .resolveFailed)
        /// No connection could be made: refused, unreachable, no such socket.
        public static let connectFailed = Code(kind: .connectFailed)
        /// The TLS handshake failed or the peer's certificate is not trusted.
        public static let tlsFailed = Code(kind: .tlsFailed)
        /// The proxy could not be reached or refused to connect.
        public static let proxy = Code(kind: .proxy)
        /// Connecting took longer than `HTTPTimeouts.connect`.
        public static let timeoutConnect = Code(kind: .timeoutConnect)
        /// Nothing moved for longer than `HTTPTimeouts.idle`.
        public static let timeoutIdle = Code(kind: .timeoutIdle)
        /// Everything took longer than `HTTPTimeouts.total`.
        public static let timeoutTotal = Code(kind: .timeoutTotal)
        /// The connection ended, or the response broke off, before it was complete.
        public static let connectionLost = Code(kind: .connectionLost)
        /// The response has more bytes than the request allows.
        public static let responseTooLarge = Code(kind: .responseTooLarge)
        /// The URL cannot be parsed or has a scheme other than `http` and `https`.
        public static let invalidURL = Code(kind: .invalidURL)
        /// The method or a header field cannot be sent, or the CA file cannot be read.
        public static let invalidRequest = Code(kind: .invalidRequest)
        /// The server redirected more than 10 times.
        public static let tooManyRedirects = Code(kind: .tooManyRedirects)
        /// Anything else; the message says what.
        public static let other = Code(kind: .other)

        /// The code's name, such as `timeoutIdle`.
        public var description: String { kind.rawValue }
    }
}

extension HTTPError: CustomStringConvertible {
    /// The code, the message and the URL in one line.
    public var description: String { url.isEmpty ? "\(code): \(message)" : "\(code): \(message) (\(url))" }
}
