import Evaluation
import JSON
import Testing

@testable import Models

@Suite struct ParametersTests {
    /// Blocks as the guide's configurations have them.
    private static let guide: [(String, JSONValue)] = [
        (
            "openai_http",
            [
                "base_url": "https://api.openai.com/v1", "model": "gpt-5.2", "require_api_key": true, "max_retries": 6,
                "async_max_concurrency": 4, "generation_parameters": ["temperature": 0.0, "max_new_tokens": 8192],
            ]
        ),
        (
            "openai_http",
            [
                "base_url": "http://127.0.0.1:1234/v1", "api_key": "dummy", "model": "qwen2.5-0.5b-instruct",
                "default_params": ["max_new_tokens": 256, "temperature": 0.2], "timeout": 120, "enable_async": true,
            ]
        ),
        (
            "litellm",
            [
                "provider": "openai", "api_base": "https://api.openai.com/v1", "model": "gpt-4.1", "streaming": false,
                "max_retries": 6, "generation_parameters": ["max_new_tokens": 512, "temperature": 0.0],
            ]
        ),
        (
            "litellm",
            [
                "custom_llm_provider": "openai", "provider": "kimi", "model": "m", "api_base": "http://h/v1",
                "timeout": 30, "retry_sleep": 1.0, "retry_multiplier": 2.0, "drop_params": true,
                "resource_requirement": ["pool_size": 4],
            ]
        ),
        ("dummy", ["responses": [], "cycle": true, "echo_prompt": true]),
        ("dummy", ["responses": ["0", "1"], "random": true, "seed": 1234]),
    ]

    @Test(arguments: guide.indices)
    func blocksOfTheGuideAreAccepted(index: Int) {
        let (type, config) = Self.guide[index]
        let (factory, diagnostics) = Fixtures.factory(type, config)
        #expect(factory != nil)
        #expect(!diagnostics.all.contains { $0.severity > .note }, "\(diagnostics.all)")
    }

    @Test(
        arguments: [
            ("openai_http", [:], "missing key 'model'"), ("openai_http", ["model": ""], "the model's name is empty"),
            ("openai_http", ["model": "m", "base_ulr": "x"], "did you mean 'base_url'?"),
            ("openai_http", ["model": "m", "max_retries": -1], "too small"),
            ("openai_http", ["model": "m", "timeout": 0], "too small"),
            ("openai_http", ["model": "m", "tool_choice": "requird"], "did you mean 'required'?"),
            ("openai_http", ["model": "m", "price": ["input": 1]], "missing key 'output'"),
            ("openai_http", ["model": "m", "generation_parameters": ["temperature": "warm"]], "found text"),
            ("litellm", ["model": "bedrock/claude-x"], "does not speak"),
            ("anthropic", [:], "missing key 'model'"), ("gemini", ["model": ""], "the model's name is empty"),
            ("openai_responses", ["model": "m", "stream": "perhaps"], "found text"),
            ("azure_openai", ["model": "m", "deploymnt": "d"], "did you mean 'deployment'?"),
            ("litellm", ["model": "my-model"], "whose model"),
            ("litellm", ["model": "m", "provider": "opnai"], "did you mean 'openai'?"),
            ("scripted", [:], "needs a 'path' or a 'script'"), ("scripted", ["path": "a", "script": []], "a file too"),
            ("scripted", ["script": [["txt": "a"]]], "did you mean 'text'?"), ("replay", [:], "missing key 'path'"),
            ("dummy", ["respnses": []], "did you mean 'responses'?"),
        ] as [(String, JSONValue, String)])
    func mistakesAreReportedWithTheirPlace(type: String, config: JSONValue, words: String) {
        let (factory, diagnostics) = Fixtures.factory(type, config)
        #expect(factory == nil)
        let errors = diagnostics.all.filter { $0.severity == .error }
        #expect(errors.contains { $0.description.contains(words) }, "\(diagnostics.all)")
        #expect(errors.allSatisfy { $0.location?.file == "suite.yaml" })
    }

    @Test func aMisspeltSamplingParameterIsWarnedAboutAndSent() throws {
        let (factory, diagnostics) = Fixtures.factory(
            "openai_http", ["model": "m", "generation_parameters": ["temprature": 0.5, "top_k": 3, "min_p": 0.1]])
        #expect(factory != nil)
        let warnings = diagnostics.all.filter { $0.severity == .warning }
        #expect(warnings.count == 1)
        #expect(warnings.first?.advice == "did you mean 'temperature'?")
    }

    @Test func keysWithoutEffectAreNoted() {
        let (_, diagnostics) = Fixtures.factory("openai_http", ["model": "m", "client_args": ["timeout": 3]])
        #expect(diagnostics.all.contains { $0.severity == .note && $0.message.contains("client_args") })
    }

    @Test func secretsAreNotWrittenOut() throws {
        var diagnostics = Diagnostics()
        let node = ConfigNode(
            json: [
                "model": "m", "api_key": "sk-12345678", "fallback_api_key": "sk-87654321",
                "extra_headers": ["X-Key": "sk-abcdefgh"], "generation_parameters": ["top_k": 3],
            ], location: SourceLocation(file: "f", line: 1, column: 1), path: "")
        let block = try #require(OpenAIHTTPParameters.decode(node, into: &diagnostics))
        let text = block.json.text()
        #expect(!text.contains("sk-"))
        #expect(text.contains(#""generation_parameters":{"top_k":3}"#))
    }

    @Test(
        arguments: [
            ("gpt-4.1", nil, false, "openai", "gpt-4.1"), ("o3-mini", nil, false, "openai", "o3-mini"),
            ("openai/my-model", nil, true, "openai", "my-model"), ("my-model", nil, true, "openai", "my-model"),
            ("qwen/qwen3-32b", nil, true, "openai", "qwen/qwen3-32b"),
            ("qwen/qwen3-32b", "openai", true, "openai", "qwen/qwen3-32b"),
            ("openrouter/qwen/qwen3-32b", nil, false, "openrouter", "qwen/qwen3-32b"),
            ("hosted_vllm/Qwen/Qwen3-8B", nil, true, "hosted_vllm", "Qwen/Qwen3-8B"),
            ("ollama/llama3", nil, false, "ollama", "llama3"), ("ollama_chat/llama3", nil, false, "ollama", "llama3"),
            ("deepseek/deepseek-chat", nil, false, "deepseek", "deepseek-chat"),
            ("together_ai/meta/x", nil, false, "together_ai", "meta/x"), ("groq/x", nil, false, "groq", "x"),
            ("mistral/x", nil, false, "mistral", "x"), ("xai/grok-4", nil, false, "xai", "grok-4"),
            ("lm_studio/x", nil, false, "lm_studio", "x"), ("grok-4", "grok", false, "xai", "grok-4"),
            ("kimi-k2", "kimi", false, "moonshot", "kimi-k2"), ("x", "house", true, "house", "x"),
            ("groq/x", "groq", false, "groq", "x"), ("anthropic/claude-x", nil, false, "anthropic", "claude-x"),
            ("claude-sonnet-4", nil, false, "anthropic", "claude-sonnet-4"), ("x", "anthropic", true, "anthropic", "x"),
            ("gemini/gemini-2.5", nil, false, "gemini", "gemini-2.5"), ("azure/gpt-4", nil, true, "azure", "gpt-4"),
        ] as [(String, String?, Bool, String, String)])
    func namesSayWhoseModelTheyMean(
        name: String, provider: String?, hasAddress: Bool, expected: String, model: String
    ) throws {
        let read = try ModelName(name, provider: provider, hasAddress: hasAddress)
        #expect(read.provider.name == expected)
        #expect(read.model == model)
    }

    @Test(
        arguments: [
            ("bedrock/claude-sonnet-4", nil, false), ("vertex_ai/gemini-2.5", nil, false), ("azure_ai/x", nil, true),
            ("gemini-2.5-flash", nil, false), ("llama3", nil, false), ("meta/llama3", nil, false),
            ("x", "bedrock", true), ("x", "house", false), ("openai/", nil, false),
        ] as [(String, String?, Bool)])
    func namesThatCannotBeCalledAreConfigurationErrors(name: String, provider: String?, hasAddress: Bool) async throws {
        let error = try await evaluationError { try ModelName(name, provider: provider, hasAddress: hasAddress) }
        #expect(error.code == .configurationInvalid)
        #expect(error.advice != nil)
    }
}
