/// Guesses from names which header fields and parts of addresses hold secrets.
public enum SecretNames {
    private static let words = ["key", "token", "secret", "passw", "auth", "cookie", "credential", "signature"]

    /// Whether a header field or a query parameter of this name may hold a secret.
    public static func suspects(_ name: String) -> Bool {
        let lower = name.lowercased()
        return lower == "sig" || words.contains(where: lower.contains)
    }

    /// What may be a secret in an address: the password before its host, and the values of suspicious parameters.
    public static func values(inAddress text: String) -> [String] { parts(text).secrets }

    /// The address without them.
    public static func withoutSecrets(address text: String) -> String { parts(text).rest }

    private static func parts(_ text: String) -> (secrets: [String], rest: String) {
        guard let scheme = text.firstRange(of: "://") else { return ([], text) }
        var secrets: [String] = []
        let authority = text[scheme.upperBound...].prefix { !"/?#".contains($0) }
        var host = authority
        if let at = authority.lastIndex(of: "@") {
            let user = authority[..<at]
            secrets.append(String(user.split(separator: ":", maxSplits: 1).last ?? user))
            host = authority[authority.index(after: at)...]
        }
        let after = text[authority.endIndex...]
        let path = after.prefix { $0 != "?" }
        var kept: [Substring] = []
        for pair in after.dropFirst(path.count + 1).split(separator: "&") {
            let name = pair.prefix { $0 != "=" }
            if suspects(String(name)) {
                secrets.append(String(pair.dropFirst(name.count + 1)))
            } else {
                kept.append(pair)
            }
        }
        let query = kept.isEmpty ? "" : "?" + kept.joined(separator: "&")
        return (secrets.filter { !$0.isEmpty }, String(text[..<scheme.upperBound] + host + path) + query)
    }
}
