import Evaluation
import JSON

/// Which of the tools that a world offers an agent sees.
struct ToolFilter {
    private let allowlist: Set<String>
    private let prefixes: [String]
    private let limit: Int?

    /// Puts the toolchain's parameters and the words of earlier support steps together.
    ///
    /// A support output's `tool_allowlist` and `tool_prefixes` are added to the parameters'; of several largest numbers
    /// (`tool_max_tools`) the smallest holds.
    init(_ parameters: ToolchainParameters, supportOutputs: [JSONObject]) {
        func texts(_ key: String) -> [String] {
            supportOutputs.flatMap { $0[key]?.arrayValue?.compactMap(\.stringValue) ?? [] }
        }
        allowlist = Set(parameters.allowlist + texts("tool_allowlist"))
        prefixes = parameters.prefixes + texts("tool_prefixes")
        limit = ([parameters.maxTools] + supportOutputs.map { $0["tool_max_tools"]?.intValue }).compactMap { $0 }.min()
    }

    /// The tools that are in the allowlist or have one of the prefixes, in their order, up to the largest number.
    ///
    /// Without allowlist and prefixes every tool is kept.
    func kept(of tools: [ToolDefinition]) -> [ToolDefinition] {
        let isOpen = allowlist.isEmpty && prefixes.isEmpty
        let passing = tools.filter { tool in
            isOpen || allowlist.contains(tool.name) || prefixes.contains { tool.name.hasPrefix($0) }
        }
        return Array(passing.prefix(max(0, limit ?? passing.count)))
    }
}
