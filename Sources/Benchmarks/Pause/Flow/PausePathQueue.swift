import Synchronization

/// Paths that are handed out one by one.
final class PausePathQueue: Sendable {
    private let paths: [String]
    /// Protects the place of the next path.
    private let position = Mutex(0)

    init(_ paths: [String]) { self.paths = paths }

    /// The next path; nil after the last.
    func next() -> String? {
        position.withLock { position in
            guard position < paths.count else { return nil }
            defer { position += 1 }
            return paths[position]
        }
    }
}
