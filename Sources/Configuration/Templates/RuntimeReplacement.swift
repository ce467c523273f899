import Evaluation
import JSON

/// Replaces `${runtime.a.b}` in a template's definition.
///
/// A scalar that is nothing else becomes whatever the run says there, mappings and lists included; inside longer text
/// only scalars can stand.
struct RuntimeReplacement: Sendable {
    /// The run's `runtime` block.
    let runtime: ConfigNode
    /// The defaults of the template's parameters by their full names.
    let defaults: [String: ConfigNode]

    func replace(_ node: ConfigNode, into diagnostics: inout Diagnostics) -> ConfigNode {
        switch node.content {
        case .mapping: return node.mapEntries { replace($1, into: &diagnostics) }
        case .sequence: return node.mapItems { replace($0, into: &diagnostics) }
        case .scalar(.string(let text)) where text.contains("${runtime."):
            return scalar(node, text: text, into: &diagnostics)
        case .scalar: return node
        }
    }

    private func scalar(_ node: ConfigNode, text: String, into diagnostics: inout Diagnostics) -> ConfigNode {
        var result = ""
        var rest = text[...]
        while let start = rest.range(of: "${runtime."), let end = rest[start.upperBound...].firstIndex(of: "}") {
            let name = "runtime." + rest[start.upperBound..<end]
            guard let value = value(of: name) else {
                diagnostics.error(
                    "the run says nothing under '\(name)'", at: node, advice: "add it to the run's 'runtime' block")
                return node
            }
            if start.lowerBound == text.startIndex, rest.index(after: end) == text.endIndex {
                return value.moved(to: node.path)
            }
            guard let inner = value.text else {
                diagnostics.error("'\(name)' is \(value.kindName), which cannot stand inside text", at: node)
                return node
            }
            result += rest[..<start.lowerBound] + inner
            rest = rest[rest.index(after: end)...]
        }
        result += rest
        var copy = node
        copy.content = .scalar(.string(result))
        copy.text = result
        copy.origin = "runtime"
        return copy
    }

    private func value(of name: String) -> ConfigNode? {
        var value = runtime
        for part in name.split(separator: ".").dropFirst() {
            guard let next = value[String(part)] else { return defaults[name] }
            value = next
        }
        return value
    }
}

extension Substring {
    /// The first place of a text in this one.
    fileprivate func range(of other: String) -> Range<Index>? {
        var start = startIndex
        while let candidate = self[start...].firstIndex(where: { $0 == other.first }) {
            if self[candidate...].hasPrefix(other) { return candidate..<index(candidate, offsetBy: other.count) }
            start = index(after: candidate)
        }
        return nil
    }
}
