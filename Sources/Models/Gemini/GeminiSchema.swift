import JSON

/// Reduces JSON Schemas to the part that Gemini accepts; it refuses a request for any other key.
enum GeminiSchema {
    private static let keptKeys: Set<String> = [
        "type", "format", "title", "description", "nullable", "enum", "minItems", "maxItems", "properties", "required",
        "minProperties", "maxProperties", "minLength", "maxLength", "pattern", "anyOf", "propertyOrdering", "items",
        "minimum", "maximum",
    ]
    private static let keptFormats: Set<String> = [
        "enum", "date-time", "float", "double", "int32", "int64",
    ]
    /// Schemas that refer to themselves are cut off here.
    private static let maximumDepth = 32

    /// The schema with references put in, unions in Gemini's form, and everything else left out.
    static func reduced(_ schema: JSONObject) -> JSONObject {
        reduced(schema, in: schema, depth: 0)
    }

    private static func reduced(_ given: JSONObject, in root: JSONObject, depth: Int) -> JSONObject {
        guard depth < maximumDepth else { return ["type": "object"] }
        var schema = rewritten(resolved(given, in: root))
        for key in schema.keys where !keptKeys.contains(key) { schema[key] = nil }
        if let format = schema["format"]?.stringValue, !keptFormats.contains(format) { schema["format"] = nil }
        if schema["enum"]?.arrayValue?.contains(where: { $0.stringValue == nil }) == true { schema["enum"] = nil }
        if let properties = schema["properties"]?.objectValue {
            schema["properties"] = .object(
                JSONObject(
                    entries: properties.map { entry in
                        (key: entry.key, value: inner(entry.value, in: root, depth: depth))
                    }))
        }
        if let items = schema["items"] { schema["items"] = inner(items, in: root, depth: depth) }
        if let choices = schema["anyOf"]?.arrayValue {
            schema["anyOf"] = .array(choices.map { inner($0, in: root, depth: depth) })
        }
        return schema
    }

    private static func inner(_ value: JSONValue, in root: JSONObject, depth: Int) -> JSONValue {
        .object(reduced(value.objectValue ?? [:], in: root, depth: depth + 1))
    }

    /// The schema that a reference within the document means, with what stands beside the reference.
    private static func resolved(_ schema: JSONObject, in root: JSONObject) -> JSONObject {
        guard let reference = schema["$ref"]?.stringValue, reference.hasPrefix("#/") else { return schema }
        var target: JSONValue? = .object(root)
        for key in reference.dropFirst(2).split(separator: "/") { target = target?[String(key)] }
        var beside = schema
        beside["$ref"] = nil
        return (target?.objectValue ?? [:]).merging(beside)
    }

    private static func rewritten(_ given: JSONObject) -> JSONObject {
        var schema = given
        if let constant = schema["const"], schema["enum"] == nil { schema["enum"] = [constant] }
        if let choices = schema["oneOf"], schema["anyOf"] == nil { schema["anyOf"] = choices }
        for part in schema["allOf"]?.arrayValue ?? [] {
            if let object = part.objectValue { schema = object.merging(schema) }
        }
        if let types = schema["type"]?.arrayValue {
            let named = types.filter { $0.stringValue != "null" }
            if named.count < types.count { schema["nullable"] = true }
            schema["type"] = named.count == 1 ? named.first : Optional.none
            if named.count > 1 { schema["anyOf"] = .array(named.map { ["type": $0] }) }
        }
        if let choices = schema["anyOf"]?.arrayValue {
            let real = choices.filter { $0["type"]?.stringValue != "null" }
            if real.count < choices.count { schema["nullable"] = true }
            schema["anyOf"] = real.count > 1 ? JSONValue.array(real) : Optional.none
            if real.count == 1, let only = real[0].objectValue { schema = only.merging(schema) }
        }
        return schema
    }
}
