/// Carries messages to a server and back.
protocol MessageChannel: Sendable {
    /// Where what comes is taken.
    var correspondence: Correspondence { get }

    /// Whether sending a request also brings its answer in, over a stream of its own.
    ///
    /// Otherwise answers come over a stream that all share.
    var answersComeWithRequests: Bool { get }

    /// Makes the way ready. Throws ``MCPFailure`` and `CancellationError`.
    func open() async throws

    /// Sends a message; for a request it is told which, by its id.
    ///
    /// Throws ``MCPFailure`` and `CancellationError`.
    func send(_ message: RPCMessage, asking id: Int?) async throws

    /// From here on both sides speak this revision of the protocol.
    func settle(on version: String)

    /// Ends the way and frees what it holds; never throws.
    func close() async
}

extension MessageChannel {
    /// Takes messages that came, and answers those that want an answer.
    func take(_ messages: [RPCMessage]) async {
        for message in messages {
            guard let answer = correspondence.accept(message) else { continue }
            // A server that does not take the answer to its own question has no use for it.
            try? await send(answer, asking: nil)
        }
    }
}
