public import Evaluation
public import Transport

/// The built-in backend types: `openai_http`, `litellm`, `vllm_server`, `scripted`, `dummy` and `replay`.
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
        let (client, clock) = (client, clock)
        registry.backends.register(
            Registration(
                "openai_http", summary: "A model behind an endpoint that speaks OpenAI's chat completions protocol.",
                parameters: OpenAIHTTPParameters.self
            ) { OpenAIModelFactory(settings: $0.settings, client: client, clock: clock) })
        registry.backends.register(
            Registration(
                "litellm", summary: "A model by its LiteLLM name, called natively at an OpenAI-compatible endpoint.",
                parameters: LiteLLMParameters.self
            ) { OpenAIModelFactory(settings: try $0.settings(), client: client, clock: clock) })
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
}
