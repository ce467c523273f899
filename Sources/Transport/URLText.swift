/// What little has to be known of URLs: whose they are, where a redirect leads, and how a name becomes part of one.
public enum URLText {
    /// Scheme, host and port, in one spelling; nil where the URL is not absolute.
    public static func origin(of url: String) -> String? {
        guard let parts = split(url) else { return nil }
        var host = parts.authority.lowercased()
        if let at = host.lastIndex(of: "@") { host = String(host[host.index(after: at)...]) }
        let hasPort = host.split(separator: "]").last?.contains(":") ?? false
        if !hasPort { host += parts.scheme == "https" ? ":443" : ":80" }
        return "\(parts.scheme)://\(host)"
    }

    /// The URL that a `Location` or `Link` field means, seen from the URL whose answer it stands in.
    public static func resolve(_ reference: String, from url: String) -> String? {
        if split(reference) != nil { return reference }
        guard let base = split(url), !reference.contains("://") else { return nil }
        if reference.hasPrefix("//") { return "\(base.scheme):\(reference)" }
        let root = "\(base.scheme)://\(base.authority)"
        if reference.hasPrefix("/") { return root + reference }
        let path = base.rest.prefix { $0 != "?" && $0 != "#" }
        let directory = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
        return root + directory + reference
    }

    /// Text as a part of a path or query: everything but letters, digits and `-._~` is escaped.
    public static func escape(_ text: String, keeping kept: String = "") -> String {
        let plain = Set("-._~".utf8).union(kept.utf8)
        var escaped = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"):
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            case _ where plain.contains(byte): escaped.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                escaped += byte < 16 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return escaped
    }

    private struct Parts {
        var scheme: String
        var authority: String
        var rest: String
    }

    private static func split(_ url: String) -> Parts? {
        for scheme in ["https", "http"] where url.lowercased().hasPrefix("\(scheme)://") {
            let after = url.dropFirst(scheme.utf8.count + 3)
            let authority = after.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
            guard !authority.isEmpty else { return nil }
            return Parts(
                scheme: scheme, authority: String(authority), rest: String(after[authority.endIndex...]))
        }
        return nil
    }
}
