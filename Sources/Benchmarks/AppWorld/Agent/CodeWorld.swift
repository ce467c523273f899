import Evaluation
import JSON

/// AppWorld's interpreter: it runs programs that call the apps, and keeps their variables.
struct CodeWorld: World {
    /// The name under which programs stand in trajectories.
    static let tool = "execute"

    let server: EnvironmentServer
    let task: String

    func tools(for participant: Participant) -> [ToolDefinition] {
        guard participant == .agent else { return [] }
        let code: JSONObject = ["type": "string", "description": "The program."]
        return [
            ToolDefinition(
                name: Self.tool, description: "Runs a Python program and returns what it prints.",
                parameters: ["type": "object", "properties": ["code": .object(code)], "required": ["code"]])
        ]
    }

    mutating func execute(_ call: ToolCall, by participant: Participant) async throws -> ToolResult {
        guard call.name == Self.tool else {
            return ToolResult(content: "There is no tool '\(call.name)'; the tool is '\(Self.tool)'.", isError: true)
        }
        let output = try await server.execute(call.arguments["code"]?.stringValue ?? "", task: task)
        var result = ToolResult(content: output, isError: output.hasPrefix("Execution failed."))
        if try await server.isCompleted(task: task) { result.finalAnswer = "" }
        result.isError = result.isError && result.finalAnswer == nil
        return result
    }
}
