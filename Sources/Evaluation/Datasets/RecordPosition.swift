import Synchronization

/// Where a reader stands in records that are in memory.
///
/// The lock protects the index.
final class RecordPosition: Sendable {
    private let records: [DatasetRecord]
    private let index = Mutex(0)

    init(_ records: [DatasetRecord]) { self.records = records }

    func next(skipping count: Int) -> DatasetRecord? {
        index.withLock { index in
            index = min(records.count, index + count)
            guard index < records.count else { return nil }
            defer { index += 1 }
            return records[index]
        }
    }
}
