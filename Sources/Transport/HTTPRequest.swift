/// One HTTP request as a value: what to ask, of whom, and within which limits.
///
/// ```swift
/// var request = HTTPRequest(url: "https://example.com/v1/chat/completions", method: "POST")
/// request.headers = [HTTPHeader(name: "Content-Type", value: "application/json")]
/// request.body = Array(json.utf8)
/// let response = try await client.send(request)
/// ```
public struct HTTPRequest: Sendable {
    /// The method, an HTTP token such as `GET`; sent as written.
    public var method: String
    /// The absolute URL, `http` or `https`.
    public var url: String
    /// The fields to send, in order, beside `Host`, `Accept`, `User-Agent` and `Content-Length`, which are added unless given.
    public var headers: [HTTPHeader] = []
    /// The body; a `POST`, `PUT` or `PATCH` without one is sent with `Content-Length: 0`.
    public var body: [UInt8] = []
    /// The time limits.
    public var timeouts = HTTPTimeouts()
    /// The most bytes of body that are accepted, 64 MiB unless said otherwise; more is an error of code `responseTooLarge`.
    ///
    /// It holds for a stream too, counted over the whole stream: set `Int.max` for a download that is written to a file.
    public var maximumResponseBytes = 64 << 20
    /// The path of a Unix socket to connect to in place of the URL's host and port; proxies are then not used.
    public var unixSocketPath: String?
    /// A PEM file with the certificate authorities to trust for this request, in place of the client's.
    public var caFile: String?
    /// Whether a 3xx response with a `Location` is followed, up to 10 times; by default it is returned as it is.
    ///
    /// Meant for `GET` and `HEAD`: any other method is repeated as it is. `Authorization` is dropped when the host changes.
    public var followsRedirects = false

    /// Makes a request for a URL; everything else has a default and is set afterwards.
    public init(url: String, method: String = "GET") {
        self.url = url
        self.method = method
    }

    /// Makes a request with its content in one go.
    public init(method: String, url: String, headers: [HTTPHeader] = [], body: [UInt8] = []) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}
