import Evaluation
import JSON

/// One tool that stands for all endpoints of an application: `call_<app>(endpoint, params)`.
struct MetaTool: Sendable {
    /// The application's name: what stands before `__` in its tools' names.
    let app: String
    /// Its tools by endpoint.
    let endpoints: [String: ToolDefinition]
    /// The endpoints in their order.
    let order: [String]

    /// A call of one of the endpoints.
    struct Resolved: Sendable {
        var tool: String
        var arguments: JSONObject
        var schema: JSONObject
    }

    /// Why a call names no endpoint, for the agent to read.
    struct Refusal: Error {
        var message: String
    }

    init(app: String, endpoints: [(name: String, tool: ToolDefinition)]) {
        self.app = app
        order = endpoints.map(\.name)
        self.endpoints = Dictionary(endpoints.map { ($0.name, $0.tool) }, uniquingKeysWith: { first, _ in first })
    }

    /// The tool that the agent sees.
    func definition(client: String) -> ToolDefinition {
        let parameters: JSONObject = [
            "type": "object",
            "properties": [
                "endpoint": ["type": "string", "description": .string("The endpoint of \(app) to call.")],
                "params": ["type": "object", "description": "The endpoint's parameters by name."],
            ],
            "required": ["endpoint"],
        ]
        return ToolDefinition(
            name: "call_\(app)", description: "Calls an endpoint of \(app).", parameters: parameters,
            extensions: [
                "meta_tool": true, "app_name": .string(app), "allowed_endpoints": .array(order.map { .string($0) }),
                "mcp_client_id": .string(client),
            ])
    }

    /// The tool and arguments that a call means.
    ///
    /// The endpoint stands under `endpoint` or `api_name`, its parameters under `params` or `endpoint_params` or beside the
    /// endpoint; of one that stands in several places `params` counts first.
    func resolve(_ arguments: JSONObject) -> Result<Resolved, Refusal> {
        let named = [arguments["endpoint"], arguments["api_name"]].compactMap { $0?.stringValue }
        guard let endpoint = named.first(where: { !$0.isEmpty }) else {
            return refuse("the call names no 'endpoint' of \(app)")
        }
        guard let tool = endpoints[endpoint] else {
            let advice = NearMiss.advice(endpoint, among: order).map { "; \($0)" } ?? ""
            return refuse("\(app) has no endpoint '\(endpoint)'\(advice)")
        }
        var parameters: JSONObject = [:]
        for (key, value) in arguments where !Self.ownKeys.contains(key) { parameters[key] = value }
        for key in ["endpoint_params", "params"] {
            guard let value = arguments[key], !value.isNull else { continue }
            guard let object = value.objectValue else { return refuse("'\(key)' must be an object") }
            parameters.merge(object)
        }
        return .success(Resolved(tool: tool.name, arguments: parameters, schema: tool.parameters))
    }

    private static let ownKeys: Set<String> = ["endpoint", "api_name", "params", "endpoint_params"]

    private func refuse(_ message: String) -> Result<Resolved, Refusal> { .failure(Refusal(message: message)) }
}
