import JSON
import Testing

@Suite struct SHA256HasherTests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func givesTheStandardsDigests(text: String, digest: String) {
        #expect(sha256Hex(text.utf8) == digest)
        var hasher = SHA256Hasher()
        for byte in text.utf8 { hasher.update([byte]) }
        hasher.update("")
        #expect(hasher.finalize() == digest)
    }

    @Test func digestsAreOfTheCanonicalTextUnlessAskedOtherwise() {
        let value: JSONValue = ["b": 1, "a": [1.0]]
        #expect(value.digest() == sha256Hex(#"{"a":[1.0],"b":1}"#.utf8))
        #expect(value.digest(.compact) == sha256Hex(#"{"b":1,"a":[1.0]}"#.utf8))
    }

    @Test(
        .enabled(if: Reference.isPresent("tau2/retail/db.json"), "reference data absent"),
        .enabled(if: Python.isPresent, Comment(rawValue: Python.reason)))
    func aWholeDatabaseHasTheDigestThatPythonComputes() throws {
        let bytes = try #require(Reference.bytes("tau2/retail/db.json"))
        let script = """
            import hashlib, json, sys
            value = json.load(sys.stdin)
            print(hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest())
            print(hashlib.sha256(json.dumps(value, indent=2, ensure_ascii=False).encode()).hexdigest())
            """
        let expected = try #require(Python.output(of: script, input: bytes)).split(separator: "\n")
        let value = try JSONValue.parse(bytes: bytes)
        #expect(value.digest(.pythonSorted) == expected[0])
        var pretty = JSONStyle.pretty
        pretty.numbers = .python
        #expect(value.digest(pretty) == expected[1])
    }
}
