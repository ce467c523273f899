import Evaluation
import JSON

/// The lines that document one endpoint.
struct EndpointPage {
    private let app: String?
    private let name: String
    private let description: String
    private let properties: [(name: String, schema: JSONValue)]
    private let required: Set<String>
    private let outputSchema: JSONObject?

    /// The most characters of a description and of a result's schema where parameters are written out.
    private static let longestDescription = 160
    private static let longestSchema = 800
    /// The most values of an enumeration that are listed.
    private static let mostListedValues = 10

    init(_ endpoint: ToolCatalog.Endpoint) {
        app = endpoint.app
        name = endpoint.name
        // One line: what a layout by lines is made of.
        description = (endpoint.tool.description ?? "").split(whereSeparator: \.isNewline).joined(separator: " ")
        properties = (endpoint.tool.parameters["properties"]?.objectValue ?? [:]).map { ($0.key, $0.value) }
        required = Set(endpoint.tool.parameters["required"]?.arrayValue?.compactMap(\.stringValue) ?? [])
        outputSchema = endpoint.tool.extensions["outputSchema"]?.objectValue
    }

    /// The lines in a format; there is always a first one.
    func lines(_ format: ToolDocumentationFormat) -> [String] {
        switch format {
        case .text: return [signature] + notes(indent: "  ")
        case .appKeyValue:
            let shown =
                description.contains { !$0.isWhitespace }
                ? description : "Call \(([app, name].compactMap { $0 }).joined(separator: " "))."
            return ["  \(name): \(shown)"] + notes(indent: "    ")
        case .schemaYAML:
            var lines = ["  \(name):"]
            if !description.isEmpty {
                lines.append("    description: \(Self.cut(description, to: Self.longestDescription))")
            }
            return lines + parameterLines + responseLines
        }
    }

    // MARK: Signatures

    private var signature: String {
        let ordered =
            properties.filter { required.contains($0.name) } + properties.filter { !required.contains($0.name) }
        let parts = ordered.map { property in
            "\(property.name)\(required.contains(property.name) ? "" : "?"): \(Self.shortType(property.schema))"
        }
        return "\(app.map { "\($0)." } ?? "")\(name)(\(parts.joined(separator: ", "))) -> result"
    }

    private func notes(indent: String) -> [String] {
        var notes: [String] = []
        for (name, schema) in properties {
            if let values = schema["enum"]?.arrayValue, !values.isEmpty {
                let listed = values.map { $0.stringValue ?? $0.text() }.joined(separator: ", ")
                notes.append(
                    values.count <= Self.mostListedValues
                        ? "\(indent)note: \(name) in [\(listed)]"
                        : "\(indent)note: \(name) has \(values.count) enum values")
            }
            if name.contains("page_index"), schema["minimum"]?.doubleValue == 0 {
                notes.append("\(indent)note: page_index starts at 0")
            }
        }
        return notes
    }

    // MARK: Schemas

    private var parameterLines: [String] {
        guard !properties.isEmpty else { return ["    parameters: []"] }
        var lines = ["    parameters:"]
        for (name, schema) in properties {
            lines.append("      - name: \(name)")
            lines.append("        type: \(Self.type(schema))")
            lines.append("        required: \(required.contains(name))")
            if let value = schema["default"] { lines.append("        default: \(value.stringValue ?? value.text())") }
            let constraints = Self.constraints(schema)
            if !constraints.isEmpty { lines.append("        constraints:") }
            lines += constraints.map { "          - \($0)" }
        }
        return lines
    }

    private var responseLines: [String] {
        guard let outputSchema, !outputSchema.isEmpty else { return [] }
        let schema = Self.cut(JSONValue.object(outputSchema).text(.pretty), to: Self.longestSchema)
        return ["    response_schema: |"] + schema.split(separator: "\n").map { "      \($0)" }
    }

    private static func constraints(_ schema: JSONValue) -> [String] {
        var constraints: [String] = []
        for key in ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] {
            if let value = schema[key] { constraints.append("\(key): \(value.text())") }
        }
        if let values = schema["enum"]?.arrayValue { constraints.append("enum: \(values.count)") }
        if let format = schema["format"]?.stringValue { constraints.append("format: \(format)") }
        return constraints
    }

    /// The schema's type in its own word; of several the first.
    private static func type(_ schema: JSONValue) -> String {
        if let type = (schema["type"]?.arrayValue?.first ?? schema["type"])?.stringValue { return type }
        if schema["enum"] != nil { return "enum" }
        return schema["anyOf"] != nil || schema["oneOf"] != nil ? "union" : "any"
    }

    /// The schema's type in a programmer's word.
    private static func shortType(_ schema: JSONValue) -> String {
        switch type(schema) {
        case "integer": "int"
        case "number": "float"
        case "boolean": "bool"
        case "array": "list"
        case let type where ["string", "object", "enum", "union"].contains(type): type
        default: "any"
        }
    }

    private static func cut(_ text: String, to length: Int) -> String {
        let scalars = text.unicodeScalars
        return scalars.count <= length ? text : String(scalars.prefix(length - 3)) + "..."
    }
}
