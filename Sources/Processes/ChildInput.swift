import Glibc

/// Our end of a child's standard input, and what waits to be written to it.
final class ChildInput {
    let descriptor: Descriptor
    private var queue: [(bytes: [UInt8], outcome: WriteOutcome?)] = []
    private var writtenOfFirst = 0
    private var closesWhenEmpty: Bool
    /// Whether the poll watches for room in the pipe.
    var isWatched = false

    enum Progress {
        case idle, blocked, closed
    }

    init(_ descriptor: Descriptor, for handle: ChildHandle) {
        self.descriptor = descriptor
        descriptor.makeNonBlocking()
        closesWhenEmpty = handle.lines == nil
        if case .bytes(let bytes) = handle.command.input, !bytes.isEmpty { queue.append((bytes, nil)) }
    }

    func enqueue(_ bytes: [UInt8], _ outcome: WriteOutcome) {
        queue.append((bytes, outcome))
    }

    func closeWhenEmpty() {
        closesWhenEmpty = true
    }

    /// Writes as much as the pipe takes.
    func writeSome() -> Progress {
        while let (bytes, outcome) = queue.first {
            let count = bytes.withUnsafeBytes { buffer in
                write(descriptor.number, buffer.baseAddress.map { $0 + writtenOfFirst }, buffer.count - writtenOfFirst)
            }
            if count < 0 {
                if errno == EINTR { continue }
                if errno == EAGAIN { return .blocked }
                failAll()
                return .closed
            }
            writtenOfFirst += count
            if writtenOfFirst == bytes.count {
                queue.removeFirst()
                writtenOfFirst = 0
                outcome?.keep(.success(()))
            }
        }
        return closesWhenEmpty ? .closed : .idle
    }

    /// Lets go of what nobody will read.
    func failAll() {
        for (_, outcome) in queue {
            outcome?.keep(.failure(ProcessError(.inputClosed, "the program has closed its standard input or ended")))
        }
        queue = []
    }
}
