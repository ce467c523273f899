public import Evaluation
public import JSON

/// Makes the JSON Schema of configurations, for editors and other checkers.
///
/// It says what can be said without loading: keys, types, choices, and for every component its own parameters.
/// References, step order and values from the environment are left to ``ConfigurationLoader``.
public enum ConfigurationSchema {
    /// The schema (draft 2020-12) of documents that use the components of a registry.
    public static func document(_ registry: Registry) -> JSONValue {
        let sections = SchemaSections(registry: registry)
        var definitions: JSONObject = ["placeholder": SchemaPieces.placeholderSchema]
        definitions["pipeline"] = .object(pipeline(sections))
        definitions["runConfig"] = .object(runConfig())
        definitions["template"] = .object(template())
        definitions["preprocessing"] = sections.preprocessing
        definitions["metric"] = sections.metric
        definitions["metricOverride"] = sections.metricOverride
        func kind(_ words: String...) -> JSONValue { SchemaPieces.condition(["kind"], in: words) }
        return [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "gage configuration",
            "type": "object",
            "if": kind("RunConfig"),
            "then": ["$ref": "#/$defs/runConfig"],
            "else": [
                "if": kind("BuiltinTemplate", "BuiltInTemplate"),
                "then": ["$ref": "#/$defs/template"],
                "else": ["$ref": "#/$defs/pipeline"],
            ],
            "$defs": .object(definitions),
        ]
    }

    private static func pipeline(_ sections: SchemaSections) -> JSONObject {
        var schema = SchemaPieces.mapping(PipelineDocument.fieldDescriptions, allowsUnknownKeys: false)
        schema["required"] = nil
        // A pipeline that builds on a template may take everything from it.
        schema["anyOf"] = [["required": ["datasets", "role_adapters"]], ["required": ["builtin"]]]
        schema["properties"]?["datasets"] = SchemaPieces.list(of: sections.dataset)
        schema["properties"]?["backends"] = SchemaPieces.list(of: sections.backend)
        schema["properties"]?["prompts"] = SchemaPieces.list(of: sections.prompt)
        schema["properties"]?["sandbox_profiles"] = SchemaPieces.list(of: sections.sandboxProfile)
        schema["properties"]?["mcp_clients"] = SchemaPieces.list(of: sections.mcpClient)
        schema["properties"]?["role_adapters"] = SchemaPieces.list(of: sections.roleAdapter)
        schema["properties"]?["metrics"] = SchemaPieces.list(of: ["$ref": "#/$defs/metric"])
        schema["properties"]?["summary_generators"] = SchemaPieces.list(of: sections.summaryGenerator)
        schema["properties"]?["tasks"] = SchemaPieces.list(of: sections.task)
        for (key, field) in PipelineDocument.fieldDescriptions.map({ ($0.name, $0) }) {
            guard schema["properties"]?[key]?["description"] == nil else { continue }
            schema["properties"]?[key]?["description"] = .string(field.summary)
        }
        return schema
    }

    private static func runConfig() -> JSONObject {
        SchemaPieces.mapping(RunConfigDocument.fieldDescriptions, allowsUnknownKeys: false)
    }

    private static func template() -> JSONObject {
        SchemaPieces.mapping(TemplateDocument.fieldDescriptions, allowsUnknownKeys: false)
    }
}
