import Evaluation
import JSON

/// Which of the tools that a world or server offers an agent sees.
struct ToolFilter {
    private let allowlist: Set<String>
    private let prefixes: [String]
    private let limit: Int?
    /// The applications that documentation describes and meta tools stand for; empty for all.
    let documentedApps: [String]

    /// What earlier support steps say goes before the toolchain's own parameters.
    ///
    /// Several steps' `tool_allowlist`, `tool_prefixes` and `tool_doc_allowed_apps` count together; of several largest
    /// numbers (`tool_max_tools`) the smallest holds.
    init(_ parameters: ToolchainParameters, supportOutputs: [JSONObject]) {
        func texts(_ key: String, else own: [String]) -> [String] {
            let found = supportOutputs.flatMap { $0[key]?.arrayValue?.compactMap(\.stringValue) ?? [] }
            return found.isEmpty ? own : found
        }
        allowlist = Set(texts("tool_allowlist", else: parameters.allowlist))
        prefixes = texts("tool_prefixes", else: parameters.prefixes)
        limit = supportOutputs.compactMap { $0["tool_max_tools"]?.intValue }.min() ?? parameters.maxTools
        documentedApps = texts("tool_doc_allowed_apps", else: parameters.documentationAllowedApps)
    }

    /// The names of the allowlist that are no tool's.
    func unknownNames(among tools: [ToolDefinition]) -> [String] {
        allowlist.subtracting(tools.map(\.name)).sorted()
    }

    /// The world's tools that are in the allowlist or have one of the prefixes, in their order, up to the largest number.
    ///
    /// Without allowlist and prefixes every tool is kept.
    func kept(of tools: [ToolDefinition]) -> [ToolDefinition] {
        limited(passing(tools) { name, prefix in name.hasPrefix(prefix) })
    }

    /// The same of a server's tools, whose prefixes are whole words: `note` keeps `note__create`, not `notes__create`.
    func passing(serverTools tools: [ToolDefinition]) -> [ToolDefinition] {
        passing(tools) { name, prefix in
            guard name.hasPrefix(prefix) else { return false }
            let rest = name.dropFirst(prefix.count)
            return prefix.hasSuffix("_") || rest.isEmpty || rest.hasPrefix("_")
        }
    }

    /// The first tools, up to the largest number.
    func limited(_ tools: [ToolDefinition]) -> [ToolDefinition] {
        Array(tools.prefix(max(0, limit ?? tools.count)))
    }

    private func passing(
        _ tools: [ToolDefinition], _ matches: (String, String) -> Bool
    ) -> [ToolDefinition] {
        guard !allowlist.isEmpty || !prefixes.isEmpty else { return tools }
        return tools.filter { tool in
            allowlist.contains(tool.name) || prefixes.contains { matches(tool.name, $0) }
        }
    }
}
