import CProcesses
import Glibc

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
