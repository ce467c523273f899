import Evaluation
import JSON

/// A model behind a server that the run starts; a call waits until the server is ready.
struct ServedModel: ChatModel {
    let name: String
    let server: ModelServer

    func respond(to request: ChatRequest, in context: CallContext) async throws -> ChatResponse {
        try await server.model().respond(to: request, in: context)
    }
}

extension ServedModel: FingerprintedModel {
    /// The server's command line and how it is called; its port decides nothing.
    var fingerprint: JSONValue { server.fingerprint }
}
