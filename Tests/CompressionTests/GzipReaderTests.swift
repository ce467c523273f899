import Compression
import Testing

@Suite("Gzip reader")
struct GzipReaderTests {
    /// `printf 'hello gage\n' | gzip -n`.
    static let hello: [UInt8] = [
        0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0x57, 0x48, 0x4f,
        0x4c, 0x4f, 0xe5, 0x02, 0x00, 0xb9, 0x67, 0x50, 0xec, 0x0b, 0x00, 0x00, 0x00,
    ]

    @Test func plainBytesPassThrough() throws {
        #expect(try GzipReader.unpack(Array("plain".utf8)) == Array("plain".utf8))
    }

    @Test func unpacksAMemberFedByteByByte() throws {
        var reader = try GzipReader()
        var output: [UInt8] = []
        for byte in Self.hello { try reader.feed([byte]) { output.append(contentsOf: $0) } }
        try reader.finish()
        #expect(String(decoding: output, as: UTF8.self) == "hello gage\n")
    }

    @Test func membersAfterEachOtherAreOneStream() throws {
        let twice = try GzipReader.unpack(Self.hello + Self.hello)
        #expect(String(decoding: twice, as: UTF8.self) == "hello gage\nhello gage\n")
    }

    @Test func aCutOffFileIsRefused() {
        #expect(throws: GzipError.self) { try GzipReader.unpack(Array(Self.hello.dropLast(6))) }
    }

    @Test func damagedBytesAreRefused() {
        var damaged = Self.hello
        damaged[12] ^= 0xff
        damaged[13] ^= 0x3c
        #expect(throws: GzipError.self) { try GzipReader.unpack(damaged) }
    }
}
