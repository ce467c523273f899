import JSON
import Testing

@Suite struct JSONPointerTests {
    static let document: JSONValue = [
        "foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6, " ": 7, "m~n": 8,
        "7": [1],
    ]

    @Test(arguments: [
        ("/foo", #"["bar","baz"]"#), ("/foo/0", #""bar""#), ("/", "0"), ("/a~1b", "1"), ("/c%d", "2"), ("/e^f", "3"),
        ("/g|h", "4"), ("/i\\j", "5"), ("/k\"l", "6"), ("/ ", "7"), ("/m~0n", "8"), ("/7/0", "1"),
    ])
    func leadsWhereTheStandardSays(text: String, expected: String) throws {
        let pointer = try #require(JSONPointer(text))
        #expect(Self.document[pointer]?.text() == expected)
        #expect(pointer.description == text)
    }

    @Test(arguments: [
        "/foo/2", "/foo/-1", "/foo/00", "/foo/+1", "/foo/-", "/bar", "/foo/bar", "/foo/0/x", "/foo/9999999999999999999",
    ])
    func leadsNowhereWithoutAPlace(text: String) throws {
        #expect(Self.document[try #require(JSONPointer(text))] == nil)
    }

    @Test(arguments: ["foo", "#/foo", "/~", "/~2", "/a~"])
    func refusesMalformedText(text: String) {
        #expect(JSONPointer(text) == nil)
    }

    @Test(arguments: [
        ("/a", "1", #"{"a":1,"b":{"c":[1,2]}}"#, true), ("/b/c/0", "9", #"{"a":0,"b":{"c":[9,2]}}"#, true),
        ("/b/c/-", "3", #"{"a":0,"b":{"c":[1,2,3]}}"#, true), ("/b/d", "{}", #"{"a":0,"b":{"c":[1,2],"d":{}}}"#, true),
        ("", "5", "5", true), ("/x/y", "1", #"{"a":0,"b":{"c":[1,2]}}"#, false),
        ("/a/y", "1", #"{"a":0,"b":{"c":[1,2]}}"#, false),
        ("/b/c/2", "1", #"{"a":0,"b":{"c":[1,2]}}"#, false), ("/b/c/0", nil, #"{"a":0,"b":{"c":[2]}}"#, true),
        ("/b", nil, #"{"a":0}"#, true), ("/x", nil, #"{"a":0,"b":{"c":[1,2]}}"#, false), ("", nil, "null", true),
        ("/b/c/-", nil, #"{"a":0,"b":{"c":[1,2]}}"#, false),
    ])
    func setsReplacesAddsAndRemoves(text: String, new: String?, expected: String, done: Bool) throws {
        var value: JSONValue = ["a": 0, "b": ["c": [1, 2]]]
        let pointer = try #require(JSONPointer(text))
        #expect(value.set(try new.map { try JSONValue.parse($0) }, at: pointer) == done)
        #expect(value.text() == expected)
    }

    @Test func growsByKeysAndIndices() {
        #expect(JSONPointer().appending("a/b").appending(3).description == "/a~1b/3")
    }
}

@Suite struct JSONPathTests {
    static let document: JSONValue = ["a": ["b": [["c": 1], ["c": 2]]], "x.y": ["z": 3], "q\"]": 4, "é": 5, "8": 6]

    @Test(arguments: [
        ("a.b[0].c", "1"), ("a.b[-1].c", "2"), ("a.b.1.c", "2"), ("[\"x.y\"].z", "3"), (#"["q\"]"]"#, "4"), ("é", "5"),
        ("8", "6"),
        ("a.b[1]", #"{"c":2}"#), ("a[\"b\"][0]", #"{"c":1}"#),
    ])
    func leadsToAPlace(text: String, expected: String) {
        #expect(Self.document.at(text)?.text() == expected)
    }

    @Test func anEmptyPathIsTheWholeValue() {
        #expect(Self.document.at("") == Self.document)
    }

    @Test(arguments: [
        "a.c", "a.b[2]", "a.b[-3]", "a.b.c", "a[0]", "a..b", ".a", "a.", "a[", "a[]", "a[x]", "a[\"b]", "a]", "a[0]b",
        "a\"b",
        "a[\"b\"", "a[+0]", "a.b[0", "[\"\\",
    ])
    func leadsNowhereOrIsMalformed(text: String) {
        #expect(Self.document.at(text) == nil)
    }

    @Test(arguments: ["a.b[0].c", "[\"x.y\"].z", "a[-1]", "[0][1]", #"["\"\\"].a"#])
    func writesWhatItReads(text: String) throws {
        #expect(try #require(JSONPath(text)).description == text)
    }
}

@Suite struct JSONDifferenceTests {
    @Test(
        arguments: [
            ("1", "1", []), ("1", "1.0", ["changed (whole value): 1 -> 1.0"]),
            (#"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#, []),
            (#"{"a":1,"b":2}"#, #"{"b":3,"c":4}"#, ["removed /a: 1", "changed /b: 2 -> 3", "added /c: 4"]),
            ("[1,2,3]", "[1,5]", ["changed /1: 2 -> 5", "removed /2: 3"]),
            ("[1]", "[1,2,3]", ["added /1: 2", "added /2: 3"]),
            (#"{"a":{"b/c":[{"d":1}]}}"#, #"{"a":{"b/c":[{"d":2}]}}"#, ["changed /a/b~1c/0/d: 1 -> 2"]),
            (#"{"a":[]}"#, #"{"a":{}}"#, ["changed /a: [] -> {}"]), (#"{"a":null}"#, "{}", ["removed /a: null"]),
            ("{}", #"{"a":null}"#, ["added /a: null"]),
        ] as [(String, String, [String])])
    func findsTheSmallestPlaces(old: String, new: String, expected: [String]) throws {
        let (old, new) = (try JSONValue.parse(old), try JSONValue.parse(new))
        #expect(old.differences(to: new).map(\.description) == expected)
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func areEmptyExactlyForEqualValues(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let (one, two) = (generator.value(depth: 3), generator.value(depth: 3))
        #expect(one.differences(to: two).isEmpty == (one == two), "seed \(seed)")
        #expect(one.differences(to: one).isEmpty)
    }
}

@Suite struct JSONLinesReaderTests {
    @Test func readsEveryLineThatIsNotBlank() throws {
        var reader = JSONLinesReader()
        let values = try reader.values(in: Array("{\"a\":1}\r\n\n  \n[2]\n3".utf8))
        #expect(values == [["a": 1], [2], 3])
        #expect(try reader.values(in: []) == [])
    }

    @Test func saysWhichLineIsBroken() {
        var reader = JSONLinesReader()
        let error = #expect(throws: JSONParsingError.self) { try reader.values(in: Array("1\n\n{\"a\":}\n".utf8)) }
        #expect(error?.description == "line 3, column 6: expected a value, found '}'")
        #expect(error?.offset == 8)
    }

    @Test func refusesAValueThatSpansLines() {
        var reader = JSONLinesReader()
        #expect(throws: JSONParsingError.self) { try reader.values(in: Array("[1,\n2]".utf8)) }
    }
}
