/// An access token of the Hub; it prints as `***` wherever it goes by mistake.
public struct HubToken: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The token as the Hub wants it.
    let value: String
    /// Where it was found, for advice: `HF_TOKEN`, or the path of a file.
    public let origin: String

    /// Takes a token; nil where the text is empty.
    public init?(_ text: String, origin: String) {
        let trimmed = text.drop { $0.isWhitespace }
        guard let end = trimmed.lastIndex(where: { !$0.isWhitespace }) else { return nil }
        value = String(trimmed[...end])
        self.origin = origin
    }

    /// Never the token.
    public var description: String { "***" }

    /// Never the token.
    public var debugDescription: String { "***" }

    /// The text with the token made unreadable: a server may say it back.
    func redacted(_ text: String) -> String { text.replacing(value, with: "***") }

    /// Looks where the Hub's own tools look: two variables, then three files.
    static func find(in environment: [String: String]) -> HubToken? {
        for name in ["HF_TOKEN", "HUGGINGFACEHUB_API_TOKEN"] {
            if let token = environment[name].flatMap({ HubToken($0, origin: name) }) { return token }
        }
        var paths = [environment["HF_TOKEN_PATH"], environment["HF_HOME"].map { $0 + "/token" }]
        paths.append(environment["HOME"].map { $0 + "/.cache/huggingface/token" })
        for path in paths.compactMap({ $0 }) where DatasetFiles.exists(path) {
            // A token file that cannot be read is as good as none: the Hub will say that a token is missing.
            guard let bytes = try? DatasetFiles.bytes(path, limit: 1 << 16) else { continue }
            if let token = HubToken(String(decoding: bytes, as: UTF8.self), origin: path) { return token }
        }
        return nil
    }
}
