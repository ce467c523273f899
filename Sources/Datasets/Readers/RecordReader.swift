import Evaluation
import Synchronization

/// Reads record after record from an open file.
protocol RecordReader: ~Copyable {
    /// The next record, or nil at the end.
    mutating func next() throws -> DatasetRecord?

    /// Passes over a record without reading more of it than must be; false at the end.
    mutating func skip() throws -> Bool
}

extension RecordReader where Self: ~Copyable {
    mutating func skip() throws -> Bool { try next() != nil }
}

/// Lets a reader be pulled from concurrent code.
///
/// The lock protects the reader. Reading blocks its thread, for the time that a local disk needs for at most one piece.
final class RecordCursor<Reader: RecordReader & ~Copyable>: Sendable {
    private let reader: Mutex<Reader>

    init(_ reader: consuming sending Reader) {
        self.reader = Mutex(reader)
    }

    func next(skipping count: Int = 0) throws -> DatasetRecord? {
        try Task.checkCancellation()
        return try reader.withLock { reader in
            for _ in 0..<count { guard try reader.skip() else { return nil } }
            return try reader.next()
        }
    }
}
