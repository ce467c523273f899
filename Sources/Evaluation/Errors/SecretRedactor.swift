/// Takes secrets out of texts that came from elsewhere, before they become part of an error.
///
/// Providers repeat keys in their refusals. Texts shorter than eight characters are no secrets and stay.
public struct SecretRedactor: Sendable {
    private let secrets: [String]

    /// Knows these secrets.
    public init(_ secrets: [String]) {
        self.secrets = secrets.filter { $0.utf8.count >= 8 }.sorted { $0.utf8.count > $1.utf8.count }
    }

    /// The text with every secret replaced.
    public func redact(_ text: String) -> String {
        secrets.reduce(text) { text, secret in
            text.contains(secret) ? text.replacing(secret, with: "***") : text
        }
    }

    /// The beginning of a text without its secrets, for messages; the text may be of any size.
    public func excerpt(_ text: String, upTo limit: Int) -> String {
        // A secret that the first cut leaves half of is no longer seen, so what it could be of is dropped again.
        let margin = secrets.first?.unicodeScalars.count ?? 0
        let start = String(text.unicodeScalars.prefix(limit + 2 * margin))
        let safe = redact(start).unicodeScalars
        guard start.utf8.count < text.utf8.count else {
            return safe.dropFirst(limit).isEmpty ? String(safe) : String(safe.prefix(limit)) + "…"
        }
        return String(safe.dropLast(margin).prefix(limit)) + "…"
    }
}
