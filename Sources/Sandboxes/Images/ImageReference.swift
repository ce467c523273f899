/// An image's name taken apart as engines and registries do: registry, repository, tag or digest.
public struct ImageReference: Sendable, Hashable, CustomStringConvertible {
    /// The registry's host and port; `docker.io` where none is written.
    public var registry: String
    /// The repository as written, with its registry if that was written.
    public var name: String
    /// The tag; `latest` where neither tag nor digest is written, nil beside a digest alone.
    public var tag: String?
    /// The digest, as `sha256:…`.
    public var digest: String?

    /// Reads a name; nil when it is empty or holds white space.
    public init?(_ text: String) {
        guard !text.isEmpty, !text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else { return nil }
        var rest = text[...]
        if let at = rest.firstIndex(of: "@") {
            digest = String(rest[rest.index(after: at)...])
            rest = rest[..<at]
        }
        let lastSlash = rest.lastIndex(of: "/") ?? rest.startIndex
        if let colon = rest[lastSlash...].lastIndex(of: ":") {
            tag = String(rest[rest.index(after: colon)...])
            rest = rest[..<colon]
        } else if digest == nil {
            tag = "latest"
        }
        guard !rest.isEmpty else { return nil }
        name = String(rest)
        let first = rest.prefix { $0 != "/" }
        let namesRegistry = rest.contains("/") && (first.contains(".") || first.contains(":") || first == "localhost")
        registry = namesRegistry ? String(first) : "docker.io"
    }

    /// The name in full, with its tag or digest.
    public var description: String {
        if let digest { return tag.map { "\(name):\($0)@\(digest)" } ?? "\(name)@\(digest)" }
        return "\(name):\(tag ?? "latest")"
    }
}
