public import Evaluation
public import Transport

/// The built-in backend types.
///
/// `openai_http`, `openai_responses`, `azure_openai`, `anthropic`, `gemini`, `litellm`, `vllm_server`, `scripted`,
/// `dummy` and `replay`.
public struct ModelsKit: Kit {
    private let client: HTTPClient
    private let clock: any ModelClock

    /// Makes the kit; all its models call through this client.
    public init(client: HTTPClient, clock: any ModelClock = SystemModelClock()) {
        self.client = client
        self.clock = clock
    }

    /// `models`.
    public var name: String { "models" }

    /// Adds the backend types.
    public func register(in registry: inout Registry) {
        registerProviders(in: &registry)
        let (client, clock) = (client, clock)
        registry.backends.register(
            Registration(
                "litellm", summary: "A model by its LiteLLM name, called natively in its provider's protocol.",
                parameters: LiteLLMParameters.self
            ) { HTTPModelFactory(settings: try $0.settings(), client: client, clock: clock) })
        registry.backends.register(
            Registration(
                "vllm_server",
                summary: "A model behind a server program (vLLM unless said otherwise) that the run starts and stops.",
                parameters: VLLMServerParameters.self
            ) { ModelServerFactory(parameters: $0, client: client, clock: clock) })
        registry.backends.register(
            Registration(
                "scripted", summary: "Replies written down beforehand, per episode or by rules.",
                parameters: ScriptedParameters.self
            ) { ScriptedModelFactory(parameters: $0) })
        registry.backends.register(
            Registration(
                "dummy", summary: "Fixed replies or an echo, for trying a configuration out.",
                parameters: DummyParameters.self
            ) { DummyModelFactory(parameters: $0) })
        registry.backends.register(
            Registration(
                "replay", summary: "The recorded replies of an earlier run.", parameters: ReplayParameters.self
            ) { ReplayModelFactory(parameters: $0) })
    }

    private func registerProviders(in registry: inout Registry) {
        let (client, clock) = (client, clock)
        registry.backends.register(
            Registration(
                "openai_http", summary: "A model behind an endpoint that speaks OpenAI's chat completions protocol.",
                parameters: OpenAIHTTPParameters.self
            ) { HTTPModelFactory(settings: $0.settings, client: client, clock: clock) })
        let own: [(type: String, summary: String, provider: KnownProvider)] = [
            ("openai_responses", "A model of OpenAI's by its responses protocol.", .openAIResponses),
            ("anthropic", "A model of Anthropic's by its messages protocol.", .anthropic),
            ("gemini", "A model of Google's by the Gemini API's generateContent protocol.", .gemini),
        ]
        for (type, summary, provider) in own {
            registry.backends.register(
                Registration(type, summary: summary, parameters: ProviderParameters.self) {
                    HTTPModelFactory(settings: $0.settings(provider), client: client, clock: clock)
                })
        }
        registry.backends.register(
            Registration(
                "azure_openai", summary: "A deployment of one of OpenAI's models at Azure.",
                parameters: AzureOpenAIParameters.self
            ) { HTTPModelFactory(settings: $0.settings, client: client, clock: clock) })
    }
}
