import Evaluation

/// Reads a data set's records, in their order or in a shuffled one.
///
/// Shuffling reads all records into memory first; there is no other way to know which comes next.
struct RecordReader: Sendable {
    private let limit: Int?
    private let shuffleSeed: UInt64?
    private var iterator: RecordStream.Iterator
    private var read = 0
    private var shuffled: [DatasetRecord]?

    init(records: RecordStream, limit: Int?, shuffleSeed: UInt64?) {
        self.limit = limit
        self.shuffleSeed = shuffleSeed
        iterator = records.makeAsyncIterator()
    }

    /// The next record, or the one that many records after it; nil at the end or at the limit.
    mutating func next(skipping count: Int = 0) async throws -> DatasetRecord? {
        guard let shuffleSeed else { return try await nextInOrder(skipping: count) }
        if let shuffled {
            read += count
            guard read < shuffled.count else { return nil }
            defer { read += 1 }
            return shuffled[read]
        }
        var all: [DatasetRecord] = []
        while let record = try await nextInOrder() { all.append(record) }
        var generator = SeededGenerator(seed: shuffleSeed)
        all.shuffle(using: &generator)
        shuffled = all
        read = 0
        return try await next(skipping: count)
    }

    private mutating func nextInOrder(skipping count: Int = 0) async throws -> DatasetRecord? {
        guard read + count < limit ?? .max, let record = try await iterator.next(skipping: count) else { return nil }
        read += count + 1
        return record
    }
}
