import Compression
import Testing

@Suite struct TarTests {
    /// A head with this and the right checksum.
    private func block(_ fields: [(offset: Int, bytes: [UInt8])]) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: TarHead.blockSize)
        for (offset, bytes) in [(124, Array("17".utf8)), (148, [UInt8](repeating: 32, count: 8))] + fields {
            block.replaceSubrange(offset..<(offset + bytes.count), with: bytes)
        }
        let sum = block.reduce(0) { $0 + Int($1) }
        let digits = Array(String(sum, radix: 8).utf8)
        block.replaceSubrange(148..<156, with: digits + [UInt8](repeating: 0, count: 8 - digits.count))
        return block
    }

    private func head(_ name: String, type: Character) throws -> TarHead {
        try #require(TarHead(block([(0, Array(name.utf8)), (156, Array(String(type).utf8))])))
    }

    @Test func readsHeads() throws {
        let head = try #require(
            TarHead(
                block([
                    (0, Array("b".utf8)), (100, Array("0000755\0".utf8)), (257, Array("ustar\0".utf8)),
                    (345, Array("a".utf8)),
                ])))
        #expect(head.path == "a/b")
        #expect(head.kind == .file)
        #expect(head.permissions == 0o755)
        #expect(head.size == 15)
        #expect(head.filling == 497)
    }

    @Test func takesNoPathFromWhereGNUHasOtherThings() throws {
        let head = try #require(
            TarHead(block([(0, Array("b".utf8)), (257, Array("ustar  \0".utf8)), (345, Array("15".utf8))])))
        #expect(head.path == "b")
    }

    @Test func readsSizesInBinary() throws {
        let head = try #require(TarHead(block([(124, [0x80, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 1])])))
        #expect(head.size == 3 << 32 + 1)
        #expect(TarHead(block([(124, [UInt8](repeating: 0xFF, count: 12))])) == nil)
    }

    @Test(arguments: [3, 124, 300])
    func refusesDamagedHeads(offset: Int) {
        var damaged = block([(0, Array("name".utf8))])
        damaged[offset] ^= 1
        #expect(TarHead(damaged) == nil)
        #expect(TarHead(damaged.dropLast()) == nil)
    }

    @Test func completesHeadsOnce() throws {
        var extensions = TarExtensions()
        let extended = try head("pax", type: "x")
        // The bytes of an attribute are not always text.
        let attributes = Array("9 a.b=".utf8) + [0xFF, 0x0A, 0x0A] + "12 path=a/b\n".utf8
        let takesExtended = extensions.add(extended, content: attributes[...])
        #expect(takesExtended)
        let takesGlobal = extensions.add(try head("pax", type: "g"), content: Array("14 comment=c1\n".utf8)[...])
        #expect(takesGlobal)
        var file = try head("cut/", type: "0")
        #expect(file.kind == .directory)
        extensions.complete(&file)
        #expect(file.path == "a/b")
        #expect(file.kind == .file)
        #expect(extensions.comment == "c1")
        var next = try head("next", type: "0")
        extensions.complete(&next)
        #expect(next.path == "next")
    }

    @Test(arguments: ["99 path=a\n", "x path=a\n", "2 path=a\n", "11 size=-1\n"])
    func refusesDamagedExtensions(text: String) throws {
        var extensions = TarExtensions()
        #expect(!extensions.add(try head("pax", type: "x"), content: Array(text.utf8)[...]))
    }
}
