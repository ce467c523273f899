/// Collects an output stream within its limit.
///
/// Appending costs the same however much is dropped: the tail is trimmed only when it has grown to twice what is kept.
struct OutputCapture {
    private let limit: OutputLimit
    private var head: [UInt8] = []
    private var tail: [UInt8] = []
    private var totalBytes = 0

    static let empty = OutputCapture(.truncateHeadTail(head: 0, tail: 0))
    static let nothing = empty.finish()

    init(_ limit: OutputLimit) {
        self.limit = limit
    }

    /// Takes the next bytes; false if the program has now written more than allowed.
    mutating func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
        totalBytes += bytes.count
        let room = max(0, headCapacity - head.count)
        head.append(contentsOf: bytes.prefix(room))
        keepTail(bytes.dropFirst(room))
        if case .kill(let most) = limit { return totalBytes <= most }
        return true
    }

    func finish() -> CapturedOutput {
        let kept = tail.suffix(tailCapacity)
        return CapturedOutput(bytes: head + kept, totalBytes: totalBytes, headBytes: head.count)
    }

    private mutating func keepTail(_ bytes: Slice<UnsafeRawBufferPointer>) {
        let capacity = tailCapacity
        guard capacity > 0, !bytes.isEmpty else { return }
        tail.append(contentsOf: bytes.suffix(capacity))
        if tail.count >= 2 * capacity { tail.removeFirst(tail.count - capacity) }
    }

    private var headCapacity: Int {
        switch limit {
        case .truncateHeadTail(let head, _): max(0, head)
        case .kill(let most): max(0, most)
        }
    }

    private var tailCapacity: Int {
        guard case .truncateHeadTail(_, let tail) = limit else { return 0 }
        return max(0, tail)
    }
}
