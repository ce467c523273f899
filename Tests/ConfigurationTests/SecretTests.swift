import Evaluation
import JSON
import Testing

@testable import GageConfiguration

@Suite struct SecretTests {
    /// A pipeline in which everything after `config:` is the backend's.
    static func pipeline(_ type: String, config: String) -> String {
        """
        datasets:
          - {dataset_id: data, loader: hf_hub}
        backends:
          - backend_id: main
            type: \(type)
            config: {model: small, \(config)}
        role_adapters:
          - {adapter_id: dut, role_type: dut_model, backend_id: main}
        metrics: [latency]
        tasks:
          - task_id: all
            dataset_id: data
            steps: [{step: inference}, {step: auto_eval}]
        """
    }

    static let environment = [
        "OPENAI_API_KEY": "sk-hidden", "ACCESS_TOKEN": "hidden", "DB_PASSWORD": "123456", "MAX_TOKENS": "512",
        "CLIENT_SECRET": "hidden", "REGION": "north", "SERVER": "http://u:hidden@host/v1",
    ]

    static let shown: [(type: String, config: String, key: String, value: JSONValue)] = [
        ("openai_http", "api_key: written", "api_key", "<redacted>"),
        ("openai_http", "api_key: '${OPENAI_API_KEY}'", "api_key", "${OPENAI_API_KEY}"),
        ("openai_http", "api_key: '${OTHER:-written}'", "api_key", "${OTHER}"),
        (
            "openai_http", "base_url: 'http://h/${ACCESS_TOKEN}/${REGION}'", "base_url",
            "http://h/${ACCESS_TOKEN}/${REGION}"
        ),
        ("openai_http", "base_url: '${SERVER}'", "base_url", "http://<redacted>@host/v1"),
        ("litellm", "api_key: written", "api_key", "<redacted>"),
        ("litellm", "anything: '${CLIENT_SECRET}'", "anything", "${CLIENT_SECRET}"),
        ("litellm", "pin: '${DB_PASSWORD}'", "pin", "${DB_PASSWORD}"),
        ("litellm", "max_new_tokens: '${MAX_TOKENS}'", "max_new_tokens", 512),
        ("litellm", "region: '${REGION}'", "region", "north"),
        ("litellm", "env: {SOME_API_KEY: written}", "env.SOME_API_KEY", "<redacted>"),
        ("litellm", "eos_token: end", "eos_token", "end"),
        ("litellm", "extra_headers: {Authorization: Bearer x}", "extra_headers.Authorization", "<redacted>"),
    ]

    @Test(arguments: shown)
    func showsWhatMayBeSeen(type: String, config: String, key: String, value: JSONValue) throws {
        let text = Self.pipeline(type, config: config)
        let result = try Minimal.load(text, environment: Self.environment)
        #expect(result.errors.isEmpty)
        let plan = try #require(result.plan)
        #expect(plan.resolvedConfiguration.at("backends[0].config.\(key)") == value)
        #expect(plan.backends.first?.settings.at(key) == value)
        for output in [
            plan.resolvedConfiguration.text(), PlanRendering(plan).json.text(), PlanRendering(plan).text,
            result.document?.yaml(showingOrigins: true) ?? "",
        ] {
            #expect(!output.contains("hidden") && !output.contains("written"))
        }
    }

    @Test func theComponentGetsTheSecretItself() throws {
        let text = Self.pipeline("litellm", config: "api_key: '${OPENAI_API_KEY}'")
        let plan = try #require(try Minimal.load(text, environment: Self.environment).plan)
        let factory = try #require(plan.backends.first?.factory as? StandIn)
        #expect(factory.parameters["api_key"] == "sk-hidden")
    }

    @Test func secretsBelowASecretKeyAreHiddenToo() throws {
        let result = try Minimal.load(
            AdapterTests.pipeline(params: "token: '${OPENAI_API_KEY}'"), environment: Self.environment)
        #expect(result.document?.json.at("role_adapters[0].params.token") == "${OPENAI_API_KEY}")
    }

    @Test func aToolsParameterNamedLikeASecretIsNone() {
        let json = Fixtures.load("swebench").document?.json
        #expect(json?.at("role_adapters[2].params.tools[1].parameters.properties.password.type") == "string")
        #expect(json?.at("role_adapters[2].params.tools[1].parameters.properties.token.type") == "string")
    }

    @Test func theDigestFollowsWhatDecidesResultsAndNothingElse() throws {
        let text = Self.pipeline("openai_http", config: "api_key: '${OPENAI_API_KEY}'")
        func digest(_ key: String, _ overrides: [String] = []) throws -> String? {
            try Minimal.load(text, environment: ["OPENAI_API_KEY": key], overrides: overrides).plan?.digest
        }
        let digest0 = try digest("a")
        #expect(digest0?.count == 64)
        #expect(try digest("b") == digest0)
        for neutral in ["tasks[0].concurrency=9", "metadata.description=x", "tasks[0].max_retries=0"] {
            #expect(try digest("a", [neutral]) == digest0)
        }
        for telling in ["seed=1", "tasks[0].max_samples=1", "backends.main.config.model=m", "tasks[0].trials=2"] {
            #expect(try digest("a", [telling]) != digest0)
        }
    }
}
