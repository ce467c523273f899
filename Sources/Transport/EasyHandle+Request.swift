import CCurl

extension EasyHandle {
    /// Sets everything that a request and its client ask for, callbacks aside.
    func configure(for request: HTTPRequest, _ configuration: HTTPClientConfiguration) throws(HTTPError) {
        try validate(request)
        set(CURLOPT_URL, request.url)
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        set(CURLOPT_MAXAGE_CONN, max(1, configuration.keepAlive.millisecondsRoundedUp / 1000))
        set(
            CURLOPT_HTTP_VERSION,
            Int(configuration.allowsHTTP2 ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1))
        setMethod(of: request)
        setHeaders(of: request, userAgent: configuration.userAgent)
        setTimeouts(request.timeouts)
        setRoute(of: request, configuration)
        if request.followsRedirects {
            set(CURLOPT_FOLLOWLOCATION, 1)
            set(CURLOPT_MAXREDIRS, 10)
            set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
        }
        attachBuffers()
    }

    private func setMethod(of request: HTTPRequest) {
        let expectsBody = ["POST", "PUT", "PATCH"].contains(request.method)
        if !request.body.isEmpty || expectsBody {
            set(CURLOPT_POST, 1)
            setBody(request.body)
            if request.method != "POST" { set(CURLOPT_CUSTOMREQUEST, request.method) }
        } else if request.method == "HEAD" {
            set(CURLOPT_NOBODY, 1)
        } else if request.method != "GET" {
            set(CURLOPT_CUSTOMREQUEST, request.method)
        }
    }

    private func setHeaders(of request: HTTPRequest, userAgent: String) {
        var namesContentType = false
        for header in request.headers {
            // libcurl's own notation: `Name;` sends an empty field, `Name:` removes one.
            addHeaderLine(header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
            if equalIgnoringASCIICase(header.name, "Content-Type") { namesContentType = true }
        }
        // Without this libcurl waits up to a second for `100 Continue` before it sends a body over 1 MB.
        addHeaderLine("Expect:")
        if !namesContentType { addHeaderLine("Content-Type:") }
        set(CURLOPT_USERAGENT, userAgent)
    }

    private func setTimeouts(_ timeouts: HTTPTimeouts) {
        // Zero would mean libcurl's own limit of five minutes.
        set(CURLOPT_CONNECTTIMEOUT_MS, timeouts.connect.map { max(1, $0.millisecondsRoundedUp) } ?? Int(Int32.max))
        if let total = timeouts.total { set(CURLOPT_TIMEOUT_MS, max(1, total.millisecondsRoundedUp)) }
    }

    private func setRoute(of request: HTTPRequest, _ configuration: HTTPClientConfiguration) {
        if let path = request.unixSocketPath {
            set(CURLOPT_UNIX_SOCKET_PATH, path)
            set(CURLOPT_PROXY, "")
        } else {
            // A silent server behind a NAT must not look like a dead one, nor a dead one like a silent one.
            set(CURLOPT_TCP_KEEPALIVE, 1)
            switch configuration.proxy {
            case .environment: break
            case .direct: set(CURLOPT_PROXY, "")
            case .url(let url): set(CURLOPT_PROXY, url)
            }
        }
        if let file = request.caFile ?? configuration.caFile { set(CURLOPT_CAINFO, file) }
    }
}

/// Refuses what would be read by the server as something other than what was meant.
private func validate(_ request: HTTPRequest) throws(HTTPError) {
    func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F }
    guard !request.url.isEmpty, !request.url.utf8.contains(where: { isControl($0) || $0 == 0x20 }) else {
        throw HTTPError(.invalidURL, "the URL is empty or holds white space or control characters", url: request.url)
    }
    guard isToken(request.method) else {
        throw HTTPError(.invalidRequest, "'\(request.method.debugDescription)' is no HTTP method", url: request.url)
    }
    for header in request.headers {
        guard isToken(header.name) else {
            throw HTTPError(
                .invalidRequest, "\(header.name.debugDescription) is no header name", url: request.url)
        }
        guard !header.value.utf8.contains(where: { isControl($0) && $0 != 0x09 }) else {
            throw HTTPError(
                .invalidRequest, "the value of header '\(header.name)' holds control characters", url: request.url)
        }
    }
}

/// Whether the text is a token in HTTP's sense: visible ASCII without separators.
private func isToken(_ text: String) -> Bool {
    !text.isEmpty
        && text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"):
                true
            default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
        }
}
