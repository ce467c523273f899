/// How the mock server listens, and how badly it behaves.
public struct MockConfiguration: Sendable {
    /// The address to listen on; this machine only, unless said otherwise.
    public var host = "127.0.0.1"
    /// The port; 0 for any that is free.
    public var port = 0
    /// The models that `/v1/models` lists.
    ///
    /// Requests for others are answered too.
    public var models = ["mock"]
    /// Milliseconds before each answer.
    public var latencyMilliseconds = 0.0
    /// Up to so many milliseconds more, drawn for each request.
    public var jitterMilliseconds = 0.0
    /// Requests at a time; more are refused with status 429.
    ///
    /// Nil for any number.
    public var capacity: Int?
    /// Requests that are worked on at a time; more stand in line.
    ///
    /// Nil for any number.
    public var workers: Int?
    /// How many requests it bears in a time; more are refused with status 429.
    ///
    /// Nil for any number.
    public var rate: MockRate?
    /// What goes wrong, any number at a time.
    public var faults: [MockFault] = []
    /// What a `rate_limit` fault asks for in `Retry-After`, in seconds.
    public var retryAfter = 1.0
    /// Milliseconds between the pieces of a stream that a `slow_stream` fault hits.
    public var slowStreamMilliseconds = 50.0
    /// Whether streams end with `[DONE]`; some servers' do not.
    public var sendsDone = true
    /// The seed of jitter and of faults that hit a share of the requests.
    public var seed: UInt64 = 0
    /// How many requests are kept for `/requests`, the latest ones.
    public var keptRequests = 100
    /// The largest request body in bytes.
    public var maximumBodyBytes = 64 << 20

    /// A server that behaves, on a free port of this machine.
    public init() {}
}
