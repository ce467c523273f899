/// What all requests of a client share.
public struct HTTPClientConfiguration: Sendable {
    /// Where requests go out.
    public enum Proxy: Sendable, Hashable {
        /// As the environment says: `http_proxy`, `https_proxy` or `HTTPS_PROXY`, `all_proxy` or `ALL_PROXY`, `no_proxy` or `NO_PROXY`.
        ///
        /// libcurl reads them for each request. It ignores an upper-case `HTTP_PROXY` on purpose: in a CGI program a client sets it.
        case environment
        /// Straight to the host, whatever the environment says.
        case direct
        /// Through this proxy: `http://`, `https://`, `socks5://` or `socks5h://`, with user information if it needs any.
        case url(String)
    }

    /// The proxy to use.
    public var proxy: Proxy = .environment
    /// A PEM file with the certificate authorities to trust; nil means `SSL_CERT_FILE` if that is set, else the system's store.
    public var caFile: String?
    /// Whether HTTP/2 is offered to TLS servers; by default every connection speaks HTTP/1.1.
    public var allowsHTTP2 = false
    /// The most connections to one host and port at a time, zero meaning no limit; requests beyond it wait.
    public var maximumConnectionsPerHost = 0
    /// The most idle connections kept open for reuse.
    public var maximumIdleConnections = 1024
    /// How long an idle connection may be kept and still be used again, in whole seconds.
    public var keepAlive: Duration = .seconds(90)
    /// The most unread bytes that a stream holds before the server is made to wait.
    public var streamWindowBytes = 1 << 18
    /// The `User-Agent` of requests that bring none.
    public var userAgent = "gage"

    /// Makes a configuration with the defaults.
    public init() {}
}
