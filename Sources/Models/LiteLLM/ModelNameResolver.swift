public import Evaluation
public import JSON
public import Transport

/// Makes models from LiteLLM-style names: `gpt-4.1`, `openrouter/qwen/qwen3-32b`, `hosted_vllm/my-model`.
///
/// The part before the first slash names the provider, where it is one; OpenAI's own models need no prefix, and with
/// an address of one's own (`api_base`) any name is taken for an OpenAI-compatible server's.
public struct ModelNameResolver: Sendable {
    private let client: HTTPClient
    private let clock: any ModelClock

    /// Resolves names to models that call through this client.
    public init(client: HTTPClient, clock: any ModelClock = SystemModelClock()) {
        self.client = client
        self.clock = clock
    }

    /// The factory of the model that a name means.
    ///
    /// `parameters` are those of a LiteLLM call: what is known to a `litellm` backend (`api_base`, `api_key`,
    /// `timeout`, `num_retries`, `extra_headers`, …) configures the call, everything else is a sampling parameter.
    /// Throws ``EvaluationError`` (`configuration.invalid`) for a provider that cannot be called.
    public func factory(named name: String, parameters: JSONObject = [:]) throws -> any ChatModelFactory {
        var block = try Self.block(parameters)
        block.model = name
        return HTTPModelFactory(settings: try block.settings(), client: client, clock: clock)
    }

    /// Sorts call parameters into a backend's block; aliases of the Python call are taken to its words first.
    private static func block(_ parameters: JSONObject) throws(EvaluationError) -> LiteLLMParameters {
        let renamed = [
            "base_url": "api_base", "num_retries": "max_retries", "stream": "streaming", "request_timeout": "timeout",
            "api_version": "azure_api_version",
        ]
        let known = Set(LiteLLMParameters.fields.map(\.description.name)).subtracting(["generation_parameters"])
        var own: JSONObject = [:]
        var sampling: JSONObject = [:]
        for (key, value) in parameters {
            let word = renamed[key] ?? key
            if known.contains(word) { own[word] = value } else { sampling[key] = value }
        }
        own["model"] = "-"
        own["generation_parameters"] = .object(sampling)
        let place = SourceLocation(file: "model parameters", line: 1, column: 1)
        var diagnostics = Diagnostics()
        let node = ConfigNode(json: .object(own), location: place, path: "", origin: "model parameters")
        let block = LiteLLMParameters.decode(node, into: &diagnostics)
        if let problem = diagnostics.all.first(where: { $0.severity == .error }) {
            let path = problem.path.map { " (at \($0))" } ?? ""
            throw EvaluationError(
                .configurationInvalid, "model parameters: \(problem.message)\(path)", cause: .configuration,
                advice: problem.advice)
        }
        return block ?? LiteLLMParameters()
    }
}

/// What a LiteLLM-style name says: whose model it is, and the name under which its provider knows it.
struct ModelName: Sendable, Hashable {
    var provider: KnownProvider
    var model: String

    /// Reads a name.
    ///
    /// `provider` is the provider where it is given apart; `hasAddress` says that the caller knows the endpoint.
    /// Throws ``EvaluationError`` (`configuration.invalid`) when no endpoint that can be called is meant.
    init(_ name: String, provider: String?, hasAddress: Bool) throws(EvaluationError) {
        let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let prefix = parts.count == 2 && !parts[1].isEmpty ? parts[0] : nil
        if let given = provider?.lowercased(), !given.isEmpty {
            let known = try Self.callable(given, of: name, hasAddress: hasAddress)
            // The prefix may repeat the provider; `qwen/…` at a server of one's own is part of the model's name.
            let repeats = prefix.map { $0 == given || KnownProvider.named($0) == known } ?? false
            self.provider = known
            model = repeats ? parts[1] : name
            return
        }
        if let prefix, let known = KnownProvider.named(prefix) {
            self.provider = known
            model = parts[1]
            return
        }
        if let prefix, KnownProvider.unsupported.contains(prefix) { throw Self.unsupported(prefix, of: name) }
        model = name
        self.provider = .openAI
        guard !hasAddress else { return }
        let owner = KnownProvider.all.first { $0.families.contains(where: name.hasPrefix) }
        guard prefix == nil, let owner else { throw Self.unknown(name) }
        self.provider = owner
    }

    private static func callable(
        _ given: String, of name: String, hasAddress: Bool
    ) throws(EvaluationError) -> KnownProvider {
        if let known = KnownProvider.named(given) { return known }
        if KnownProvider.unsupported.contains(given) { throw unsupported(given, of: name) }
        guard hasAddress else {
            let names = KnownProvider.all.map(\.name)
            throw EvaluationError(
                .configurationInvalid, "the provider '\(given)' of model '\(name)' is not known",
                cause: .configuration, advice: NearMiss.advice(given, among: names))
        }
        var provider = KnownProvider.openAI
        provider.name = given
        provider.strictHost = nil
        return provider
    }

    private static func unsupported(_ provider: String, of name: String) -> EvaluationError {
        EvaluationError(
            .configurationInvalid,
            "the model '\(name)' is of provider '\(provider)', whose protocol this backend type does not speak",
            cause: .configuration,
            advice: "reach it through an OpenAI-compatible gateway: provider openai and the gateway's api_base")
    }

    private static func unknown(_ name: String) -> EvaluationError {
        let prefixes = KnownProvider.all.map { "\($0.name)/" }.joined(separator: ", ")
        return EvaluationError(
            .configurationInvalid, "the model's name '\(name)' does not say whose model it is",
            cause: .configuration, advice: "give an api_base, or one of the prefixes \(prefixes)")
    }
}
