/// Takes secrets out of texts that came from elsewhere, before they become part of an error.
///
/// Providers repeat keys in their refusals. Texts shorter than eight characters are no secrets and stay.
struct SecretRedactor: Sendable {
    private let secrets: [String]

    init(_ secrets: [String]) {
        self.secrets = secrets.filter { $0.utf8.count >= 8 }.sorted { $0.utf8.count > $1.utf8.count }
    }

    func redact(_ text: String) -> String {
        secrets.reduce(text) { text, secret in
            text.contains(secret) ? text.replacing(secret, with: "***") : text
        }
    }
}
