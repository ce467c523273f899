import Evaluation
import JSON

/// Tool descriptions written for gage, used where a data directory has no official schemas.
enum Tau2OwnTools {
    /// The tools of a domain by its folder and their names.
    static let byDomain: [String: [String: ToolDefinition]] = [
        "mock": catalog(mock), "retail": catalog(retail), "airline": catalog(airline), "telecom": catalog(telecom),
    ]

    /// A tool: its name, what it does, and its parameters.
    typealias OwnTool = (name: String, summary: String, parameters: [OwnParameter])

    /// A parameter of a tool.
    struct OwnParameter {
        let name: String
        let schema: JSONObject
        let isRequired: Bool

        static func text(_ name: String, _ summary: String, optional: Bool = false) -> OwnParameter {
            OwnParameter(
                name: name, schema: ["type": "string", "description": .string(summary)], isRequired: !optional)
        }

        static func choice(_ name: String, _ summary: String, _ words: [String]) -> OwnParameter {
            let schema: JSONObject = [
                "type": "string", "description": .string(summary), "enum": .array(words.map(JSONValue.string)),
            ]
            return OwnParameter(name: name, schema: schema, isRequired: true)
        }

        static func whole(_ name: String, _ summary: String, optional: Bool = false) -> OwnParameter {
            OwnParameter(
                name: name, schema: ["type": "integer", "description": .string(summary)], isRequired: !optional)
        }

        static func number(_ name: String, _ summary: String) -> OwnParameter {
            OwnParameter(name: name, schema: ["type": "number", "description": .string(summary)], isRequired: true)
        }

        static func texts(_ name: String, _ summary: String) -> OwnParameter {
            let schema: JSONObject = [
                "type": "array", "items": ["type": "string"], "description": .string(summary),
            ]
            return OwnParameter(name: name, schema: schema, isRequired: true)
        }

        static func objects(_ name: String, _ summary: String, _ fields: [OwnParameter]) -> OwnParameter {
            let schema: JSONObject = [
                "type": "array", "items": .object(object(fields)), "description": .string(summary),
            ]
            return OwnParameter(name: name, schema: schema, isRequired: true)
        }

        static func object(_ name: String, _ summary: String, _ fields: [OwnParameter]) -> OwnParameter {
            var schema = object(fields)
            schema["description"] = .string(summary)
            return OwnParameter(name: name, schema: schema, isRequired: true)
        }

        /// The schema of an object with these members.
        static func object(_ fields: [OwnParameter]) -> JSONObject {
            var properties: JSONObject = [:]
            for field in fields { properties[field.name] = .object(field.schema) }
            let required = fields.filter(\.isRequired).map { JSONValue.string($0.name) }
            return ["type": "object", "properties": .object(properties), "required": .array(required)]
        }
    }

    static let transfer: OwnTool = (
        "transfer_to_human_agents",
        "Hand the user over to a human agent, when the user asks for one or when policy and tools offer no solution.",
        [.text("summary", "What the human agent needs to know.")]
    )

    static let calculate: OwnTool = (
        "calculate", "Work out an arithmetic expression.",
        [.text("expression", "Numbers, + - * /, parentheses and spaces, as `(2 + 3) * 4`.")]
    )

    private static func catalog(_ tools: [OwnTool]) -> [String: ToolDefinition] {
        var catalog: [String: ToolDefinition] = [:]
        for tool in tools {
            catalog[tool.name] = ToolDefinition(
                name: tool.name, description: tool.summary, parameters: OwnParameter.object(tool.parameters))
        }
        return catalog
    }
}
