public import Evaluation
import JSON

/// Lets a chat model write the assistant's messages.
public struct ModelAssistant: AssistantWriter {
    private let model: any ChatModel
    private let parameters: JSONObject

    /// Writes with a model, by default at most 400 tokens at temperature .7.
    public init(model: any ChatModel, maximumTokens: Int = 400, temperature: Double = 0.7) {
        self.model = model
        parameters = ["max_tokens": JSONValue(maximumTokens), "temperature": JSONValue(temperature)]
    }

    /// Asks the model: the instructions as system prompt, the request below `[Task]`.
    public func message(for request: AssistantRequest) async throws -> AssistantMessage {
        let messages: [Message] = [.system(request.prompt), .user("[Task]\n\(request.state.query)")]
        let response = try await model.respond(
            to: ChatRequest(messages: messages, parameters: parameters), in: request.call)
        var written = AssistantMessage(try response.proactiveText(of: "the assistant"))
        written.usage = response.usage
        written.cost = response.cost
        written.duration = response.duration
        written.model = response.model
        return written
    }
}
