import Evaluation
import Synchronization

/// Reads record after record from an open file.
protocol RecordReader: ~Copyable {
    /// The next record, or nil at the end.
    mutating func next() throws -> DatasetRecord?
}

/// Lets a reader be pulled from concurrent code.
///
/// The lock protects the reader. Reading blocks its thread, for the time that a local disk needs for at most one piece.
final class RecordCursor<Reader: RecordReader & ~Copyable>: Sendable {
    private let reader: Mutex<Reader>

    init(_ reader: consuming sending Reader) {
        self.reader = Mutex(reader)
    }

    func next() throws -> DatasetRecord? {
        try Task.checkCancellation()
        return try reader.withLock { reader in try reader.next() }
    }
}
