import JSON

/// Where the tools of a world take identifiers from that the official code draws at random.
public enum IdentifierSource: Sendable, Hashable {
    /// From a digest of what is to be named, so that a call that is replayed makes the same identifier again.
    case derived
    /// The same digits every time, as the official cases were recorded.
    case fixed(String)

    /// Hexadecimal digits for something new; `purpose` has to tell it from everything else that is named in the world.
    func hexadecimalDigits(_ count: Int, for purpose: String) -> String {
        switch self {
        case .derived: String(sha256Hex(purpose.utf8).prefix(count))
        case .fixed(let digits): digits
        }
    }
}
