import Evaluation
import JSON

/// The text that describes one component or section.
struct ComponentPage {
    private let component: ComponentDescription

    init(_ component: ComponentDescription) { self.component = component }

    var text: String {
        var lines = ["\(component.key)  (\(component.kind.rawValue))", "  \(component.summary)"]
        lines.append("  written as  \(component.kind.place): \(component.key)")
        if !component.aliases.isEmpty { lines.append("  also  \(component.aliases.joined(separator: ", "))") }
        if !component.roles.isEmpty {
            lines.append("  for role_type  \(component.roles.map(\.rawValue).joined(separator: ", "))")
        }
        if component.fields.isEmpty {
            lines.append(component.allowsUnknownKeys ? "  takes any parameters" : "  takes no parameters")
        } else {
            lines.append("  parameters in  \(component.kind.parameterPlace)")
            lines += Self.table(component.fields, indent: "    ")
            if component.allowsUnknownKeys { lines.append("    and any other key") }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: Sections

    /// The keys of a document.
    static var sections: [String] { PipelineDocument.fieldDescriptions.map(\.name) }

    static func section(_ name: String) -> String? {
        guard let field = PipelineDocument.fieldDescriptions.first(where: { $0.name == name }) else { return nil }
        var lines = ["\(name)  (section)", "  \(field.summary)"]
        let fields = nested(field.schema)
        if fields.isEmpty { lines.append("  \(field.schema.summary)") }
        lines += table(fields, indent: "    ")
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: Tables

    private static func table(_ fields: [FieldDescription], indent: String) -> [String] {
        let width = fields.map(\.name.count).max() ?? 0
        return fields.flatMap { field -> [String] in
            let padding = String(repeating: " ", count: width - field.name.count)
            var lines = ["\(indent)\(field.name)\(padding)  \(field.summary)"]
            lines.append(
                "\(indent)\(String(repeating: " ", count: width))  \(facts(of: field).joined(separator: "; "))")
            lines += table(nested(field.schema), indent: indent + "    ")
            return lines
        }
    }

    private static func facts(of field: FieldDescription) -> [String] {
        var facts = [nested(field.schema).isEmpty ? field.schema.summary : shape(field.schema)]
        if field.isRequired { facts.append("required") }
        if field.isSecret { facts.append("secret") }
        if !field.isRequired, !field.isSecret, let value = shownDefault(field) { facts.append("default \(value)") }
        if !field.aliases.isEmpty { facts.append("also \(field.aliases.joined(separator: ", "))") }
        if let reference = field.reference { facts.append("names a \(reference.rawValue)") }
        if let reason = field.ignoredBecause { facts.append("no effect: \(reason)") }
        return facts
    }

    private static func shownDefault(_ field: FieldDescription) -> String? {
        switch field.defaultValue {
        case .null, .array([]), .string(""): nil
        case .object: nil
        default: field.defaultValue.text()
        }
    }

    private static func shape(_ schema: ParameterSchema) -> String {
        switch schema {
        case .list: "list of mappings"
        case .optional(let inner): shape(inner)
        case .map: "mapping to mappings"
        default: "mapping"
        }
    }

    /// The keys of a mapping, or of the mappings in a list.
    private static func nested(_ schema: ParameterSchema) -> [FieldDescription] {
        switch schema {
        case .object(let fields, _): fields
        case .list(let item): nested(item)
        case .map(let value): nested(value)
        case .optional(let inner): nested(inner)
        default: []
        }
    }
}
