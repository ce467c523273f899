import Evaluation
import JSON

/// Makes the tree that is shown and kept: keys by their own names, defaults filled in, secrets hidden.
struct EffectiveTree: Sendable {
    let walk: SchemaWalk

    /// A node as it may be shown.
    func shown(_ node: ConfigNode, as schema: ParameterSchema, isSecret: Bool = false) -> ConfigNode {
        switch node.content {
        case .scalar: return Secrets.shown(node, isSecret: isSecret)
        case .sequence:
            let element = SchemaWalk.element(of: schema)
            return node.mapItems { shown($0, as: element, isSecret: isSecret) }
        case .mapping(let entries): return mapping(node, entries, as: schema, isSecret: isSecret)
        }
    }

    private func mapping(
        _ node: ConfigNode, _ entries: [ConfigEntry], as schema: ParameterSchema, isSecret: Bool
    ) -> ConfigNode {
        let shape = walk.shape(of: node, as: schema)
        var result: [ConfigEntry] = []
        var written = shape.writtenElsewhere
        for entry in entries {
            let field = shape.field(entry.key)
            // By its name alone only text is a secret: a tool's parameter `password` is described by a mapping.
            let isHidden =
                isSecret || (field?.isSecret ?? (entry.value.text != nil && Secrets.isSecret(key: entry.key)))
            var entry = entry
            entry.value = shown(entry.value, as: field?.schema ?? shape.others, isSecret: isHidden)
            if let field { entry.key = field.name }
            written.insert(entry.key)
            result.append(entry)
        }
        if shape.showsDefaults {
            for field in shape.fields where !written.contains(field.name) {
                if let entry = defaultEntry(of: field, in: node) { result.append(entry) }
            }
        }
        var copy = node
        copy.content = .mapping(result)
        return copy
    }

    private func defaultEntry(of field: FieldDescription, in node: ConfigNode) -> ConfigEntry? {
        guard !field.isRequired, !field.isSecret, field.ignoredBecause == nil else { return nil }
        guard let value = Self.substance(of: field.defaultValue) else { return nil }
        let default_ = ConfigNode(
            json: value, location: node.location, path: ConfigNode.path(node.path, key: field.name), origin: "default")
        return ConfigEntry(key: field.name, keyLocation: node.location, value: default_)
    }

    /// A default without what says nothing: nulls, empty texts, empty collections; nil when nothing is left.
    private static func substance(of value: JSONValue) -> JSONValue? {
        switch value {
        case .null, .string(""), .array([]): return nil
        case .object(let members):
            var kept: JSONObject = [:]
            for (key, member) in members { kept[key] = substance(of: member) }
            return kept.isEmpty ? nil : .object(kept)
        default: return value
        }
    }
}
