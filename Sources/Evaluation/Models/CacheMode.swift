/// How a run uses the cache of model replies.
public enum CacheMode: String, Sendable, Hashable, CaseIterable, ParameterChoice {
    /// Answers from the cache where it can, and keeps what it had to ask for.
    case readWrite = "read_write"
    /// Answers from the cache where it can, and leaves it as it is.
    case read
    /// Asks for everything anew, and keeps the new answers in place of the old ones.
    case refresh
    /// Does without it.
    case off

    /// Whether answers are taken from the cache.
    public var reads: Bool { self == .readWrite || self == .read }

    /// Whether answers are kept.
    public var writes: Bool { self == .readWrite || self == .refresh }
}
