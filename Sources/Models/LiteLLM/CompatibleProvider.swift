/// A provider with an OpenAI-compatible endpoint: where it is and where its key is found.
struct CompatibleProvider: Sendable, Hashable {
    /// The prefix of its models' names, as LiteLLM writes it.
    var name: String
    /// Its public endpoint; nil for servers that everyone runs themselves.
    var baseURL: String?
    /// The host that never answers without a key.
    var strictHost: String?
    /// Environment variables that may name another endpoint, the first that is set winning.
    var baseURLVariables: [String] = []
    /// Environment variables that may hold the key, the first that is set winning.
    var keyVariables: [String] = []
    /// The path to add to an address without one, where people leave it out.
    var pathOfBareAddress: String?

    func refusesAnonymousCalls(at host: String) -> Bool { host == strictHost }
}

extension CompatibleProvider {
    /// OpenAI itself; also what a server of unknown make is taken for.
    static let openAI = CompatibleProvider(
        name: "openai", baseURL: "https://api.openai.com/v1", strictHost: "api.openai.com",
        baseURLVariables: ["OPENAI_BASE_URL", "OPENAI_API_BASE"], keyVariables: ["OPENAI_API_KEY"])

    /// The providers that can be called, by the prefix of their models' names.
    static let all: [CompatibleProvider] = [
        openAI,
        CompatibleProvider(
            name: "deepseek", baseURL: "https://api.deepseek.com/v1", strictHost: "api.deepseek.com",
            baseURLVariables: ["DEEPSEEK_API_BASE"], keyVariables: ["DEEPSEEK_API_KEY"]),
        CompatibleProvider(
            name: "groq", baseURL: "https://api.groq.com/openai/v1", strictHost: "api.groq.com",
            baseURLVariables: ["GROQ_API_BASE"], keyVariables: ["GROQ_API_KEY"]),
        CompatibleProvider(
            name: "hosted_vllm", baseURLVariables: ["HOSTED_VLLM_API_BASE"], keyVariables: ["HOSTED_VLLM_API_KEY"]),
        CompatibleProvider(
            name: "lm_studio", baseURL: "http://127.0.0.1:1234/v1", baseURLVariables: ["LM_STUDIO_API_BASE"],
            keyVariables: ["LM_STUDIO_API_KEY"]),
        CompatibleProvider(
            name: "mistral", baseURL: "https://api.mistral.ai/v1", strictHost: "api.mistral.ai",
            baseURLVariables: ["MISTRAL_API_BASE"], keyVariables: ["MISTRAL_API_KEY"]),
        CompatibleProvider(
            name: "moonshot", baseURL: "https://api.moonshot.ai/v1", strictHost: "api.moonshot.ai",
            baseURLVariables: ["MOONSHOT_API_BASE"], keyVariables: ["MOONSHOT_API_KEY"]),
        CompatibleProvider(
            name: "ollama", baseURL: "http://127.0.0.1:11434/v1", baseURLVariables: ["OLLAMA_API_BASE"],
            keyVariables: ["OLLAMA_API_KEY"], pathOfBareAddress: "/v1"),
        CompatibleProvider(
            name: "openrouter", baseURL: "https://openrouter.ai/api/v1", strictHost: "openrouter.ai",
            baseURLVariables: ["OPENROUTER_API_BASE"], keyVariables: ["OPENROUTER_API_KEY"]),
        CompatibleProvider(
            name: "together_ai", baseURL: "https://api.together.xyz/v1", strictHost: "api.together.xyz",
            baseURLVariables: ["TOGETHER_AI_API_BASE"],
            keyVariables: ["TOGETHER_AI_API_KEY", "TOGETHER_API_KEY", "TOGETHERAI_API_KEY"]),
        CompatibleProvider(
            name: "xai", baseURL: "https://api.x.ai/v1", strictHost: "api.x.ai", baseURLVariables: ["XAI_API_BASE"],
            keyVariables: ["XAI_API_KEY"]),
    ]

    /// Other names that configurations use.
    static let aliases = [
        "custom_openai": "openai", "openai_compatible": "openai", "vllm": "hosted_vllm", "lmstudio": "lm_studio",
        "grok": "xai", "kimi": "moonshot", "ollama_chat": "ollama", "together": "together_ai",
    ]

    /// Providers that are known and speak another protocol than OpenAI's.
    static let unsupported: Set<String> = [
        "anthropic", "azure", "azure_ai", "bedrock", "cohere", "gemini", "google", "huggingface", "sagemaker",
        "vertex_ai", "watsonx",
    ]

    /// The provider of this name or alias.
    static func named(_ name: String) -> CompatibleProvider? {
        let name = aliases[name] ?? name
        return all.first { $0.name == name }
    }
}
