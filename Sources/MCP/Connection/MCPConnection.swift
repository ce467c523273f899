import Evaluation
import JSON

/// One initialized connection with a server.
final class MCPConnection: Sendable {
    let hello: ServerHello
    private let channel: any MessageChannel

    private init(_ hello: ServerHello, _ channel: any MessageChannel) {
        self.hello = hello
        self.channel = channel
    }

    /// How often the server has said that its tools changed.
    var toolsRevision: Int { channel.correspondence.toolsRevision }

    /// Whether nothing more will come.
    var isOver: Bool { channel.correspondence.failure != nil }

    /// Opens a channel and greets the server, within a time limit.
    ///
    /// What was opened is closed again when this fails. Throws ``MCPFailure`` and `CancellationError`.
    static func open(_ channel: any MessageChannel, client: String, timeout: Duration) async throws -> MCPConnection {
        do {
            try await within(timeout, of: channel.correspondence) { try await channel.open() }
            let params: JSONObject = [
                "protocolVersion": .string(ProtocolVersion.newest), "capabilities": [:],
                "clientInfo": ["name": "gage", "version": .string(client)],
            ]
            let exchange = Exchange(channel: channel, timeout: timeout)
            let hello = try ServerHello(try await exchange.ask("initialize", params))
            channel.settle(on: hello.protocolVersion)
            try await within(timeout, of: channel.correspondence) {
                try await channel.send(.notification(method: "notifications/initialized", params: [:]), asking: nil)
            }
            return MCPConnection(hello, channel)
        } catch {
            await Task.shielded { await channel.close() }
            throw error
        }
    }

    /// Asks something and returns the answer.
    ///
    /// When the time is up, or the caller's task is cancelled, the server is told so. Throws ``MCPFailure`` and
    /// `CancellationError`.
    func request(
        _ method: String, _ params: JSONObject, timeout: Duration,
        onProgress: (@Sendable (Correspondence.Progress) -> Void)? = nil
    ) async throws -> JSONValue {
        var exchange = Exchange(channel: channel, timeout: timeout)
        exchange.onProgress = onProgress
        exchange.tellsOfCancellation = true
        return try await exchange.ask(method, params)
    }

    /// Ends the connection; what is under way fails.
    func close() async {
        channel.correspondence.fail(MCPFailure(.closed, "its session has been closed"))
        await channel.close()
    }

    /// Does something within a time limit; throws ``MCPFailure`` of kind `timeout` at its end.
    static func within(
        _ limit: Duration, of correspondence: Correspondence, _ work: @escaping @Sendable () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(for: limit)
                throw MCPFailure(
                    .timeout, "it did not answer within \(limit.readable)\(correspondence.explanation)")
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}

extension Duration {
    /// The duration for a message: `30 s`, `300 ms`.
    var readable: String {
        let milliseconds = components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
        return milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
    }
}
