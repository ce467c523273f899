import Evaluation
import JSON

/// Decides which values must not be shown, and what is shown instead.
enum Secrets {
    /// What stands for a secret that was written out in a file.
    static let mask = "<redacted>"

    /// Words in a variable's name that make its value a secret.
    private static let words = ["KEY", "TOKEN", "SECRET", "PASSWORD", "PASSWD", "CREDENTIAL"]

    /// What keys end in whose text is a secret even where no component declares them so, as in free mappings.
    private static let suffixes = [
        "api_key", "apikey", "api-key", "access_key", "secret_key", "private_key", "access_token", "auth_token",
        "secret", "password", "authorization",
    ]

    /// Keys that are secrets only as a whole: `eos_token` is none.
    private static let keys = ["token", "hf_token", "cookie"]

    /// Whether a variable of this name holds a secret.
    ///
    /// A number under a name like `MAX_TOKENS` is none.
    static func isSecret(variable name: String, value: JSONValue) -> Bool {
        let upper = name.uppercased()
        guard words.contains(where: upper.contains) else { return false }
        let countsTokens = upper.contains("TOKENS") && !["KEY", "SECRET", "PASSWORD"].contains(where: upper.contains)
        return !(countsTokens && value.doubleValue != nil)
    }

    /// Whether a key's text is a secret by the key's name alone.
    static func isSecret(key: String) -> Bool {
        let lower = key.lowercased()
        return keys.contains(lower) || suffixes.contains { lower.hasSuffix($0) }
    }

    /// What may be shown of a scalar: itself, the placeholder that it came from, or the mask.
    static func shown(_ node: ConfigNode, isSecret: Bool) -> ConfigNode {
        guard case .scalar(let value) = node.content, !value.isNull else { return node }
        let names = variables(in: node.written).filter { isSecret || Secrets.isSecret(variable: $0, value: value) }
        if let written = node.written, !names.isEmpty { return replaced(node, by: withoutDefaults(written)) }
        if isSecret, value.stringValue.map({ !$0.isEmpty }) ?? true { return replaced(node, by: mask) }
        if let text = value.stringValue, let clean = withoutUserInformation(text) { return replaced(node, by: clean) }
        return node
    }

    private static func replaced(_ node: ConfigNode, by text: String) -> ConfigNode {
        var copy = node
        copy.content = .scalar(.string(text))
        copy.text = text
        return copy
    }

    /// The variables that a text names.
    static func variables(in written: String?) -> [String] {
        guard let written else { return [] }
        return PlaceholderText(written).pieces.compactMap { piece in
            if case .placeholder(let placeholder) = piece { placeholder.name } else { nil }
        }
    }

    /// A text with its placeholders reduced to their names: a default may be the secret itself.
    private static func withoutDefaults(_ written: String) -> String {
        PlaceholderText(written).pieces.map { piece in
            switch piece {
            case .literal(let text): text
            case .placeholder(let placeholder): "${\(placeholder.name)}"
            }
        }.joined()
    }

    /// An address without the password in it; nil for text that has none.
    private static func withoutUserInformation(_ text: String) -> String? {
        let parts = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let authority = parts[1].prefix { !"/?#".contains($0) }
        guard let at = authority.lastIndex(of: "@"), authority[..<at].contains(":") else { return nil }
        return "\(parts[0])://\(mask)\(parts[1][at...])"
    }
}
