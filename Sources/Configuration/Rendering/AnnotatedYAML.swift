import Evaluation
import JSON
import YAML

/// Writes nodes as YAML, with a comment where a value does not come from the file.
struct AnnotatedYAML {
    /// Whether values say where they come from.
    let showsOrigins: Bool

    /// The text of a document.
    func text(_ node: ConfigNode) -> String {
        lines(node, origin: nil).map { "\($0.text)\n" }.joined()
    }

    private struct Line {
        var text: String
        var comment: String?

        init(_ text: String, comment: String? = nil) {
            self.text = text
            self.comment = comment
        }

        func indented(_ prefix: String) -> Line {
            // Blank lines of block text stay blank, as trailing spaces would mean nothing.
            text.isEmpty ? self : Line(prefix + text, comment: comment)
        }
    }

    private func lines(_ node: ConfigNode, origin: String?) -> [Line] {
        switch node.content {
        case .mapping(let entries):
            return entries.isEmpty ? [Line("{}")] : entries.flatMap { entry(of: $0, origin: origin) }
        case .sequence(let items):
            return items.isEmpty ? [Line("[]")] : items.flatMap { item($0, origin: origin) }
        case .scalar(let value):
            return Self.scalar(value).map { Line($0) }
        }
    }

    private func entry(of entry: ConfigEntry, origin: String?) -> [Line] {
        let key = Self.scalar(.string(entry.key)).joined()
        let comment = comment(of: entry.value, under: origin)
        let inner = lines(entry.value, origin: entry.value.origin ?? origin)
        if entry.value.isFilledCollection {
            return [Line("\(key):\(comment)")] + inner.map { $0.indented("  ") }
        }
        return inner.enumerated().map { index, line in
            index == 0 ? Line("\(key): \(line.text)\(comment)") : line
        }
    }

    private func item(_ node: ConfigNode, origin: String?) -> [Line] {
        let comment = node.isFilledCollection ? "" : comment(of: node, under: origin)
        return lines(node, origin: node.origin ?? origin).enumerated().map { index, line in
            index == 0 ? Line("- \(line.text)\(comment)") : line.indented("  ")
        }
    }

    private func comment(of node: ConfigNode, under origin: String?) -> String {
        guard showsOrigins, let own = node.origin, own != origin else { return "" }
        return "  # \(own.split(whereSeparator: \.isNewline).joined(separator: " "))"
    }

    /// A scalar's lines; those after the first are indented against the key.
    private static func scalar(_ value: JSONValue) -> [String] {
        let content: YAMLNode.Content =
            switch value {
            case .bool(let flag): .bool(flag)
            case .int(let number): .int(number)
            case .number(let text): .float(text)
            case .string(let text): .string(text)
            default: .null
            }
        var text = YAMLNode(content).text()
        if text.hasSuffix("\n") { text.removeLast() }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}

extension ConfigNode {
    fileprivate var isFilledCollection: Bool {
        switch content {
        case .mapping(let entries): !entries.isEmpty
        case .sequence(let items): !items.isEmpty
        case .scalar: false
        }
    }
}

extension EffectiveDocument {
    /// The document as YAML that can be loaded again.
    ///
    /// With `showingOrigins`, a comment says of every value that is not written in the file where it comes from: an
    /// environment variable, a default, an override.
    public func yaml(showingOrigins: Bool) -> String {
        AnnotatedYAML(showsOrigins: showingOrigins).text(root)
    }
}
