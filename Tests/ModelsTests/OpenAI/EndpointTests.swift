import Evaluation
import JSON
import Testing
import Transport

@testable import Models

@Suite struct EndpointTests {
    private func endpoint(
        _ environment: [String: String] = [:], _ adjust: (inout HTTPModelSettings) -> Void
    ) throws -> ModelEndpoint {
        var settings = HTTPModelSettings(model: "m", provider: .openAI)
        adjust(&settings)
        return try ModelEndpoint(
            settings, backend: BackendIdentity(id: "agent_llm", baseDirectory: "", environment: environment))
    }

    private func key(_ endpoint: ModelEndpoint) -> String? {
        endpoint.headers.first { $0.name == "Authorization" }?.value
    }

    @Test(arguments: [
        ("http://h/v1", "http://h/v1/chat/completions"), ("http://h/v1/", "http://h/v1/chat/completions"),
        ("http://h/v1/chat/completions", "http://h/v1/chat/completions"),
        ("http://h/v1/chat/completions/", "http://h/v1/chat/completions"), ("http://h", "http://h/chat/completions"),
        ("HTTPS://h:8/x?api-version=1", "HTTPS://h:8/x/chat/completions?api-version=1"),
    ])
    func baseURLsMayEndAsPeopleWriteThem(base: String, url: String) throws {
        #expect(try EndpointURL(base: base).text == url)
        #expect(try EndpointURL(base: base).modelsText == url.replacing("/chat/completions", with: "/models"))
    }

    @Test(arguments: ["", "api.openai.com/v1", "ftp://h/v1", "http://", "http:///v1"])
    func whatIsNoURLIsAConfigurationError(base: String) async throws {
        #expect(try await evaluationError { try EndpointURL(base: base) }.code == .configurationInvalid)
    }

    @Test(arguments: [
        ("http://127.0.0.1:80/v1", true), ("http://localhost/v1", true), ("http://[::1]:8/v1", true),
        ("http://127.9.9.9/", true), ("http://u:p@localhost:1/", true), ("http://127.0.0.1.evil.com/", false),
        ("http://example.com/127.0.0.1", false), ("http://localhost.evil.com/", false), ("http://10.0.0.1/", false),
    ])
    func loopbackIsToldFromTheWorld(base: String, isLoopback: Bool) throws {
        #expect(try EndpointURL(base: base).isLoopback == isLoopback)
        #expect(try endpoint { $0.baseURL = base }.sendsEpisodeHeaders == isLoopback)
    }

    @Test func aBareOllamaAddressGetsItsPath() throws {
        #expect(
            try EndpointURL(base: "http://h:11434/", pathOfBareAddress: "/v1").text
                == "http://h:11434/v1/chat/completions")
        #expect(try EndpointURL(base: "http://h/api", pathOfBareAddress: "/v1").text == "http://h/api/chat/completions")
    }

    @Test func theKeyIsTheConfiguredOneThenTheEnvironmentsThenTheFallback() throws {
        let environment = ["OPENAI_API_KEY": "from-environment"]
        let local = "http://localhost/v1"
        #expect(
            key(
                try endpoint(environment) {
                    $0.baseURL = local
                    $0.apiKey = "own"
                    $0.fallbackAPIKey = "last"
                }) == "Bearer own")
        #expect(key(try endpoint(environment) { $0.baseURL = local }) == "Bearer from-environment")
        #expect(
            key(
                try endpoint(["OPENAI_API_KEY": ""]) {
                    $0.baseURL = local
                    $0.apiKey = ""
                    $0.fallbackAPIKey = "last"
                }) == "Bearer last")
        #expect(key(try endpoint { $0.baseURL = local }) == nil)
    }

    @Test func theAddressIsTheConfiguredOneThenTheEnvironmentsThenTheProviders() throws {
        let environment = ["OPENAI_BASE_URL": "http://gateway/v1", "OPENAI_API_KEY": "k"]
        #expect(try endpoint(environment) { $0.baseURL = "http://own/v1" }.url.host == "own")
        #expect(try endpoint(environment) { _ in }.url.host == "gateway")
        #expect(try endpoint(["OPENAI_API_KEY": "k"]) { _ in }.url.text == "https://api.openai.com/v1/chat/completions")
    }

    @Test func aNeededKeyThatIsMissingIsAnErrorBeforeAnyCall() async throws {
        let required = try await evaluationError {
            try endpoint {
                $0.baseURL = "http://localhost/v1"
                $0.requiresAPIKey = true
            }
        }
        #expect(required.code == .configurationInvalid)
        #expect(required.advice?.contains("OPENAI_API_KEY") == true)
        #expect(try await evaluationError { try endpoint { _ in } }.code == .configurationInvalid)
    }

    @Test func theTimeLimitIsOnTheReplyOrOnAStreamsSilence() {
        let whole = HTTPModel.timeouts(limit: .seconds(60), streams: false)
        #expect(whole.idle == .seconds(60) && whole.total == .seconds(60))
        let streamed = HTTPModel.timeouts(limit: .seconds(60), streams: true)
        #expect(streamed.idle == .seconds(60) && streamed.total == .seconds(600))
    }

    @Test func extraHeadersReplaceOurOwn() throws {
        let made = try endpoint {
            $0.baseURL = "http://localhost/v1"
            $0.apiKey = "own"
            $0.extraHeaders = ["authorization": "Basic xyz", "X-Team": "evals"]
        }
        #expect(made.headers.filter { $0.name.lowercased() == "authorization" }.map(\.value) == ["Basic xyz"])
        #expect(made.headers.contains { $0.name == "X-Team" && $0.value == "evals" })
    }

    @Test func secretsAreRedactedWhereverTheyAre() throws {
        let redactor = SecretRedactor(["sk-12345678", "short", "sk-12345678-longer"])
        #expect(redactor.redact("a sk-12345678-longer b sk-12345678 c short") == "a *** b *** c short")
    }

    @Test(arguments: 1...60)
    func excerptsNeverShowAPartOfASecretThatTheyCut(limit: Int) {
        let secret = "sk-abcdefghijkl"
        let redactor = SecretRedactor([secret, "12345678"])
        for padding in 0...40 {
            let text =
                String(repeating: ".", count: padding) + "\(secret) 12345678 \(secret)\(secret) tail"
                + String(repeating: "!", count: 200)
            let excerpt = redactor.excerpt(text, upTo: limit)
            #expect(!excerpt.contains("sk-") && !excerpt.contains("1234") && !excerpt.contains("abcd"))
            #expect(excerpt.unicodeScalars.count <= limit + 1)
        }
    }

    @Test func descriptionsOfModelsHoldNoKey() throws {
        let config: JSONValue = ["model": "m", "base_url": "http://localhost/v1", "api_key": "sk-12345678"]
        let (factory, _) = Fixtures.factory("openai_http", config)
        let made = try #require(factory)
        let model = try made.makeModel(for: BackendIdentity(id: "b", baseDirectory: "", environment: [:]))
        var dumped = ""
        dump(model, to: &dumped)
        dump(made, to: &dumped)
        #expect(!"\(model) \(made) \(dumped)".contains("sk-12345678"))
    }
}
