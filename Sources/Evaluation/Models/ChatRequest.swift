public import JSON

/// One question to a chat model.
public struct ChatRequest: Sendable, Hashable {
    /// The shape of the reply that is asked for.
    public enum ResponseFormat: Sendable, Hashable {
        /// Free text.
        case text
        /// Some JSON object.
        case jsonObject
        /// JSON of this schema.
        case jsonSchema(name: String, schema: JSONObject)
    }

    /// The conversation.
    public var messages: [Message]
    /// The tools that the model may call.
    public var tools: [ToolDefinition]
    /// How free it is to call them; nil leaves it to the provider.
    public var toolChoice: ToolChoice?
    /// Sampling parameters by their OpenAI names (`temperature`, `top_p`, `max_tokens`, `stop`, `seed`, …).
    ///
    /// They override what the backend's configuration says.
    public var parameters: JSONObject
    /// The shape of the reply.
    public var responseFormat: ResponseFormat

    /// Asks a question.
    public init(
        messages: [Message], tools: [ToolDefinition] = [], toolChoice: ToolChoice? = nil, parameters: JSONObject = [:],
        responseFormat: ResponseFormat = .text
    ) {
        self.messages = messages
        self.tools = tools
        self.toolChoice = toolChoice
        self.parameters = parameters
        self.responseFormat = responseFormat
    }
}
