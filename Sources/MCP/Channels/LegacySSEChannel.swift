import Evaluation
import JSON
import Synchronization
import Transport

/// The transport of 2024: one stream of events brings everything that the server says, and messages go out as POST
/// requests to an address that the stream begins with.
final class LegacySSEChannel: MessageChannel {
    let correspondence = Correspondence()
    let answersComeWithRequests = false
    private let route: HTTPRoute
    /// Where messages are posted; nil until the server has said so.
    private let target = Watched<String?>(nil)
    /// Protects the task that reads the stream; it lives as long as the channel is open.
    private let reading = Mutex<Task<Void, Never>?>(nil)

    init(_ route: HTTPRoute) { self.route = route }

    func open() async throws {
        var request = HTTPRequest(url: route.url)
        request.headers = route.headers + [HTTPHeader(name: "Accept", value: "text/event-stream")]
        request.maximumResponseBytes = .max
        request.timeouts.idle = nil
        var address = route.url
        let stream = try await route.stream(request) { address = $0 }
        guard stream.status == 200 else { throw await route.refusal(stream) }
        guard stream.headers["Content-Type"]?.lowercased().hasPrefix("text/event-stream") ?? false else {
            throw MCPFailure(
                .wrongPlace, "there is no stream of events at this address",
                advice:
                    "check the path of the endpoint; a server of today's transport needs 'transport: streamable_http'")
        }
        let base = address
        // Kept and awaited by `close`: what the stream brings is nobody's single request.
        let task = Task { await self.read(stream, from: base) }
        reading.withLock { $0 = task }
        while true {
            let failure = correspondence.failure
            if let failure { throw failure }
            if target.read({ $0 != nil }) { return }
            try Task.checkCancellation()
            await target.wait { $0 != nil }
        }
    }

    func settle(on version: String) {}

    func send(_ message: RPCMessage, asking id: Int?) async throws {
        if let failure = correspondence.failure { throw failure }
        guard let url = target.read({ $0 }), !url.isEmpty else {
            throw MCPFailure(.malformed, "it has not said where messages go")
        }
        var request = HTTPRequest(url: url, method: "POST")
        request.headers = route.headers + [HTTPHeader(name: "Content-Type", value: "application/json")]
        request.body = message.json.bytes()
        request.timeouts.idle = nil
        if id == nil { request.timeouts.total = route.timeout }
        let stream = try await route.stream(request) { _ in }
        guard (200..<300).contains(stream.status) else {
            let failure = await route.refusal(stream)
            throw stream.status == 404 ? MCPFailure(.sessionExpired, "it no longer knows the session") : failure
        }
        // Read, so that the connection can be used again; the answer comes over the stream.
        _ = try? await stream.collect()
    }

    func close() async {
        let task = reading.withLock { task in
            defer { task = nil }
            return task
        }
        task?.cancel()
        await task?.value
    }

    // MARK: Reading

    private func read(_ stream: HTTPStream, from url: String) async {
        var reader = EventReader(stream, route: route)
        do {
            while let event = try await reader.next() {
                switch event.event {
                case "endpoint": try learnTarget(event.data, from: url)
                case "message" where !event.data.isEmpty: await take(try RPCMessage.read(event.data))
                default: continue
                }
            }
            stop(MCPFailure(.lost, "its stream of events has ended"))
        } catch let failure as MCPFailure {
            stop(failure)
        } catch {
            stop(MCPFailure(.closed, "its session has been closed"))
        }
    }

    private func stop(_ failure: MCPFailure) {
        var failure = failure
        // Whatever is wrong with the stream, nothing more comes over it.
        if failure.kind == .malformed { failure.kind = .lost }
        correspondence.fail(failure)
        // Lets go of who waits for the beginning.
        target.change { $0 = $0 ?? "" }
    }

    private func learnTarget(_ text: String, from url: String) throws(MCPFailure) {
        guard let address = URLText.resolve(text, from: url), HTTPRoute.isSame(address, url) else {
            throw MCPFailure(.malformed, "it wants messages sent to another host, \(HTTPRoute.shown(text))")
        }
        target.change { $0 = address }
    }
}
