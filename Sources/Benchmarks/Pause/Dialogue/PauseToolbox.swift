import Evaluation
import JSON

/// The tools that an assistant is offered: those of the beginning, and those that it has discovered since.
struct PauseToolbox: Sendable {
    private(set) var tools: [ToolDefinition]
    private var names: Set<String>

    /// The calls whose results describe further tools.
    static let discoveries: Set<String> = ["get_source_features", "get_med_features"]

    init(_ tools: [ToolDefinition]) {
        self.tools = tools
        names = Set(tools.map(\.name))
    }

    /// Takes over the wording that a toolchain gave the tools.
    mutating func adopt(_ adopted: [ToolDefinition]) {
        tools = tools.map { own in adopted.last { $0.name == own.name } ?? own }
    }

    /// Adds the tools that a discovery's result describes, for the next request on.
    mutating func learn(from message: Message) {
        guard message.role == .tool, let name = message.name, Self.discoveries.contains(name), let text = message.text
        else { return }
        // A refusal, or a result that is not JSON, describes no tools.
        guard let found = (try? JSONValue.parse(text))?["tools"]?.arrayValue else { return }
        for value in found {
            guard let tool = ToolDefinition(json: value), names.insert(tool.name).inserted else { continue }
            tools.append(tool)
        }
    }
}
