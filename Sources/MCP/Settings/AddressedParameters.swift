import Evaluation

/// The keys of an `mcp_clients` entry whose server has an address.
struct AddressedParameters: Parameters {
    var endpoint: String?
    var headers: [String: String] = [:]
    var session = SessionParameters()

    static var fields: [ParameterField<Self>] {
        [
            .init(
                "endpoint", \.endpoint,
                "The server's address; an episode's sandbox that says 'mcp_endpoint' puts its own in place of it."),
            .init("headers", \.headers, "Header fields of every request.") { $0.isSecret = true },
        ] + SessionParameters.fields.map { .init(of: \.session, $0) }
    }
}
