import Evaluation
import Glibc

/// Reads a cassette line by line, in memory that follows the longest line.
final class CassetteLines {
    /// A line of the file.
    struct Line {
        var bytes: [UInt8]
        var offset: Int
        /// Counted from 1.
        var number: Int
        /// Whether the file ends in it, without a line feed.
        var isLast: Bool
    }

    private static let chunkBytes = 1 << 18
    private static let maximumLineBytes = 256 << 20

    private let path: String
    private let file: Int32
    private var buffer: [UInt8] = []
    private var start = 0
    private var offset = 0
    private var number = 0
    private var isAtEnd = false

    /// Opens a cassette; nil where there is none.
    ///
    /// Throws ``EvaluationError``.
    init?(path: String) throws(EvaluationError) {
        self.path = path
        file = open(path, O_RDONLY | O_CLOEXEC)
        if file < 0 {
            if errno == ENOENT { return nil }
            throw ModelFiles.failure("cannot open '\(path)'")
        }
    }

    deinit {
        if file >= 0 { close(file) }
    }

    /// The next line that is not empty; nil at the end.
    ///
    /// Throws ``EvaluationError``.
    func next() throws(EvaluationError) -> Line? {
        var searched = start
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                if let line = take(upTo: end, isLast: false) { return line }
                searched = start
                continue
            }
            if isAtEnd { return buffer.count > start ? take(upTo: buffer.count, isLast: true) : nil }
            searched = buffer.count - start
            try fill()
        }
    }

    private func take(upTo end: Int, isLast: Bool) -> Line? {
        number += 1
        let line = Line(bytes: Array(buffer[start..<end]), offset: offset, number: number, isLast: isLast)
        offset += end - start + 1
        start = min(end + 1, buffer.count)
        return line.bytes.isEmpty ? nil : line
    }

    private func fill() throws(EvaluationError) {
        buffer.removeFirst(start)
        start = 0
        guard buffer.count <= Self.maximumLineBytes else {
            throw EvaluationError(
                .dataMalformed, "'\(path)' has a line of more than \(Self.maximumLineBytes) bytes",
                cause: .configuration)
        }
        let filled = buffer.count
        buffer.append(contentsOf: repeatElement(0, count: Self.chunkBytes))
        while true {
            let count = buffer.withUnsafeMutableBytes { bytes in
                Glibc.read(file, bytes.baseAddress.map { $0 + filled }, Self.chunkBytes)
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw ModelFiles.failure("cannot read '\(path)'") }
            buffer.removeLast(Self.chunkBytes - count)
            isAtEnd = count == 0
            return
        }
    }
}
