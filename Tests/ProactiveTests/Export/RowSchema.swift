import JSON

@testable import Proactive

/// What a trainer's rows look like: a JSON Schema of the few words that such rows need.
struct RowSchema {
    private let schema: JSONValue

    private static let text: JSONValue = ["type": "string"]
    private static let message: JSONValue = [
        "type": "object", "required": ["role", "content"],
        "properties": ["role": ["enum": ["system", "user", "assistant"]], "content": ["type": "string"]],
    ]
    private static let messages: JSONValue = ["type": "array", "minItems": 1, "items": message]

    static func of(_ format: ExportFormat) -> RowSchema {
        switch format {
        case .trl, .axolotl: row(["prompt": text, "chosen": text, "rejected": text])
        case .trlConversational: row(["prompt": messages, "chosen": messages, "rejected": messages])
        case .llamaFactory: row(["instruction": text, "input": text, "chosen": text, "rejected": text])
        case .openRLHF: row(["chosen": messages, "rejected": messages])
        }
    }

    private static func row(_ properties: JSONObject) -> RowSchema {
        RowSchema(schema: [
            "type": "object", "required": .array(properties.keys.map { .string($0) }), "additionalProperties": false,
            "properties": .object(properties),
        ])
    }

    /// What does not fit, by its place.
    func faults(in value: JSONValue) -> [String] { Self.faults(value, schema, "$") }

    private static func faults(_ value: JSONValue, _ schema: JSONValue, _ place: String) -> [String] {
        var found: [String] = []
        if let type = schema["type"]?.stringValue, value.typeName != type {
            return ["\(place) is \(value.typeName), not \(type)"]
        }
        if let allowed = schema["enum"]?.arrayValue, !allowed.contains(value) {
            found.append("\(place) is not allowed")
        }
        for key in schema["required"]?.arrayValue ?? [] where value[key.stringValue ?? ""] == nil {
            found.append("\(place) lacks \(key)")
        }
        let properties = schema["properties"]?.objectValue ?? [:]
        for (key, member) in value.objectValue ?? [:] {
            if let inner = properties[key] {
                found += faults(member, inner, "\(place).\(key)")
            } else if schema["additionalProperties"] == false {
                found.append("\(place) has \(key)")
            }
        }
        if let least = schema["minItems"]?.intValue, (value.arrayValue?.count ?? 0) < least {
            found.append("\(place) has too few items")
        }
        for (index, item) in (value.arrayValue ?? []).enumerated() {
            if let inner = schema["items"] { found += faults(item, inner, "\(place)[\(index)]") }
        }
        return found
    }
}
