import Glibc

/// Our ends of a new child's pipes.
struct ParentPipes {
    var input: ChildInput?
    var output: ChildOutput?
    var error: ChildOutput?
}

/// Makes the pipes that a child needs, or returns nil with `errno` set.
func makePipes(for handle: ChildHandle) -> (parent: ParentPipes, child: ChildDescriptors)? {
    let command = handle.command
    guard let output = Descriptor.pipe() else { return nil }
    var parent = ParentPipes()
    parent.output = ChildOutput(
        output.reading, handle.lines.map { .lines($0) } ?? .capture(OutputCapture(command.outputLimit)))
    var child = ChildDescriptors(input: output.writing, output: output.writing, error: output.writing)
    if !command.mergesStandardError {
        guard let error = Descriptor.pipe() else { return nil }
        parent.error = ChildOutput(error.reading, .capture(OutputCapture(command.outputLimit)))
        child.error = error.writing
    }
    if case .none = command.input, handle.lines == nil {
        guard let null = Descriptor.nullDevice() else { return nil }
        child.input = null
    } else {
        guard let input = Descriptor.pipe() else { return nil }
        child.input = input.reading
        let first: [UInt8] = if case .bytes(let bytes) = command.input { bytes } else { [] }
        parent.input = ChildInput(input.writing, first: first, staysOpen: handle.lines != nil)
    }
    return (parent, child)
}

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

    init(_ descriptor: Descriptor, first: [UInt8], staysOpen: Bool) {
        self.descriptor = descriptor
        descriptor.makeNonBlocking()
        closesWhenEmpty = !staysOpen
        if !first.isEmpty { queue.append((first, nil)) }
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

/// Our end of one of a child's output streams, and where its bytes go.
final class ChildOutput {
    enum Sink {
        case capture(OutputCapture)
        case lines(LineWindow)
    }

    enum Progress {
        case more, paused, ended, overLimit
    }

    let descriptor: Descriptor
    private var sink: Sink
    /// Whether the poll watches for bytes.
    var isWatched = false
    var hasEnded = false

    init(_ descriptor: Descriptor, _ sink: Sink) {
        self.descriptor = descriptor
        descriptor.makeNonBlocking()
        self.sink = sink
    }

    var captured: CapturedOutput? {
        guard case .capture(let capture) = sink else { return nil }
        return capture.finish()
    }

    /// Reads once.
    func readSome(into buffer: UnsafeMutableRawBufferPointer) -> Progress {
        let count = read(descriptor.number, buffer.baseAddress, buffer.count)
        if count < 0 && (errno == EAGAIN || errno == EINTR) { return .more }
        guard count > 0 else { return .ended }
        return accept(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }

    /// Reads what the pipe holds now and no more, so that a background process which goes on writing cannot keep us here.
    func drain(into buffer: UnsafeMutableRawBufferPointer) -> Progress {
        var waiting: Int32 = 0
        guard ioctl(descriptor.number, UInt(FIONREAD), &waiting) == 0 else { return .ended }
        var result = Progress.ended
        while waiting > 0 {
            let count = read(descriptor.number, buffer.baseAddress, min(buffer.count, Int(waiting)))
            guard count > 0 else { break }
            waiting -= Int32(count)
            let progress = accept(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            if case .overLimit = progress { result = progress }
        }
        return result
    }

    /// Tells those who wait for lines that there will be no more.
    func finish() {
        hasEnded = true
        if case .lines(let window) = sink { window.finish() }
    }

    private func accept(_ bytes: UnsafeRawBufferPointer) -> Progress {
        switch sink {
        case .lines(let window):
            return window.append(bytes) ? .more : .paused
        case .capture(var capture):
            // Taken out first, so that appending does not copy what is there.
            sink = .capture(.empty)
            let isWithinLimit = capture.append(bytes)
            sink = .capture(capture)
            return isWithinLimit ? .more : .overLimit
        }
    }
}
