import Evaluation
import JSON

/// Replaces `${…}` in a document's texts by environment variables.
///
/// A scalar that is one placeholder takes the type of what comes out: `${SEED:-300}` is a number. Placeholders inside
/// longer text are replaced as text. Keys and prompt templates are left alone.
struct Interpolator: Sendable {
    private static let maximumNesting = 8

    let environment: [String: String]
    /// What counts as the value of a secret variable that is not set; nil where that is to be reported.
    var secretStandIn: String?

    /// The document with its placeholders replaced; unset variables are reported.
    func interpolate(_ document: ConfigNode, into diagnostics: inout Diagnostics) -> ConfigNode {
        document.mapEntries { key, value in
            guard key == "prompts" else { return node(value, into: &diagnostics) }
            return value.mapItems { prompt in
                guard prompt.entries != nil else { return node(prompt, into: &diagnostics) }
                return prompt.mapEntries { key, value in
                    key == "template" ? value : node(value, into: &diagnostics)
                }
            }
        }
    }

    /// A node and all below it with placeholders replaced.
    func node(_ node: ConfigNode, into diagnostics: inout Diagnostics) -> ConfigNode {
        switch node.content {
        case .mapping: node.mapEntries { self.node($1, into: &diagnostics) }
        case .sequence: node.mapItems { self.node($0, into: &diagnostics) }
        case .scalar(.string(let text)) where text.contains("${"): scalar(node, text: text, into: &diagnostics)
        case .scalar: node
        }
    }

    /// The text of a scalar after replacement, nothing reported.
    func text(of node: ConfigNode) -> String? {
        var ignored = Diagnostics()
        return self.node(node, into: &ignored).text
    }

    private func scalar(_ node: ConfigNode, text: String, into diagnostics: inout Diagnostics) -> ConfigNode {
        let trimmed = PlaceholderText(ScalarReading.trim(text))
        let whole = trimmed.whole
        let pieces = whole == nil ? PlaceholderText(text) : trimmed
        if let oddity = pieces.oddity {
            diagnostics.warning(
                "'\(oddity)' looks like a variable and is none, so it stays as it is", at: node,
                advice: "write ${NAME} or ${NAME:-default}; write $${ for a literal ${")
        }
        var expansion = Expansion(
            environment: environment, secretStandIn: secretStandIn, deepest: Self.maximumNesting)
        let expanded = expansion.expand(pieces)
        report(expansion, at: node, into: &diagnostics)
        var result = node
        result.text = expanded
        result.content = .scalar(whole == nil ? .string(expanded) : ScalarReading.value(ofVariable: expanded))
        guard pieces.hasPlaceholders else { return result }
        result.written = text
        result.origin = ([node.origin].compactMap { $0 } + expansion.origins).joined(separator: ", ")
        return result
    }

    private func report(_ expansion: Expansion, at node: ConfigNode, into diagnostics: inout Diagnostics) {
        for name in expansion.unset {
            diagnostics.warning(
                "environment variable '\(name)' is not set and has no default, so it counts as empty", at: node,
                advice: "set \(name), or write ${\(name):-default}")
        }
        for (name, message) in expansion.failures {
            diagnostics.error(
                message.isEmpty ? "environment variable '\(name)' is required" : message, at: node,
                advice: "set \(name)")
        }
    }
}

/// One text's replacement, with what there is to say about it.
private struct Expansion {
    let environment: [String: String]
    let secretStandIn: String?
    let deepest: Int
    var origins: [String] = []
    var unset: [String] = []
    var failures: [(name: String, message: String)] = []

    init(environment: [String: String], secretStandIn: String?, deepest: Int) {
        self.environment = environment
        self.secretStandIn = secretStandIn
        self.deepest = deepest
    }

    mutating func expand(_ text: PlaceholderText, depth: Int = 0) -> String {
        var result = ""
        for piece in text.pieces {
            switch piece {
            case .literal(let literal): result += literal
            case .placeholder(let placeholder): result += value(of: placeholder, depth: depth)
            }
        }
        return result
    }

    private mutating func value(of placeholder: Placeholder, depth: Int) -> String {
        if let value = environment[placeholder.name], !value.isEmpty {
            note("environment \(placeholder.name)")
            return value
        }
        if let standIn = secretStandIn, Secrets.isSecret(variable: placeholder.name, value: .string(standIn)),
            placeholder.hasNoText
        {
            note("environment \(placeholder.name)")
            return standIn
        }
        switch placeholder.fallback {
        case .text(let text):
            note("default of ${\(placeholder.name)}")
            return depth < deepest ? expand(PlaceholderText(text), depth: depth + 1) : text
        case .failure(let message):
            failures.append((placeholder.name, message))
        case .none:
            // Set and empty is what the user wrote; only a variable that is not there deserves a warning.
            if environment[placeholder.name] == nil { unset.append(placeholder.name) }
            note("environment \(placeholder.name)")
        }
        return ""
    }

    private mutating func note(_ origin: String) {
        if !origins.contains(origin) { origins.append(origin) }
    }
}
