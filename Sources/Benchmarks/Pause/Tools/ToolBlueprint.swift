import Evaluation
import JSON

/// A tool as it is declared: its name, what models read, its parameters, and whether the original has it.
struct ToolBlueprint: Sendable {
    /// A parameter with its JSON Schema.
    struct Parameter: Sendable {
        let name: String
        let isRequired: Bool
        let schema: JSONObject

        /// The same parameter, which may be left out.
        var optional: Parameter { Parameter(name: name, isRequired: false, schema: schema) }
    }

    let name: String
    let description: String
    let parameters: [Parameter]
    let isExtension: Bool

    init(_ name: String, _ description: String, _ parameters: [Parameter] = [], isExtension: Bool = false) {
        self.name = name
        self.description = description
        self.parameters = parameters
        self.isExtension = isExtension
    }

    /// The tool as models see it, under its own name or a prefixed one.
    func definition(named name: String? = nil) -> ToolDefinition {
        ToolDefinition(
            name: name ?? self.name, description: description,
            parameters: [
                "type": "object",
                "properties": .object(
                    JSONObject(entries: parameters.map { (key: $0.name, value: .object($0.schema)) })),
                "required": .array(parameters.filter(\.isRequired).map { .string($0.name) }),
            ])
    }
}

extension ToolBlueprint.Parameter {
    /// A text.
    static func text(_ name: String, _ description: String, among values: [String]? = nil) -> Self {
        var schema: JSONObject = ["type": "string", "description": .string(description)]
        if let values { schema["enum"] = .array(values.map { .string($0) }) }
        return Self(name: name, isRequired: true, schema: schema)
    }

    /// An integer, within bounds where there are some.
    static func integer(_ name: String, _ description: String, from low: Int? = nil, to high: Int? = nil) -> Self {
        var schema: JSONObject = ["type": "integer", "description": .string(description)]
        if let low { schema["minimum"] = .init(low) }
        if let high { schema["maximum"] = .init(high) }
        return Self(name: name, isRequired: true, schema: schema)
    }

    /// A number.
    static func number(_ name: String, _ description: String) -> Self {
        Self(name: name, isRequired: true, schema: ["type": "number", "description": .string(description)])
    }

    /// A yes or no.
    static func flag(_ name: String, _ description: String) -> Self {
        Self(name: name, isRequired: true, schema: ["type": "boolean", "description": .string(description)])
    }

    /// A list of what a schema says.
    static func list(_ name: String, _ description: String, of items: JSONValue) -> Self {
        Self(
            name: name, isRequired: true,
            schema: ["type": "array", "description": .string(description), "items": items])
    }

    /// An object with these members.
    static func object(_ name: String, _ description: String, _ properties: JSONObject) -> Self {
        Self(
            name: name, isRequired: true,
            schema: [
                "type": "object", "description": .string(description), "properties": .object(properties),
            ])
    }

    static let date = text("date", "The day, as YYYY-MM-DD.")
    static let startDate = text("start_date", "First day of the range, as YYYY-MM-DD; it belongs to the range.")
    static let endDate = text("end_date", "Last day of the range, as YYYY-MM-DD; it belongs to the range.")
    static let allow = flag("allow", "true to grant, false to take back.")
}
