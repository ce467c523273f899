import Transport

/// The protocols that endpoints speak.
enum WireProtocol: String, Sendable, Hashable {
    /// OpenAI's chat completions, which most servers understand.
    case chatCompletions
    /// The same at an Azure deployment.
    case azureChatCompletions
    /// OpenAI's responses.
    case responses
    /// Anthropic's messages.
    case anthropicMessages
    /// Gemini's `generateContent`.
    case gemini

    /// Writes and reads the protocol.
    func format(_ settings: HTTPModelSettings) -> any WireFormat {
        switch self {
        case .chatCompletions, .azureChatCompletions: OpenAIChatFormat(settings)
        case .responses: OpenAIResponsesFormat(settings)
        case .anthropicMessages: AnthropicFormat(settings)
        case .gemini: GeminiFormat(settings)
        }
    }

    /// Where under a base address the model is called.
    func resource(_ settings: HTTPModelSettings, apiVersion: String?) -> EndpointResource {
        switch self {
        case .chatCompletions: return .chatCompletions
        case .responses: return EndpointResource(path: "/responses")
        case .anthropicMessages: return EndpointResource(path: "/messages")
        case .azureChatCompletions:
            let deployment = "/deployments/\(URLText.escape(settings.deployment ?? settings.model))"
            return EndpointResource(
                path: deployment + "/chat/completions", query: apiVersion.map { "api-version=\(URLText.escape($0))" },
                parts: [deployment])
        case .gemini:
            // A tuned model's name brings its collection along.
            let name = settings.model.contains("/") ? settings.model : "models/\(settings.model)"
            let path = "/" + URLText.escape(name, keeping: "/")
            return settings.streams
                ? EndpointResource(path: path + ":streamGenerateContent", query: "alt=sse")
                : EndpointResource(path: path + ":generateContent")
        }
    }
}

/// What is added to a base address to call a model.
struct EndpointResource: Sendable, Hashable {
    /// The path after the base's.
    var path: String
    /// What the query says where the base has none of its own.
    var query: String?
    /// Beginnings of the path that people give with the base.
    var parts: [String] = []

    /// Chat completions.
    static let chatCompletions = EndpointResource(path: "/chat/completions")
}
