import Evaluation
import JSON
import Synchronization
import Transport

/// The transport of today: every message is a POST, whose answer is one message or a stream of them.
///
/// The stream that a server may offer over GET is never asked for: nothing that a client of tools needs comes over it.
final class StreamableHTTPChannel: MessageChannel {
    private struct State {
        /// Where the server answers, redirects followed.
        var url: String
        /// What the server calls the session; nil where it keeps none.
        var session: String?
        var version: String?
    }

    let correspondence = Correspondence()
    let answersComeWithRequests = true
    private let route: HTTPRoute
    /// Protects what has been learnt of the server.
    private let state: Mutex<State>

    /// How long the end of a stream may take after the answer that it was opened for.
    private static let afterglow = Duration.milliseconds(250)
    private static let longestSessionName = 4096
    private static let farewell = Duration.seconds(2)

    init(_ route: HTTPRoute) {
        self.route = route
        state = Mutex(State(url: route.url))
    }

    func open() async throws {}

    func settle(on version: String) { state.withLock { $0.version = version } }

    func send(_ message: RPCMessage, asking id: Int?) async throws {
        var request = request("POST")
        request.headers.append(HTTPHeader(name: "Content-Type", value: "application/json"))
        request.headers.append(HTTPHeader(name: "Accept", value: "application/json, text/event-stream"))
        request.body = message.json.bytes()
        if id == nil { request.timeouts.total = route.timeout }
        let stream = try await answer(to: request)
        try await accept(stream, asking: id)
    }

    func close() async {
        guard state.withLock({ $0.session != nil }) else { return }
        var request = request("DELETE")
        request.timeouts.total = Self.farewell
        // A server that does not take the farewell forgets the session by itself.
        _ = try? await route.client.send(request)
    }

    // MARK: Requests

    private func request(_ method: String) -> HTTPRequest {
        let now = state.withLock { $0 }
        var request = HTTPRequest(url: now.url, method: method)
        request.headers = route.headers
        request.maximumResponseBytes = 2 * HTTPRoute.maximumMessageBytes
        request.timeouts.idle = nil
        if let version = now.version, ProtocolVersion.isNamedInHeaders(version) {
            request.headers.append(HTTPHeader(name: "MCP-Protocol-Version", value: version))
        }
        if let session = now.session { request.headers.append(HTTPHeader(name: "Mcp-Session-Id", value: session)) }
        return request
    }

    private func answer(to request: HTTPRequest) async throws -> HTTPStream {
        try await route.stream(request) { url in state.withLock { $0.url = url } }
    }

    // MARK: Answers

    private func accept(_ stream: HTTPStream, asking id: Int?) async throws {
        guard (200..<300).contains(stream.status) else { return try await acceptRefusal(stream, asking: id) }
        try keepSession(of: stream)
        let type = stream.headers["Content-Type"]?.lowercased() ?? ""
        guard let id else {
            // Read, so that the connection can be used again.
            _ = try? await stream.collect()
            return
        }
        if type.hasPrefix("text/event-stream") {
            try await acceptEvents(stream, asking: id)
        } else if type.hasPrefix("application/json") {
            try await acceptBody(stream, asking: id)
        } else if stream.status == 202 {
            throw MCPFailure(.malformed, "it takes a request without answering it (202)")
        } else {
            throw MCPFailure(
                .wrongPlace,
                "there is no MCP server at this address: it answers with \(type.isEmpty ? "nothing" : type)",
                advice: "check host, port and path of the endpoint")
        }
    }

    private func acceptBody(_ stream: HTTPStream, asking id: Int) async throws {
        let body: [UInt8]
        do { body = try await stream.collect() } catch let error as HTTPError { throw route.failure(error) }
        await take(try RPCMessage.read(String(decoding: body, as: UTF8.self)))
        guard correspondence.hasReply(to: id) else {
            throw MCPFailure(
                .malformed, "it does not answer the request that it was asked\(correspondence.explanation)")
        }
    }

    /// Takes a stream's messages; a stream that ends early is asked for again from where it ended, where it says how.
    private func acceptEvents(_ first: HTTPStream, asking id: Int) async throws {
        var stream = first
        var position = ""
        var pause = Duration.seconds(1)
        while true {
            var reader = EventReader(stream, route: route)
            do {
                while let event = try await reader.next() {
                    position = event.id
                    pause = event.retry ?? pause
                    guard event.event == "message", !event.data.isEmpty else { continue }
                    await take(try RPCMessage.read(event.data))
                    if correspondence.hasReply(to: id) { return await finish(stream) }
                }
            } catch let failure as MCPFailure where failure.kind == .lost && !position.isEmpty {
                // Gone on with below.
            }
            guard !position.isEmpty else {
                throw MCPFailure(
                    .malformed, "its answer ends before the request is answered\(correspondence.explanation)")
            }
            try await Task.sleep(for: min(pause, .seconds(30)))
            stream = try await resumed(after: position)
        }
    }

    private func resumed(after position: String) async throws -> HTTPStream {
        var request = request("GET")
        request.headers.append(HTTPHeader(name: "Accept", value: "text/event-stream"))
        request.headers.append(HTTPHeader(name: "Last-Event-ID", value: position))
        let stream = try await answer(to: request)
        let isStream = stream.headers["Content-Type"]?.lowercased().hasPrefix("text/event-stream") ?? false
        guard stream.status == 200, isStream else {
            throw MCPFailure(.lost, "its answer broke off and cannot be had again (\(stream.status))")
        }
        return stream
    }

    /// Reads what is left of a stream for a moment: one that has ended leaves its connection to the next request.
    private func finish(_ stream: HTTPStream) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                // The answer is there; how its stream ends matters to nobody.
                _ = try? await stream.collect()
            }
            group.addTask { try? await Task.sleep(for: Self.afterglow) }
            await group.next()
            group.cancelAll()
        }
    }

    private func acceptRefusal(_ stream: HTTPStream, asking id: Int?) async throws {
        var failure = await route.refusal(stream)
        if state.withLock({ $0.session != nil }), isExpiry(failure, status: stream.status) {
            failure = MCPFailure(.sessionExpired, "it no longer knows the session")
        }
        throw failure
    }

    /// Servers say it with 404; older ones with 400 and a sentence about the session.
    private func isExpiry(_ failure: MCPFailure, status: Int) -> Bool {
        status == 404 || (status == 400 && failure.message.lowercased().contains("session"))
    }

    private func keepSession(of stream: HTTPStream) throws(MCPFailure) {
        guard let session = stream.headers["Mcp-Session-Id"], !session.isEmpty else { return }
        let isVisible = session.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard isVisible, session.utf8.count <= Self.longestSessionName else {
            throw MCPFailure(.malformed, "it names the session with what is no visible text")
        }
        state.withLock { $0.session = $0.session ?? session }
    }
}
