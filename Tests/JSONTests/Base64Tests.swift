import JSON
import Testing

@Suite("Base 64")
struct Base64Tests {
    @Test(
        "What is encoded comes back",
        arguments: [[], [0], [255, 254], Array("hello".utf8), Array(0...255)] as [[UInt8]])
    func decodesItsOwn(bytes: [UInt8]) {
        #expect(Base64.decode(Base64.encode(bytes)) == bytes)
        #expect(Base64.decode(Base64.encode(bytes, forURLs: true)) == bytes)
    }

    @Test("Bytes become the text that the standard says")
    func encodesAsTheStandardSays() {
        #expect(Base64.encode(Array("foobar".utf8)) == "Zm9vYmFy")
        #expect(Base64.encode(Array("fooba".utf8)) == "Zm9vYmE=")
        #expect(Base64.encode([0xFB, 0xFF], forURLs: true) == "-_8=")
    }

    @Test(
        "What is no base 64 is refused",
        arguments: ["not base64!", "Zm9vYmE", "Zm9vYg", "Zm9v=mFy", "Z===", "====", "Zm9vYm\nFy"])
    func refusesOthers(text: String) {
        #expect(Base64.decode(text) == nil)
    }
}
