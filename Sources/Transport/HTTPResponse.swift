/// A whole response: status, header fields and body.
///
/// Any status is a response, 4xx and 5xx included; only a failure to get one is an error.
public struct HTTPResponse: Sendable {
    /// The status code, 100 to 599 for a well-behaved server.
    public var status: Int
    /// The header fields of the final response.
    public var headers: HTTPHeaders
    /// The body as received, transfer coding removed.
    public var body: [UInt8]
    /// Where the time went.
    public var timing: HTTPTiming

    /// Makes a response, for callers that test against one.
    public init(
        status: Int, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = [], timing: HTTPTiming = HTTPTiming()
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.timing = timing
    }
}

/// Where the time of a request went, each figure counted from the moment the transfer started.
public struct HTTPTiming: Sendable, Hashable {
    /// Until the connection stood, TLS included; zero on a reused connection.
    public var connect: Duration = .zero
    /// Until the first byte of the response arrived.
    public var firstByte: Duration = .zero
    /// Until the last byte of the response arrived.
    public var total: Duration = .zero
    /// Whether an existing connection was used again.
    public var reusedConnection = false

    /// Makes a timing of zeros.
    public init() {}
}
