import Evaluation
import JSON

/// The tools of a domain as models see them, in the toolkits' order.
struct Tau2ToolCatalog: Sendable {
    let agent: [ToolDefinition]
    let user: [ToolDefinition]
    let source: Tau2Domain.Source

    /// Reads the official schemas from `export/` where they are, else takes gage's own.
    init(of world: any TauWorld, in directory: Tau2DataDirectory) throws(EvaluationError) {
        let agentFile = try Self.schemas(directory.path("export/agent_tools.openai.json"))
        let userFile = try Self.schemas(directory.path("export/user_tools.openai.json"))
        source = agentFile.isEmpty ? .own : .official
        let own = Tau2OwnTools.byDomain[directory.domainFolder.lastPathPart] ?? [:]
        agent = Self.definitions(of: world.tools(for: .assistant), official: agentFile, own: own)
        user = Self.definitions(of: world.tools(for: .user), official: userFile, own: own)
    }

    /// The tool that ends the work of an agent without a user.
    static let done = ToolDefinition(
        name: Tau2Prompts.doneTool, description: "Call this function when you are done with the task.",
        parameters: ["properties": [:], "title": "parameters", "type": "object"])

    private static func schemas(_ path: String) throws(EvaluationError) -> [String: ToolDefinition] {
        guard Tau2Files.exists(path) else { return [:] }
        guard let items = try Tau2Files.json(path).arrayValue else {
            throw .malformedTau2("\(path) must be a list of tools")
        }
        return Dictionary(
            items.compactMap { ToolDefinition(json: $0) }.map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
    }

    private static func definitions(
        of signatures: [ToolSignature], official: [String: ToolDefinition], own: [String: ToolDefinition]
    ) -> [ToolDefinition] {
        signatures.map { signature in
            official[signature.name] ?? own[signature.name] ?? bare(signature)
        }
    }

    /// A tool of which nothing is known but its parameters' names.
    private static func bare(_ signature: ToolSignature) -> ToolDefinition {
        var properties: JSONObject = [:]
        for parameter in signature.parameters { properties[parameter.name] = [:] }
        let required = signature.parameters.filter { $0.defaultValue == nil }.map { JSONValue.string($0.name) }
        return ToolDefinition(
            name: signature.name,
            parameters: ["type": "object", "properties": .object(properties), "required": .array(required)])
    }
}

extension String {
    /// What comes after the last slash.
    fileprivate var lastPathPart: String {
        split(separator: "/").last.map(String.init) ?? self
    }
}
