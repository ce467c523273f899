import Transport

/// A provider that can be called: where it is, where its key is found, and what is particular to it.
struct KnownProvider: Sendable, Hashable {
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

    /// The protocol that it speaks.
    var wire = WireProtocol.chatCompletions
    /// How a request shows the key.
    var keyHeader = KeyHeader.bearer
    /// Header fields of every request.
    var headers: [String: String] = [:]
    /// Environment variables that may hold the version of the interface.
    var apiVersionVariables: [String] = []
    /// The version of the interface unless another is named.
    var apiVersion: String?
    /// Beginnings of the names of its models that need no prefix.
    var families: [String] = []
    /// Whether its models are OpenAI's, with what those refuse.
    var servesOpenAIModels = false
    /// Whether it lists all its models' names as OpenAI does.
    var listsModels = true

    /// What its responses say about its rates.
    var rateHeaders = RateHeaders.openAI

    /// The header field that a key is shown in.
    struct KeyHeader: Sendable, Hashable {
        var name: String
        var prefix = ""

        /// As OAuth has it.
        static let bearer = KeyHeader(name: "Authorization", prefix: "Bearer ")

        func header(_ key: String) -> HTTPHeader { HTTPHeader(name: name, value: prefix + key) }
    }

    func refusesAnonymousCalls(at host: String) -> Bool { host == strictHost }
}
