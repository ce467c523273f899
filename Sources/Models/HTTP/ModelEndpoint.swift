import Evaluation
import Transport

/// Where requests go, and what every one of them carries.
struct ModelEndpoint: Sendable {
    let url: EndpointURL
    let headers: [HTTPHeader]
    let redactor: SecretRedactor
    let sendsEpisodeHeaders: Bool

    /// Finds the address and the key: as given, else from the environment.
    ///
    /// Throws ``EvaluationError`` (`configuration.invalid`) when the address is none or a needed key is missing.
    init(_ settings: HTTPModelSettings, backend: BackendIdentity) throws(EvaluationError) {
        let provider = settings.provider
        let base =
            Self.nonEmpty(settings.baseURL)
            ?? Self.value(of: provider.baseURLVariables, in: backend.environment) ?? provider.baseURL
        guard let base else {
            throw EvaluationError(
                .configurationInvalid, "backend '\(backend.id)' has no address", cause: .configuration,
                advice: provider.baseURLVariables.isEmpty
                    ? "give it a base URL (base_url, or api_base)"
                    : "give it a base URL (base_url, or api_base), or set \(provider.baseURLVariables[0])")
        }
        let apiVersion =
            Self.nonEmpty(settings.apiVersion) ?? Self.value(of: provider.apiVersionVariables, in: backend.environment)
            ?? provider.apiVersion
        url = try EndpointURL(
            base: base, resource: provider.wire.resource(settings, apiVersion: apiVersion),
            pathOfBareAddress: provider.pathOfBareAddress)
        let key =
            Self.nonEmpty(settings.apiKey) ?? Self.value(of: provider.keyVariables, in: backend.environment)
            ?? Self.nonEmpty(settings.fallbackAPIKey)
        if key == nil, settings.requiresAPIKey || provider.refusesAnonymousCalls(at: url.host) {
            let variables = provider.keyVariables.joined(separator: " or ")
            throw EvaluationError(
                .configurationInvalid, "backend '\(backend.id)' has no API key for \(url.host)", cause: .configuration,
                advice: variables.isEmpty ? "set api_key" : "set \(variables) in the environment, or api_key")
        }
        var headers = [
            HTTPHeader(name: "Content-Type", value: "application/json"),
            HTTPHeader(name: "Accept", value: settings.streams ? "text/event-stream" : "application/json"),
        ]
        for (name, value) in provider.headers.sorted(by: { $0.key < $1.key }) {
            headers.append(HTTPHeader(name: name, value: value))
        }
        if let key { headers.append(provider.keyHeader.header(key)) }
        for name in settings.extraHeaders.keys.sorted() {
            headers.removeAll { $0.name.lowercased() == name.lowercased() }
            headers.append(HTTPHeader(name: name, value: settings.extraHeaders[name] ?? ""))
        }
        self.headers = headers
        redactor = SecretRedactor([key].compactMap { $0 } + settings.extraHeaders.values)
        sendsEpisodeHeaders = settings.sendsEpisodeHeaders ?? url.isLoopback
    }

    private static func nonEmpty(_ text: String?) -> String? {
        guard let text, !text.isEmpty else { return nil }
        return text
    }

    private static func value(of variables: [String], in environment: [String: String]) -> String? {
        variables.lazy.compactMap { nonEmpty(environment[$0]) }.first
    }
}

extension ModelEndpoint: CustomReflectable, CustomStringConvertible {
    /// Only what is no secret, so that printing a model shows no key.
    var customMirror: Mirror { Mirror(self, children: ["host": url.host]) }

    var description: String { "ModelEndpoint(\(url.host))" }
}
