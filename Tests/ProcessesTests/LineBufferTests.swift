import Testing

@testable import Processes

struct LineBufferTests {
    @Test(arguments: [1, 2, 5, 1000])
    func splitsLinesHoweverTheyArrive(_ pieceSize: Int) {
        let bytes = Array("one\ntwo\r\n\n\r\nthree\rfour\nlast".utf8)
        var buffer = LineBuffer()
        var lines: [String] = []
        func takeAll(atEnd: Bool) {
            while let line = buffer.next(atEnd: atEnd) { lines.append(String(decoding: line, as: UTF8.self)) }
        }
        for start in stride(from: 0, to: bytes.count, by: pieceSize) {
            bytes[start..<min(bytes.count, start + pieceSize)].withUnsafeBytes { buffer.append($0) }
            takeAll(atEnd: false)
        }
        #expect(lines == ["one", "two", "", "", "three\rfour"])
        takeAll(atEnd: true)
        #expect(lines.last == "last")
        #expect(buffer.unreadBytes == 0)
    }

    @Test func survivesManyLines() {
        var buffer = LineBuffer()
        let piece = Array(String(repeating: "x\n", count: 5000).utf8)
        var count = 0
        for _ in 0..<40 {
            piece.withUnsafeBytes { buffer.append($0) }
            // One is left behind each time, so that the buffer is never quite empty.
            while buffer.unreadBytes > 2, buffer.next(atEnd: false) == [UInt8(ascii: "x")] { count += 1 }
        }
        #expect(count == 40 * 5000 - 1)
    }
}
