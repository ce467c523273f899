import Evaluation
import Testing

@testable import Sandboxes

@Suite struct StreamTests {
    @Test func findsTheMarkHoweverTheStreamIsCut() {
        let whole = Array("out\n\nabc\nabcd 1\n\nabcdef 7 2\nlater".utf8)
        for cut in 0...whole.count {
            for other in stride(from: cut, through: whole.count, by: 3) {
                var stream = MarkedStream(token: "abcdef", limit: SandboxOutputLimit())
                for piece in [whole[..<cut], whole[cut..<other], whole[other...]] { stream.feed(piece) }
                #expect(stream.mark == MarkedStream.Mark(exitCode: 7, memoryKills: 2))
                #expect(stream.output.text == "out\n\nabc\nabcd 1\n")
            }
        }
    }

    @Test func keepsEverythingWhereThereIsNoMark() {
        var stream = MarkedStream(token: "abcdef", limit: SandboxOutputLimit())
        stream.feed(Array("text\nabcdef".utf8)[...])
        #expect(stream.mark == nil)
        #expect(stream.output.text == "text\nabcdef")
    }

    @Test func keepsHeadAndTailOfALongStream() {
        var collector = SandboxOutputCollector(SandboxOutputLimit(head: 4, tail: 3))
        for byte in 0..<100 { collector.append([UInt8(byte)]) }
        #expect(collector.output.bytes == [0, 1, 2, 3, 97, 98, 99])
        #expect(collector.output.totalBytes == 100)
        #expect(collector.output.isTruncated)
        #expect(collector.output.text.contains("93 bytes omitted"))
    }

    @Test func takesStreamsApartHoweverTheyAreCut() throws {
        let whole: [UInt8] = [1, 0, 0, 0, 0, 0, 0, 3, 97, 98, 99, 2, 0, 0, 0, 0, 0, 0, 1, 120, 1, 0, 0, 0, 0, 0, 0, 0]
        for cut in 0...whole.count {
            var demultiplexer = StreamDemultiplexer()
            var output: [UInt8] = []
            var error: [UInt8] = []
            for piece in [whole[..<cut], whole[cut...]] {
                try demultiplexer.feed(piece) { kind, bytes in
                    if kind == .standardError { error += bytes } else { output += bytes }
                }
            }
            #expect(output == [97, 98, 99])
            #expect(error == [120])
        }
        var demultiplexer = StreamDemultiplexer()
        #expect(throws: DockerError.self) { try demultiplexer.feed([9, 0, 0, 0, 0, 0, 0, 1]) { _, _ in } }
    }
}
