import Synchronization

/// Counts from zero.
final class RecordCounter: Sendable {
    private let count = Atomic(0)

    /// The next number.
    func next() -> Int { count.add(1, ordering: .relaxed).oldValue }
}
