public import JSON

/// The shape of a parameter: what decoding checks, `gage describe` prints and the JSON Schema says.
public indirect enum ParameterSchema: Sendable {
    /// Anything at all.
    case any
    /// True or false.
    case boolean
    /// A whole number within these bounds.
    case integer(minimum: Int? = nil, maximum: Int? = nil)
    /// A number within these bounds.
    case number(minimum: Double? = nil, maximum: Double? = nil)
    /// Text; one of these where the list is not empty.
    case string(allowed: [String] = [])
    /// A list of such items.
    case list(ParameterSchema)
    /// A mapping from free keys to such values.
    case map(ParameterSchema)
    /// A mapping with these keys.
    case object([FieldDescription], allowsUnknownKeys: Bool)
    /// One of several shapes.
    case either([ParameterSchema])
    /// This shape or null.
    case optional(ParameterSchema)

    /// The shape as JSON Schema (draft 2020-12).
    public var jsonSchema: JSONObject {
        switch self {
        case .any: return [:]
        case .boolean: return ["type": "boolean"]
        case .integer(let minimum, let maximum):
            var schema: JSONObject = ["type": "integer"]
            if let minimum { schema["minimum"] = .int(Int64(minimum)) }
            if let maximum { schema["maximum"] = .int(Int64(maximum)) }
            return schema
        case .number(let minimum, let maximum):
            var schema: JSONObject = ["type": "number"]
            if let minimum { schema["minimum"] = JSONValue(minimum) }
            if let maximum { schema["maximum"] = JSONValue(maximum) }
            return schema
        case .string(let allowed):
            var schema: JSONObject = ["type": "string"]
            if !allowed.isEmpty { schema["enum"] = .array(allowed.map(JSONValue.string)) }
            return schema
        case .list(let item): return ["type": "array", "items": .object(item.jsonSchema)]
        case .map(let value): return ["type": "object", "additionalProperties": .object(value.jsonSchema)]
        case .object(let fields, let allowsUnknownKeys):
            return FieldDescription.jsonSchema(of: fields, allowsUnknownKeys: allowsUnknownKeys)
        case .either(let shapes): return ["anyOf": .array(shapes.map { .object($0.jsonSchema) })]
        case .optional(let shape):
            return ["anyOf": .array([.object(shape.jsonSchema), ["type": "null"]])]
        }
    }

    /// The shape in a few words, as `list of text`.
    public var summary: String {
        switch self {
        case .any: "anything"
        case .boolean: "true or false"
        case .integer(nil, nil): "whole number"
        case .integer(let minimum?, nil): "whole number ≥ \(minimum)"
        case .integer(nil, let maximum?): "whole number ≤ \(maximum)"
        case .integer(let minimum?, let maximum?): "whole number \(minimum)…\(maximum)"
        case .number(nil, nil): "number"
        case .number(let minimum?, nil): "number ≥ \(BoundText.text(minimum))"
        case .number(nil, let maximum?): "number ≤ \(BoundText.text(maximum))"
        case .number(let minimum?, let maximum?): "number \(BoundText.text(minimum))…\(BoundText.text(maximum))"
        case .string(let allowed): allowed.isEmpty ? "text" : "one of \(allowed.joined(separator: ", "))"
        case .list(let item): "list of \(item.summary)"
        case .map(let value): "mapping to \(value.summary)"
        case .object: "mapping"
        case .either(let shapes): shapes.map(\.summary).joined(separator: ", or ")
        case .optional(let shape): "\(shape.summary), or null"
        }
    }
}

/// How bounds of numbers are written: `1` rather than `1.0`.
enum BoundText {
    static func text(_ bound: Double) -> String { Int(exactly: bound).map { String($0) } ?? String(bound) }
}

/// A key of a parameter block as documentation and schema see it.
public struct FieldDescription: Sendable {
    /// The key.
    public var name: String
    /// Older or alternative names that are accepted.
    public var aliases: [String]
    /// What it means, in one sentence.
    public var summary: String
    /// The shape of its value.
    public var schema: ParameterSchema
    /// Whether it must be given.
    public var isRequired: Bool
    /// What holds when it is not given.
    public var defaultValue: JSONValue
    /// Whether its value must never be written to any output.
    public var isSecret: Bool
    /// What its value names, where it refers to another part of the configuration.
    public var reference: ReferenceKind?
    /// Whether it is accepted for compatibility and has no effect, and why.
    public var ignoredBecause: String?

    /// A mapping with these keys as JSON Schema (draft 2020-12).
    public static func jsonSchema(of fields: [FieldDescription], allowsUnknownKeys: Bool) -> JSONObject {
        var properties: JSONObject = [:]
        var required: [JSONValue] = []
        var choices: [JSONValue] = []
        for field in fields {
            for (index, name) in ([field.name] + field.aliases).enumerated() {
                var schema = field.schema.jsonSchema
                schema["description"] = .string(index == 0 ? field.summary : "Same as `\(field.name)`.")
                if !field.isRequired, !field.isSecret, !field.defaultValue.isNull {
                    schema["default"] = field.defaultValue
                }
                if field.ignoredBecause != nil { schema["deprecated"] = true }
                properties[name] = .object(schema)
            }
            guard field.isRequired else { continue }
            if field.aliases.isEmpty {
                required.append(.string(field.name))
            } else {
                let names = [field.name] + field.aliases
                let alternatives = names.map { name -> JSONValue in ["required": .array([.string(name)])] }
                choices.append(["anyOf": .array(alternatives)])
            }
        }
        var schema: JSONObject = ["type": "object", "properties": .object(properties)]
        if !required.isEmpty { schema["required"] = .array(required) }
        if !choices.isEmpty { schema["allOf"] = .array(choices) }
        schema["additionalProperties"] = .bool(allowsUnknownKeys)
        return schema
    }
}

/// What a reference in the configuration may name.
public enum ReferenceKind: String, Sendable, Hashable {
    /// An entry of `datasets`.
    case dataset
    /// An entry of `backends`.
    case backend
    /// An entry of `agent_backends`.
    case agentBackend = "agent_backend"
    /// An entry of `sandbox_profiles`.
    case sandboxProfile = "sandbox_profile"
    /// An entry of `mcp_clients`.
    case mcpClient = "mcp_client"
    /// An entry of `prompts`, or a prompt of the catalog.
    case prompt
    /// An entry of `role_adapters`.
    case roleAdapter = "role_adapter"
    /// An entry of `metrics`.
    case metric
}
