public import Evaluation
public import JSON

/// A world with one number in it: `add {amount}`, `read {}`, `submit {}` and `break {}`.
///
/// `submit` answers `{"final_answer": "<the number>"}`; `break` is an infrastructure fault, which throws.
public struct CounterWorld: World {
    /// The number.
    public var value: Int

    /// Makes a world.
    public init(_ value: Int = 0) { self.value = value }

    /// The tools, the same for everyone; `submit` gives the final answer.
    public func tools(for participant: Participant) -> [ToolDefinition] { Self.tools }

    /// The definitions of the tools.
    public static let tools = [
        ToolDefinition(name: "add", parameters: ["type": "object", "properties": ["amount": ["type": "integer"]]]),
        ToolDefinition(name: "read"),
        ToolDefinition(name: "submit", extensions: ["final_answer_from": "final_answer"]),
        ToolDefinition(name: "break"),
    ]

    /// Runs a call.
    public mutating func execute(_ call: ToolCall, by participant: Participant) async throws -> ToolResult {
        switch call.name {
        case "add":
            guard let amount = call.arguments["amount"]?.intValue else {
                return ToolResult(content: "amount must be a whole number", isError: true)
            }
            value += amount
            return ToolResult(content: "\(value)")
        case "read": return ToolResult(content: "\(value)")
        case "submit":
            let output: JSONValue = ["final_answer": .string("\(value)")]
            return ToolResult(content: output.text(), structured: output)
        case "break": throw EvaluationError(.sandboxUnavailable, "the world broke", cause: .sandbox)
        default: return ToolResult(content: "unknown tool '\(call.name)'", isError: true)
        }
    }

    /// The number.
    public var snapshot: JSONValue? { .int(Int64(value)) }
}
