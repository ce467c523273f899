import Evaluation
import Transport

/// How HTTP requests to one server are made: where to, with which fields, and as whom errors speak.
struct HTTPRoute: Sendable {
    let client: HTTPClient
    /// The address that was given.
    let url: String
    /// Fields of every request, such as credentials.
    let headers: [HTTPHeader]
    let redactor: SecretRedactor
    /// The longest time for a request whose answer is not awaited, and for connecting.
    let timeout: Duration

    /// The most bytes of one message.
    static let maximumMessageBytes = 32 << 20
    /// The most bytes of a refusal that are read for a message.
    private static let maximumRefusalBytes = 1 << 16
    private static let maximumRedirects = 5

    /// Sends a request, follows redirects that stay with the server, and returns the head of the answer.
    ///
    /// A redirect keeps method and body, and is followed only where it stays with the same scheme, host and port, or goes
    /// from http to https on the same host: a body with credentials must not go to anyone else. `onMove` gets the address
    /// that answered.
    func stream(_ request: HTTPRequest, onMove: (String) -> Void) async throws -> HTTPStream {
        var request = request
        request.timeouts.connect = min(timeout, .seconds(10))
        for _ in 0...Self.maximumRedirects {
            let stream: HTTPStream
            do {
                stream = try await client.stream(request)
            } catch let error as HTTPError {
                throw failure(error)
            }
            guard [301, 302, 303, 307, 308].contains(stream.status) else { return stream }
            request.url = try target(of: stream, asked: request)
            onMove(request.url)
        }
        throw MCPFailure(.wrongPlace, "it redirects without end", advice: "give the address that it ends at")
    }

    private func target(of stream: HTTPStream, asked request: HTTPRequest) throws(MCPFailure) -> String {
        guard let location = stream.headers["Location"], let target = URLText.resolve(location, from: request.url)
        else { throw MCPFailure(.malformed, "it redirects (\(stream.status)) to nowhere") }
        let keepsMethod = stream.status == 307 || stream.status == 308 || request.method == "GET"
        guard keepsMethod, Self.isSame(target, request.url) else {
            let why = keepsMethod ? "another host, " : "where a \(request.method) is no longer one, "
            throw MCPFailure(
                .wrongPlace, "it redirects (\(stream.status)) to \(why)\(Self.shown(target))",
                advice: "if that is where the server is, set it as the endpoint")
        }
        return target
    }

    /// Whether an address belongs to the server of another.
    static func isSame(_ target: String, _ url: String) -> Bool {
        guard let there = URLText.origin(of: target), let here = URLText.origin(of: url) else { return false }
        if there == here { return true }
        return here.hasPrefix("http://") && here.hasSuffix(":80")
            && there == "https://\(here.dropFirst(7).dropLast(3)):443"
    }

    /// An address without its secrets.
    static func shown(_ url: String) -> String { HTTPError(.other, "", url: url).url }

    // MARK: Failures

    /// What a failed transfer means.
    func failure(_ error: HTTPError) -> any Error {
        switch error.code {
        case .cancelled: return CancellationError()
        case .resolveFailed, .connectFailed, .proxy, .timeoutConnect:
            return MCPFailure(
                .unreachable, "it cannot be reached: \(error.message)",
                advice: "see that the server runs and listens there")
        case .responseTooLarge:
            return MCPFailure(.malformed, "its answer is too large: \(error.message)")
        case .invalidURL, .invalidRequest, .tlsFailed:
            return MCPFailure(.wrongPlace, "it cannot be spoken to: \(error.message)")
        case .timeoutTotal, .timeoutIdle: return MCPFailure(.timeout, "it did not answer in time: \(error.message)")
        default: return MCPFailure(.lost, "the connection broke: \(error.message)")
        }
    }

    /// What a status means that is no success.
    func refusal(_ stream: HTTPStream) async -> MCPFailure {
        let text = await beginning(of: stream)
        let status = stream.status
        switch status {
        case 401, 403:
            return MCPFailure(
                .unauthorized, "it refuses the credentials (\(status))", excerpt: text,
                advice: "set them in the client's 'headers'")
        case 404, 405, 410, 501:
            return MCPFailure(
                .wrongPlace, "there is no MCP server at this address (\(status))", excerpt: text,
                advice: "check the path of the endpoint; a server of the older transport needs 'transport: sse'")
        case 408, 425, 429, 500...: return MCPFailure(.busy, "it answers with status \(status)", excerpt: text)
        default: return MCPFailure(.refused, "it refuses the request with status \(status)", excerpt: text)
        }
    }

    /// The beginning of a body for a message, without secrets; what cannot be read is left out.
    private func beginning(of stream: HTTPStream) async -> String {
        var bytes: [UInt8] = []
        var chunks = stream.makeAsyncIterator()
        // The status says what is wrong; a body that breaks off adds nothing.
        while bytes.count < Self.maximumRefusalBytes, let chunk = try? await chunks.next() { bytes += chunk }
        return redactor.excerpt(String(decoding: bytes, as: UTF8.self), upTo: MCPFailure.excerptLength)
    }
}
