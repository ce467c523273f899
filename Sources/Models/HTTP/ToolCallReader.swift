import Evaluation
import JSON

/// Reads the tool calls of a reply.
struct ToolCallReader {
    private static let longestQuote = 300
    /// More calls than this in one reply are no tool use.
    static let maximumCount = 1024

    let redactor: SecretRedactor
    let callIndex: Int

    /// Reads the list; null and absence mean none.
    ///
    /// Throws ``EvaluationError`` (`model.malformed_tool_call`) quoting what cannot be read.
    func read(_ value: JSONValue?) throws(EvaluationError) -> [ToolCall] {
        switch value {
        case nil, .null: return []
        case .array(let items):
            guard items.count <= Self.maximumCount else {
                throw malformed("the reply has \(items.count) tool calls, more than the \(Self.maximumCount) allowed")
            }
            var calls: [ToolCall] = []
            for (position, item) in items.enumerated() { calls.append(try call(item, position)) }
            return calls
        case .some(let other): throw malformed("the reply's tool calls are \(other.typeName), not a list")
        }
    }

    private func call(_ item: JSONValue, _ position: Int) throws(EvaluationError) -> ToolCall {
        guard let function = item["function"], let name = function["name"]?.stringValue, !name.isEmpty else {
            throw malformed("tool call \(position) names no function: \(quoted(item.text()))")
        }
        // Without an identifier a result could not be told from another's.
        let given = item["id"]?.stringValue ?? ""
        let id = given.isEmpty ? "call_\(callIndex)_\(position)" : given
        return ToolCall(id: id, name: name, arguments: try arguments(function["arguments"], of: name))
    }

    private func arguments(_ value: JSONValue?, of tool: String) throws(EvaluationError) -> JSONObject {
        switch value {
        case .object(let object): return object
        case nil, .null: return [:]
        case .string(let text) where text.utf8.allSatisfy({ $0 <= 0x20 }): return [:]
        case .string(let text):
            do {
                let parsed = try JSONValue.parse(text)
                if case .object(let object) = parsed { return object }
                throw malformed("the arguments of '\(tool)' are \(parsed.typeName), not an object: \(quoted(text))")
            } catch let error as JSONParsingError {
                throw malformed("the arguments of '\(tool)' are not JSON (\(error)): \(quoted(text))")
            } catch let error as EvaluationError {
                throw error
            } catch {
                throw malformed("the arguments of '\(tool)' cannot be read: \(quoted(text))")
            }
        case .some(let other):
            throw malformed("the arguments of '\(tool)' are \(other.typeName), not an object: \(quoted(other.text()))")
        }
    }

    private func quoted(_ text: String) -> String { redactor.excerpt(text, upTo: Self.longestQuote) }

    private func malformed(_ message: String) -> EvaluationError {
        EvaluationError(.modelMalformedToolCall, message, cause: .model)
    }
}
