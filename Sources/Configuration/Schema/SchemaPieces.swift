import Evaluation
import JSON

/// Small parts that the schema of a document is put together from.
enum SchemaPieces {
    /// Where the schema of a `${…}` stands.
    static let placeholder = "#/$defs/placeholder"

    /// A scalar that may also be written as one `${…}`.
    static let placeholderSchema: JSONValue = [
        "type": "string", "pattern": "^\\s*\\$\\{[^}]+.*\\}\\s*$",
        "description": "A variable of the environment: ${NAME}, ${NAME:-default} or ${NAME:?message}.",
    ]

    /// A schema under which every number, boolean and choice may be written as a placeholder.
    static func tolerant(_ schema: JSONValue) -> JSONValue {
        switch schema {
        case .array(let items): return .array(items.map(tolerant))
        case .object(let object): return .object(tolerant(object))
        default: return schema
        }
    }

    private static func tolerant(_ object: JSONObject) -> JSONObject {
        let type = object["type"]?.stringValue
        let isChoice = type == "string" && object["enum"] != nil
        if isChoice || ["integer", "number", "boolean"].contains(type) {
            var inner = object
            var outer: JSONObject = [:]
            for key in ["description", "default", "deprecated"] {
                outer[key] = inner.removeValue(forKey: key)
            }
            outer["anyOf"] = .array([.object(inner), ["$ref": .string(placeholder)]])
            return outer
        }
        var result: JSONObject = [:]
        for (key, value) in object {
            switch key {
            case "properties":
                var properties: JSONObject = [:]
                for (name, property) in value.objectValue ?? [:] { properties[name] = tolerant(property) }
                result[key] = .object(properties)
            case "items", "additionalProperties", "anyOf", "allOf": result[key] = tolerant(value)
            default: result[key] = value
            }
        }
        return result
    }

    /// A mapping with these keys; nothing after the colon counts as an empty one.
    static func mapping(
        _ fields: [FieldDescription], allowsUnknownKeys: Bool, requires: Bool = true
    ) -> JSONObject {
        var schema = FieldDescription.jsonSchema(of: fields, allowsUnknownKeys: allowsUnknownKeys)
        if !requires {
            schema["required"] = nil
            schema["allOf"] = nil
        }
        if schema["required"] == nil, schema["allOf"] == nil { schema["type"] = ["object", "null"] }
        return tolerant(schema)
    }

    /// A list of such items, or nothing.
    static func list(of item: JSONValue) -> JSONValue { ["type": ["array", "null"], "items": item] }

    /// One of these words, or a placeholder.
    static func choice(_ words: [String], _ summary: String) -> JSONValue {
        var schema: JSONObject = ["description": .string(summary)]
        schema["anyOf"] = .array([
            ["enum": .array(words.map { .string($0) })], ["$ref": .string(placeholder)],
        ])
        return .object(schema)
    }

    /// A schema with further rules; a list of rules must not be empty.
    static func adding(_ rules: [JSONValue], to schema: JSONObject) -> JSONObject {
        var result = schema
        let all = (schema["allOf"]?.arrayValue ?? []) + rules
        result["allOf"] = all.isEmpty ? nil : .array(all)
        return result
    }

    /// The condition that one of several keys holds one of these words.
    static func condition(_ keys: [String], in words: [String]) -> JSONValue {
        let alternatives = keys.map { key -> JSONValue in
            [
                "properties": .object([key: ["enum": .array(words.map { .string($0) })]]),
                "required": .array([.string(key)]),
            ]
        }
        return alternatives.count == 1 ? alternatives[0] : ["anyOf": .array(alternatives)]
    }

    /// What holds under a condition.
    static func rule(if condition: JSONValue, then consequence: JSONValue) -> JSONValue {
        ["if": condition, "then": consequence]
    }

    /// A consequence that concerns one property.
    static func property(_ name: String, _ schema: JSONValue) -> JSONValue {
        ["properties": .object([name: schema])]
    }
}

extension Registration {
    /// The names that configurations may write.
    var names: [String] { [key] + aliases }
}
