/// Decides what a relative path in a configuration means.
///
/// A path is read against the directory that gage was started in. Where nothing is there, these are tried in turn: the
/// configuration file's own directory, the directory that holds the `config` folder the file lies in, and all three
/// again for a path that begins with `gage-eval-main/`, without that beginning: the guide's configurations were written
/// for a checkout of that name, seen from the directory above it.
public struct PathResolver: Sendable, Hashable {
    /// The directories, in the order in which they are tried; the first is the one that gage was started in.
    public let directories: [String]

    private static let checkout = "gage-eval-main/"

    /// Resolves paths of a configuration file.
    ///
    /// `baseDirectory` is the directory that gage was started in; `file` is nil where the configuration is no file.
    public init(baseDirectory: String, file: String?) {
        var directories = [Self.normalized(baseDirectory)]
        if let file {
            let own = Self.joined(baseDirectory, Self.parent(of: file))
            directories.append(own)
            var parts = own.split(separator: "/", omittingEmptySubsequences: false)
            if let index = parts.lastIndex(of: "config") {
                parts.removeSubrange(index...)
                directories.append(parts == [""] ? "/" : parts.joined(separator: "/"))
            }
        }
        var seen: Set<String> = []
        self.directories = directories.filter { seen.insert($0).inserted }
    }

    /// Where a path may be, in the order in which to look; an absolute path may be nowhere else.
    public func candidates(_ path: String) -> [String] {
        if path.hasPrefix("/") { return [path] }
        let spellings =
            path.hasPrefix(Self.checkout) ? [path, String(path.dropFirst(Self.checkout.count))] : [path]
        var seen: Set<String> = []
        return spellings.flatMap { spelling in directories.map { Self.joined($0, spelling) } }
            .filter { seen.insert($0).inserted }
    }

    /// The first candidate at which something is; nil when there is none.
    public func existing(_ path: String) -> String? {
        candidates(path).first { ConfigurationFile.exists($0) }
    }

    /// A path below a directory, `.` and `..` taken out.
    static func joined(_ directory: String, _ path: String) -> String {
        if path.hasPrefix("/") || directory.isEmpty { return normalized(path) }
        return normalized("\(directory)/\(path)")
    }

    /// The directory that a file is in.
    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// A path without `.`, empty parts and `name/..`.
    static func normalized(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else if part != ".." || !path.hasPrefix("/") {
                parts.append(part)
            }
        }
        let joined = parts.joined(separator: "/")
        if path.hasPrefix("/") { return "/" + joined }
        return joined.isEmpty ? "." : joined
    }
}
