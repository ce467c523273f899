public import Evaluation

/// The cache of model replies that a run uses.
public struct PlannedCache: Sendable, Hashable {
    /// The file.
    public var path: String
    /// What is taken from it and left in it.
    public var mode: CacheMode
    /// The greatest age of a reply in seconds; nil for any.
    public var maximumAge: Double?

    /// Describes a cache.
    public init(path: String, mode: CacheMode = .readWrite, maximumAge: Double? = nil) {
        self.path = path
        self.mode = mode
        self.maximumAge = maximumAge
    }

    /// Where the cache is unless something else is said.
    public static func defaultPath(environment: [String: String]) -> String {
        "\(CacheDirectory.path(environment))/responses.sqlite"
    }

    /// A path as a person wrote it, read against a directory; a leading `~/` means the home directory.
    public static func resolved(
        _ path: String, baseDirectory: String, environment: [String: String]
    ) -> String {
        if path.hasPrefix("~/"), let home = environment["HOME"] {
            return PathResolver.joined(home, String(path.dropFirst(2)))
        }
        return PathResolver.joined(baseDirectory, path)
    }
}

extension PlannedCache {
    /// The cache that a document asks for; nil where it asks for none.
    init?(_ entry: CacheEntry?, baseDirectory: String, environment: [String: String]) {
        guard let block = entry?.block, block.mode != .off else { return nil }
        let path = block.path.map {
            Self.resolved($0, baseDirectory: baseDirectory, environment: environment)
        }
        self.init(
            path: path ?? Self.defaultPath(environment: environment), mode: block.mode,
            maximumAge: block.maxAge?.seconds)
    }
}
