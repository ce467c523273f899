import Evaluation
import JSON

/// Writes out the short forms of metrics and summary generators, so that one typed form is left to read.
///
/// `name`, `name(k=v, …)` and `{name: {…}}` become `{metric_id: name, implementation: name, params: {…}}`; a summary
/// generator's name becomes `{generator_id: name}`.
struct ShorthandExpansion: Sendable {
    /// The document with its short forms written out.
    func expand(_ document: ConfigNode, into diagnostics: inout Diagnostics) -> ConfigNode {
        document.mapEntries { key, value in
            switch key {
            case "metrics": value.mapItems { metric($0, isOverride: false, into: &diagnostics) }
            case "summary_generators": value.mapItems(summaryGenerator)
            case "tasks":
                value.mapItems { task in
                    task.mapEntries { key, value in
                        guard key == "metric_overrides" else { return value }
                        return value.mapItems { metric($0, isOverride: true, into: &diagnostics) }
                    }
                }
            default: value
            }
        }
    }

    private func summaryGenerator(_ node: ConfigNode) -> ConfigNode {
        guard node.string != nil else { return node }
        return mapping([("generator_id", node)], at: node)
    }

    /// An override's name is an id of `metrics`, which says the implementation.
    private func metric(
        _ node: ConfigNode, isOverride: Bool, into diagnostics: inout Diagnostics
    ) -> ConfigNode {
        if let text = node.string {
            let call = metric(calledAs: text, at: node, into: &diagnostics)
            return isOverride ? call.without(["implementation"]) : call
        }
        // A mapping of one key that is no key of the full form is `{name: {…}}`.
        guard let entries = node.entries, entries.count == 1, let entry = entries.first,
            !MetricEntry.fieldDescriptions.contains(where: { $0.name == entry.key }),
            entry.value.entries != nil || entry.value.isNull
        else { return node }
        let name = ConfigNode(
            .scalar(.string(entry.key)), location: entry.keyLocation, path: node.path, text: entry.key)
        var parts = [("metric_id", name)]
        if !isOverride { parts.append(("implementation", name)) }
        if let aggregation = entry.value["aggregation"] { parts.append(("aggregation", aggregation)) }
        if entry.value.entries != nil { parts.append(("params", entry.value.without(["aggregation"]))) }
        return mapping(parts, at: node)
    }

    /// `name` or `name(key=value, …)`.
    private func metric(
        calledAs text: String, at node: ConfigNode, into diagnostics: inout Diagnostics
    ) -> ConfigNode {
        guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else {
            return mapping([("metric_id", node), ("implementation", node)], at: node)
        }
        var name = node
        let word = ScalarReading.trim(String(text[..<open]))
        name.content = .scalar(.string(word))
        name.text = word
        var arguments = ConfigNode.empty(at: node.location, path: node.path)
        var parts = [("metric_id", name), ("implementation", name)]
        for argument in split(text[text.index(after: open)...].dropLast()) {
            guard let equals = argument.firstIndex(of: "=") else {
                diagnostics.error("'\(argument)' is no 'key=value' in '\(text)'", at: node)
                continue
            }
            let key = ScalarReading.trim(String(argument[..<equals]))
            let value = value(ScalarReading.trim(String(argument[argument.index(after: equals)...])), at: node)
            if key == "aggregation" {
                parts.append((key, value))
            } else {
                arguments = arguments.setting(ConfigEntry(key: key, keyLocation: node.location, value: value))
            }
        }
        parts.append(("params", arguments))
        return mapping(parts, at: node)
    }

    /// Cuts arguments at the commas that are not in quotes.
    private func split(_ text: Substring) -> [String] {
        var parts: [String] = []
        var part = ""
        var quote: Character?
        for character in text {
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "'" || character == "\"" {
                quote = character
            } else if character == "," {
                parts.append(part)
                part = ""
                continue
            }
            part.append(character)
        }
        parts.append(part)
        return parts.map { ScalarReading.trim($0) }.filter { !$0.isEmpty }
    }

    private func value(_ text: String, at node: ConfigNode) -> ConfigNode {
        var text = text
        var value = ScalarReading.value(ofVariable: text)
        if ["none", "null"].contains(text.lowercased()) {
            value = .null
        } else if text.lowercased() == "true" || text.lowercased() == "false" {
            value = .bool(text.lowercased() == "true")
        } else if text.count > 1, let quote = text.first, quote == "'" || quote == "\"", text.last == quote {
            text = String(text.dropFirst().dropLast())
            value = .string(text)
        }
        return ConfigNode(.scalar(value), location: node.location, path: node.path, text: text, origin: node.origin)
    }

    private func mapping(_ parts: [(String, ConfigNode)], at node: ConfigNode) -> ConfigNode {
        let entries = parts.map { key, value in
            ConfigEntry(
                key: key, keyLocation: value.location, value: value.moved(to: ConfigNode.path(node.path, key: key)))
        }
        return ConfigNode(.mapping(entries), location: node.location, path: node.path, origin: node.origin)
    }
}
