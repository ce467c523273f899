import Evaluation

/// The address at which a model is called, made from what people write as `base_url`.
struct EndpointURL: Sendable, Hashable {
    /// The whole URL, ending in the resource's path before any query.
    let text: String
    /// The host without user information and port, in lower case.
    let host: String
    private let resource: EndpointResource

    /// Reads a base URL with or without a slash, or the resource's path or a part of it, at its end.
    ///
    /// `pathOfBareAddress` is added where the URL has no path. Throws ``EvaluationError`` (`configuration.invalid`)
    /// for anything but an absolute http or https URL.
    init(
        base: String, resource: EndpointResource = .chatCompletions, pathOfBareAddress: String? = nil
    ) throws(EvaluationError) {
        self.resource = resource
        let (location, query) = Self.split(base[...], at: "?")
        guard let scheme = ["https://", "http://"].first(where: { location.lowercased().hasPrefix($0) }) else {
            throw EvaluationError(
                .configurationInvalid, "the base URL '\(Self.withoutUser(base))' is no http or https URL",
                cause: .configuration, advice: "write it as https://host/v1")
        }
        let rest = location.dropFirst(scheme.count)
        host = Self.host(in: rest.prefix { $0 != "/" })
        guard !host.isEmpty else {
            throw EvaluationError(
                .configurationInvalid, "the base URL '\(Self.withoutUser(base))' names no host", cause: .configuration)
        }
        var path = location
        while path.hasSuffix("/") { path = path.dropLast() }
        if let given = ([resource.path] + resource.parts).first(where: path.hasSuffix) {
            path = path.dropLast(given.count)
        }
        while path.hasSuffix("/") { path = path.dropLast() }
        if let pathOfBareAddress, !path.dropFirst(scheme.count).contains("/") { path += pathOfBareAddress }
        text = path + resource.path + ((query.map(String.init) ?? resource.query).map { "?\($0)" } ?? "")
    }

    /// Where the same server lists its models.
    var modelsText: String {
        let (location, query) = Self.split(text[...], at: "?")
        return location.dropLast(resource.path.count) + "/models" + (query.map { "?\($0)" } ?? "")
    }

    /// Whether the endpoint is on this machine.
    var isLoopback: Bool {
        if ["localhost", "::1", "0:0:0:0:0:0:0:1"].contains(host) || host.hasSuffix(".localhost") { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    private static func host(in authority: Substring) -> String {
        let (_, afterUser) = splitLast(authority, at: "@")
        if afterUser.hasPrefix("[") { return afterUser.dropFirst().prefix { $0 != "]" }.lowercased() }
        return afterUser.prefix { $0 != ":" }.lowercased()
    }

    private static func withoutUser(_ url: String) -> String {
        guard let at = url.firstIndex(of: "@") else { return url }
        return "***" + url[at...]
    }

    private static func split(_ text: Substring, at separator: Character) -> (Substring, Substring?) {
        guard let index = text.firstIndex(of: separator) else { return (text, nil) }
        return (text[..<index], text[text.index(after: index)...])
    }

    private static func splitLast(_ text: Substring, at separator: Character) -> (Substring?, Substring) {
        guard let index = text.lastIndex(of: separator) else { return (nil, text) }
        return (text[..<index], text[text.index(after: index)...])
    }
}
