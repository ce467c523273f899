import Evaluation
import JSON

/// What was asked over a connection and what came back: it finds the request that a message answers.
final class Correspondence: Sendable {
    /// What a server tells about a call that is under way.
    struct Progress: Sendable {
        var progress: Double
        var total: Double?
        var message: String?
    }

    private enum Reply: Sendable {
        case value(JSONValue)
        case refusal(RPCError)
    }

    private struct Pending: Sendable {
        var reply: Reply?
        var onProgress: (@Sendable (Progress) -> Void)?
    }

    private struct State: Sendable {
        var next = 1
        var pending: [Int: Pending] = [:]
        var failure: MCPFailure?
        /// Messages that answer nothing that was asked.
        var strangers = 0
        /// A line that was no message, where there was one.
        var noise: String?
        /// Grows when the server says that its tools changed.
        var toolsRevision = 0
    }

    private let state = Watched(State())

    /// Begins a request and returns its id.
    func begin(onProgress: (@Sendable (Progress) -> Void)? = nil) -> Int {
        var id = 0
        state.change { state in
            id = state.next
            state.next += 1
            state.pending[id] = Pending(onProgress: onProgress)
        }
        return id
    }

    /// Forgets a request: what comes for it from now on answers nothing.
    func end(_ id: Int) { state.change { $0.pending[id] = nil } }

    /// How often the server has said that its tools changed.
    var toolsRevision: Int { state.read(\.toolsRevision) }

    /// Why nothing more comes over the connection; nil while it stands.
    var failure: MCPFailure? { state.read(\.failure) }

    /// Whether a request's answer is there.
    func hasReply(to id: Int) -> Bool { state.read { $0.pending[id]?.reply != nil } }

    /// Takes a message that came, and returns what is to be answered to it.
    func accept(_ message: RPCMessage) -> RPCMessage? {
        switch message {
        case .result(let id, let value): settle(id, .value(value))
        case .failure(let id, let error): settle(id, .refusal(error))
        case .notification("notifications/progress", let params): reportProgress(params)
        case .notification("notifications/tools/list_changed", _): state.change { $0.toolsRevision += 1 }
        case .notification: break
        case .request(let id, "ping", _): return .result(id: id, value: [:])
        case .request(let id, _, _): return .failure(id: id, error: .methodNotFound)
        }
        return nil
    }

    /// Keeps what came that was no message, for the error that it may explain.
    func acceptNoise(_ text: String) {
        state.change { $0.noise = $0.noise ?? String(text.prefix(MCPFailure.excerptLength)) }
    }

    /// Nothing more will come: everyone who waits gets this.
    func fail(_ failure: MCPFailure) { state.change { $0.failure = $0.failure ?? failure } }

    /// Waits for a request's answer.
    ///
    /// Throws ``MCPFailure``, with its refusal where the server sent one, and `CancellationError`.
    func reply(to id: Int) async throws -> JSONValue {
        await state.wait { $0.pending[id]?.reply != nil || $0.failure != nil }
        if let reply = state.read({ $0.pending[id]?.reply }) {
            switch reply {
            case .value(let value): return value
            case .refusal(let error):
                var failure = MCPFailure(.refused, "it refuses the request: \(error.message) (\(error.code))")
                failure.refusal = error
                throw failure
            }
        }
        if let failure { throw failure }
        throw CancellationError()
    }

    /// What a request without an answer can be explained with, as the end of a sentence.
    var explanation: String {
        state.read { state in
            var text = ""
            if state.strangers > 0 { text += "; \(state.strangers) of its messages answer nothing that was asked" }
            if let noise = state.noise { text += "; it also sent what is no message: \(noise)" }
            return text
        }
    }

    private func settle(_ id: JSONValue?, _ reply: Reply) {
        state.change { state in
            guard let id = id?.intValue, state.pending[id] != nil else {
                state.strangers += 1
                return
            }
            // A second answer to the same request is not one.
            if state.pending[id]?.reply == nil { state.pending[id]?.reply = reply } else { state.strangers += 1 }
        }
    }

    private func reportProgress(_ params: JSONObject) {
        guard let token = params["progressToken"]?.intValue, let progress = params["progress"]?.doubleValue,
            let onProgress = state.read({ $0.pending[token]?.onProgress })
        else { return }
        onProgress(
            Progress(
                progress: progress, total: params["total"]?.doubleValue, message: params["message"]?.stringValue))
    }
}
