extension KnownProvider {
    /// OpenAI itself; also what a server of unknown make is taken for.
    static let openAI = KnownProvider(
        name: "openai", baseURL: "https://api.openai.com/v1", strictHost: "api.openai.com",
        baseURLVariables: ["OPENAI_BASE_URL", "OPENAI_API_BASE"], keyVariables: ["OPENAI_API_KEY"],
        families: ["gpt-", "o1", "o3", "o4", "chatgpt-", "ft:gpt-", "codex-"], servesOpenAIModels: true)

    /// OpenAI itself by its newer protocol.
    static let openAIResponses: KnownProvider = {
        var provider = openAI
        provider.wire = .responses
        return provider
    }()

    /// Anthropic.
    static let anthropic = KnownProvider(
        name: "anthropic", baseURL: "https://api.anthropic.com/v1", strictHost: "api.anthropic.com",
        baseURLVariables: ["ANTHROPIC_BASE_URL", "ANTHROPIC_API_BASE"], keyVariables: ["ANTHROPIC_API_KEY"],
        pathOfBareAddress: "/v1", wire: .anthropicMessages, keyHeader: KeyHeader(name: "x-api-key"),
        headers: ["anthropic-version": "2023-06-01"], families: ["claude-"], listsModels: false,
        rateHeaders: .anthropic)

    /// Google's Gemini API.
    static let gemini = KnownProvider(
        name: "gemini", baseURL: "https://generativelanguage.googleapis.com/v1beta",
        strictHost: "generativelanguage.googleapis.com", baseURLVariables: ["GEMINI_API_BASE"],
        keyVariables: ["GEMINI_API_KEY", "GOOGLE_API_KEY"], pathOfBareAddress: "/v1beta", wire: .gemini,
        keyHeader: KeyHeader(name: "x-goog-api-key"), listsModels: false, rateHeaders: .none)

    /// OpenAI's models at Azure, each behind a deployment of one's own.
    static let azure = KnownProvider(
        name: "azure", baseURLVariables: ["AZURE_API_BASE", "AZURE_OPENAI_ENDPOINT"],
        keyVariables: ["AZURE_API_KEY", "AZURE_OPENAI_API_KEY"], pathOfBareAddress: "/openai",
        wire: .azureChatCompletions, keyHeader: KeyHeader(name: "api-key"),
        apiVersionVariables: ["AZURE_API_VERSION", "OPENAI_API_VERSION"], apiVersion: "2024-10-21",
        servesOpenAIModels: true, listsModels: false)

    /// The providers that can be called, by the prefix of their models' names.
    static let all: [KnownProvider] = [
        openAI, anthropic, azure, gemini,
        KnownProvider(
            name: "deepseek", baseURL: "https://api.deepseek.com/v1", strictHost: "api.deepseek.com",
            baseURLVariables: ["DEEPSEEK_API_BASE"], keyVariables: ["DEEPSEEK_API_KEY"]),
        KnownProvider(
            name: "groq", baseURL: "https://api.groq.com/openai/v1", strictHost: "api.groq.com",
            baseURLVariables: ["GROQ_API_BASE"], keyVariables: ["GROQ_API_KEY"]),
        KnownProvider(
            name: "hosted_vllm", baseURLVariables: ["HOSTED_VLLM_API_BASE"], keyVariables: ["HOSTED_VLLM_API_KEY"]),
        KnownProvider(
            name: "lm_studio", baseURL: "http://127.0.0.1:1234/v1", baseURLVariables: ["LM_STUDIO_API_BASE"],
            keyVariables: ["LM_STUDIO_API_KEY"]),
        KnownProvider(
            name: "mistral", baseURL: "https://api.mistral.ai/v1", strictHost: "api.mistral.ai",
            baseURLVariables: ["MISTRAL_API_BASE"], keyVariables: ["MISTRAL_API_KEY"],
            rateHeaders: .mistral),
        KnownProvider(
            name: "moonshot", baseURL: "https://api.moonshot.ai/v1", strictHost: "api.moonshot.ai",
            baseURLVariables: ["MOONSHOT_API_BASE"], keyVariables: ["MOONSHOT_API_KEY"]),
        KnownProvider(
            name: "ollama", baseURL: "http://127.0.0.1:11434/v1", baseURLVariables: ["OLLAMA_API_BASE"],
            keyVariables: ["OLLAMA_API_KEY"], pathOfBareAddress: "/v1"),
        KnownProvider(
            name: "openrouter", baseURL: "https://openrouter.ai/api/v1", strictHost: "openrouter.ai",
            baseURLVariables: ["OPENROUTER_API_BASE"], keyVariables: ["OPENROUTER_API_KEY"],
            rateHeaders: .plain),
        KnownProvider(
            name: "sglang", baseURL: "http://127.0.0.1:30000/v1", baseURLVariables: ["SGLANG_API_BASE"],
            keyVariables: ["SGLANG_API_KEY"], pathOfBareAddress: "/v1"),
        KnownProvider(
            name: "together_ai", baseURL: "https://api.together.xyz/v1", strictHost: "api.together.xyz",
            baseURLVariables: ["TOGETHER_AI_API_BASE"],
            keyVariables: ["TOGETHER_AI_API_KEY", "TOGETHER_API_KEY", "TOGETHERAI_API_KEY"], rateHeaders: .plain),
        KnownProvider(
            name: "xai", baseURL: "https://api.x.ai/v1", strictHost: "api.x.ai", baseURLVariables: ["XAI_API_BASE"],
            keyVariables: ["XAI_API_KEY"]),
    ]

    /// Other names that configurations use.
    static let aliases = [
        "custom_openai": "openai", "openai_compatible": "openai", "vllm": "hosted_vllm", "lmstudio": "lm_studio",
        "grok": "xai", "kimi": "moonshot", "ollama_chat": "ollama", "together": "together_ai",
    ]

    /// Providers that are known and whose protocol is not spoken here.
    static let unsupported: Set<String> = [
        "azure_ai", "bedrock", "cohere", "google", "huggingface", "sagemaker", "vertex_ai", "watsonx",
    ]

    /// The provider of this name or alias.
    static func named(_ name: String) -> KnownProvider? {
        let name = aliases[name] ?? name
        return all.first { $0.name == name }
    }
}
