public import Evaluation
public import JSON

/// A world whose tools are a server's: it forwards the agent's calls, and leaves the rest to the world that was there.
///
/// Arguments that are null and not required are left out, because servers check arguments against their schema, and an
/// optional text may be absent but not null.
public struct ToolServerWorld: ArtifactWorld {
    /// How calls of one tool are forwarded.
    struct Route: Sendable {
        /// The tool as the agent sees it.
        var tool: ToolDefinition
        /// What the server expects as arguments.
        var schema: JSONObject
        var target: Target
        var session: any ToolSession
    }

    /// Which of a server's tools a call means.
    enum Target: Sendable {
        /// The tool of the same name.
        case tool
        /// One of an application's endpoints, which the arguments name.
        case endpoints(MetaTool)
    }

    /// The world that was there before; nil where there was none.
    public let base: (any World)?
    private let routes: [Route]
    private let byName: [String: Route]

    init(routes: [Route], over base: (any World)?) {
        self.base = base
        self.routes = routes
        byName = Dictionary(routes.map { ($0.tool.name, $0) }, uniquingKeysWith: { $1 })
    }

    /// The names of the tools whose calls are forwarded, here or by a world below.
    var routedNames: Set<String> { Set(byName.keys).union((base as? ToolServerWorld)?.routedNames ?? []) }

    /// The world's own tools, and for the agent the servers' after them.
    public func tools(for participant: Participant) -> [ToolDefinition] {
        let own = base?.tools(for: participant) ?? []
        return participant == .agent ? own + routes.map(\.tool) : own
    }

    /// Forwards a call to the server that has the tool; any other call is the former world's.
    public mutating func execute(_ call: ToolCall, by participant: Participant) async throws -> ToolResult {
        guard participant == .agent, let route = byName[call.name] else {
            guard var base else { return ToolResult(content: "Error: Tool '\(call.name)' not found.", isError: true) }
            let result = try await base.execute(call, by: participant)
            self = Self(routes: routes, over: base)
            return result
        }
        var (name, arguments) = (call.name, call.arguments)
        var schema = route.schema
        if case .endpoints(let meta) = route.target {
            switch meta.resolve(arguments) {
            case .success(let resolved):
                (name, arguments, schema) = (resolved.tool, resolved.arguments, resolved.schema)
            case .failure(let refusal): return Self.refusal(refusal.message)
            }
        }
        let reply = try await route.session.call(name, arguments: Self.withoutNulls(arguments, schema), timeout: nil)
        let value = reply.result
        return ToolResult(content: value.text(.python), isError: reply.isError, structured: value)
    }

    /// The former world's state.
    public var snapshot: JSONValue? { base?.snapshot }

    /// What the agent left in the former world.
    public func artifacts() async throws -> JSONObject {
        try await (base as? any ArtifactWorld)?.artifacts() ?? [:]
    }

    private static func withoutNulls(_ arguments: JSONObject, _ schema: JSONObject) -> JSONObject {
        let required = Set(schema["required"]?.arrayValue?.compactMap(\.stringValue) ?? [])
        return JSONObject(entries: arguments.filter { !$0.value.isNull || required.contains($0.key) })
    }

    private static func refusal(_ message: String) -> ToolResult {
        let value: JSONValue = ["error": .string(message)]
        return ToolResult(content: value.text(.python), isError: true, structured: value)
    }
}

extension ToolReply {
    /// The answer as agents see it, and as configurations and prompts of AppWorld expect it.
    ///
    /// The structured content where there is one; else a text that is a JSON object with a `response`; else the text as
    /// `{"response": {"message": …}}`, with `is_error` where the server reports a failure.
    public var result: JSONValue {
        if let structured { return structured }
        let text = text
        // A text that is no JSON is the message itself.
        if let value = try? JSONValue.parse(text), value["response"] != nil { return value }
        var message: JSONObject = ["message": .string(text)]
        if isError { message["is_error"] = true }
        return ["response": .object(message)]
    }
}
