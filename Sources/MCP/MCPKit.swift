public import Evaluation
public import Transport

/// The transports of the Model Context Protocol.
public struct MCPKit: Kit {
    /// The kit's name.
    public let name = "mcp"
    private let clients: HTTPClients

    /// Makes the kit; `client` speaks to servers that are not in a sandbox.
    public init(client: HTTPClient) { clients = HTTPClients(client) }

    /// Adds the transports.
    public func register(in registry: inout Registry) {
        let clients = clients
        registry.toolTransports.register(
            Registration(
                "streamable_http", aliases: ["http", "streamable-http"],
                summary: "A server at an address, over the protocol's transport of today.",
                parameters: AddressedParameters.self
            ) { try HTTPTransport(.streamable, $0, clients: clients) })
        registry.toolTransports.register(
            Registration(
                "sse", aliases: ["http_sse"],
                summary: "A server at an address, over the transport of 2024: a stream of events and POST requests.",
                parameters: AddressedParameters.self
            ) { try HTTPTransport(.legacy, $0, clients: clients) })
        registry.toolTransports.register(
            Registration(
                "stdio", summary: "A program that gage starts, over its standard input and output.",
                parameters: ProgramParameters.self
            ) { try ProgramTransport($0) })
    }
}
