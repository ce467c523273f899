import Testing

@testable import Processes

struct OutputCaptureTests {
    @Test(arguments: [1, 2, 3, 7, 100], [(0, 0), (3, 0), (0, 3), (2, 4), (10, 90), (60, 60)])
    func keepsTheFirstAndTheLastBytes(_ pieceSize: Int, _ limit: (head: Int, tail: Int)) {
        let bytes = [UInt8](0..<100)
        var capture = OutputCapture(.truncateHeadTail(head: limit.head, tail: limit.tail))
        for start in stride(from: 0, to: bytes.count, by: pieceSize) {
            let piece = bytes[start..<min(bytes.count, start + pieceSize)]
            let isWithinLimit = piece.withUnsafeBytes { capture.append($0) }
            #expect(isWithinLimit)
        }
        let output = capture.finish()
        let fits = limit.head + limit.tail >= bytes.count
        #expect(output.bytes == (fits ? bytes : bytes.prefix(limit.head) + bytes.suffix(limit.tail)))
        #expect(output.totalBytes == 100)
        #expect(output.isTruncated == !fits)
        #expect(output.headBytes == min(limit.head, 100))
    }

    @Test func tellsWhenTheLimitIsExceeded() {
        var capture = OutputCapture(.kill(after: 5))
        func append(_ count: Int) -> Bool {
            [UInt8](repeating: 1, count: count).withUnsafeBytes { capture.append($0) }
        }
        #expect(append(5))
        #expect(!append(1))
        #expect(capture.finish().bytes.count == 5)
        #expect(capture.finish().totalBytes == 6)
    }
}
