/// What to do with a program that writes more than anyone wants to keep.
public enum OutputLimit: Sendable, Hashable {
    /// Lets it write, and keeps the first and the last bytes of each stream.
    case truncateHeadTail(head: Int, tail: Int)
    /// Kills it once a stream has more bytes than this; running it then fails with the code `outputLimit`.
    case kill(after: Int)
}
