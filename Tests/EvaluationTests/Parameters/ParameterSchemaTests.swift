import Evaluation
import JSON
import Testing

@Suite struct ParameterSchemaTests {
    static let shapes: [(schema: ParameterSchema, json: JSONValue, summary: String)] = [
        (.any, [:], "anything"),
        (.boolean, ["type": "boolean"], "true or false"),
        (.integer(), ["type": "integer"], "whole number"),
        (.integer(minimum: 1, maximum: 3), ["type": "integer", "minimum": 1, "maximum": 3], "whole number 1…3"),
        (.number(minimum: 0), ["type": "number", "minimum": 0.0], "number ≥ 0"),
        (.number(maximum: 0.5), ["type": "number", "maximum": 0.5], "number ≤ 0.5"),
        (.string(), ["type": "string"], "text"),
        (.string(allowed: ["a", "b"]), ["type": "string", "enum": ["a", "b"]], "one of a, b"),
        (.list(.string()), ["type": "array", "items": ["type": "string"]], "list of text"),
        (.map(.integer()), ["type": "object", "additionalProperties": ["type": "integer"]], "mapping to whole number"),
        (
            .either([.string(), .integer()]), ["anyOf": [["type": "string"], ["type": "integer"]]],
            "text, or whole number"
        ),
        (.optional(.string()), ["anyOf": [["type": "string"], ["type": "null"]]], "text, or null"),
    ]

    @Test(arguments: shapes)
    func says(schema: ParameterSchema, json: JSONValue, summary: String) {
        #expect(JSONValue.object(schema.jsonSchema) == json)
        #expect(schema.summary == summary)
    }

    @Test func aBlockSaysWhatItsKeysMean() {
        let schema = JSONValue.object(SampleBlock.schema.jsonSchema)
        #expect(schema["additionalProperties"] == false)
        #expect(
            schema.at("properties.count") == [
                "type": "integer", "minimum": 1, "description": "How many.", "default": 2,
            ])
        #expect(schema.at("properties.title.description") == "Same as `name`.")
        #expect(schema.at("properties.mode.enum") == ["fast", "careful"])
        #expect(schema.at("properties.tags.items.enum") == ["red", "green"])
        #expect(schema.at("properties.inner.properties.depth.maximum") == 3)
        #expect(schema.at("properties.old.deprecated") == true)
        #expect(schema.at("properties.key.default") == nil)
        // A required key may be written under any of its names.
        #expect(schema["required"] == nil)
        #expect(schema["allOf"] == [["anyOf": [["required": ["name"]], ["required": ["title"]]]]])
    }

    @Test func anOpenBlockAllowsOtherKeys() {
        #expect(JSONValue.object(OpenBlock.schema.jsonSchema)["additionalProperties"] == true)
    }
}
