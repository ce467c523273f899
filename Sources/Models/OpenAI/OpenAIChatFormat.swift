import Evaluation
import JSON

/// OpenAI's chat completions protocol.
struct OpenAIChatFormat: WireFormat {
    private let requests: OpenAIRequestBody

    init(_ settings: HTTPModelSettings) { requests = OpenAIRequestBody(settings) }

    func body(for request: ChatRequest) -> JSONObject { requests.object(for: request) }

    func parts(of reply: JSONObject, _ reader: ReplyReader) throws(EvaluationError) -> ReplyParts {
        try OpenAIReply(reader: reader).parts(of: reply)
    }

    func makeAssembler() -> any StreamAssembler { OpenAIStreamAssembler() }
}
