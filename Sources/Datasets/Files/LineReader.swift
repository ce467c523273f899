import Evaluation
import Glibc

/// The lines of a data file, one in memory at a time.
struct LineReader: ~Copyable {
    private let file: LocalFile
    private let longestLine: Int
    private var source: ByteSource
    private var buffer: [UInt8] = []
    /// Where the next line starts, and up to where no line feed was found.
    private var start = 0
    private var searched = 0
    private var isAtEnd = false
    /// The one-based number of the line read last.
    private(set) var number = 0

    init(_ file: LocalFile, longestLine: Int) throws {
        self.file = file
        self.longestLine = longestLine
        source = try ByteSource(file)
    }

    /// Finds the next line; returns its place in the buffer, without the line feed, or nil at the end of the file.
    ///
    /// The place holds until the next call.
    mutating func next() throws -> Range<Int>? {
        while true {
            if let end = lineFeed() {
                let line = start..<end
                start = end + 1
                searched = start
                number += 1
                return line
            }
            searched = buffer.count
            if isAtEnd {
                guard start < buffer.count else { return nil }
                let line = start..<buffer.count
                start = buffer.count
                number += 1
                return line
            }
            guard buffer.count - start <= longestLine else {
                throw file.malformed(
                    "the line is longer than \(longestLine >> 20) MiB", line: number + 1, column: 1,
                    advice: "raise 'max_record_mb', or use 'loader: json' for a file that is one JSON value")
            }
            buffer.removeSubrange(..<start)
            searched -= start
            start = 0
            isAtEnd = try !source.read(appendingTo: &buffer)
        }
    }

    /// Lends the bytes of a line that ``next()`` found.
    func withBytes<Result, Failure: Error>(
        of line: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try buffer.withUnsafeBufferPointer { bytes throws(Failure) in
            try body(UnsafeBufferPointer(rebasing: bytes[line]))
        }
    }

    private func lineFeed() -> Int? {
        buffer.withUnsafeBytes { bytes in
            guard searched < bytes.count, let base = bytes.baseAddress,
                let found = memchr(base + searched, 0x0A, bytes.count - searched)
            else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }
}
