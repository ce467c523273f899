import Evaluation
import JSON

/// Tool calls as the program that an agent would write for them.
struct ScriptedProgram {
    /// A message with the program in it.
    let reply: String

    init(_ calls: [ToolCall]) {
        let lines = calls.map { call in
            let name = APIName(call.name)
            let arguments = call.arguments.map { "\($0.key)=\(Self.literal($0.value))" }.joined(separator: ", ")
            return "print(apis.\(name?.app ?? "unknown").\(name?.api ?? call.name)(\(arguments)))"
        }
        reply = "Next I do this.\n\n```python\n\(lines.joined(separator: "\n"))\n```"
    }

    private static func literal(_ value: JSONValue) -> String {
        switch value {
        case .null: return "None"
        case .bool(let flag): return flag ? "True" : "False"
        case .array(let items): return "[\(items.map(literal).joined(separator: ", "))]"
        case .object(let object):
            let entries = object.map { "\(JSONValue.string($0.key).text()): \(literal($0.value))" }
            return "{\(entries.joined(separator: ", "))}"
        default: return value.text()
        }
    }
}
