import JSON
import Testing

@Suite struct JSONParsingTests {
    @Test(arguments: [
        ("null", "null"), (" \n\r\t true ", "true"), ("false", "false"), ("0", "0"), ("-1", "-1"), ("\"\"", "\"\""),
        ("[]", "[]"), ("[ ]", "[]"), ("{}", "{}"), ("{ }", "{}"), ("[1,[2,[3]]]", "[1,[2,[3]]]"), ("[1 , 2]", "[1,2]"),
        (#"{"a" : 1 , "b":{"c":[ ]}}"#, #"{"a":1,"b":{"c":[]}}"#), (#"{"":0}"#, #"{"":0}"#),
        (#"["\u0041\u00e9\u4E2d"]"#, #"["Aé中"]"#), (#""\"\\\/\b\f\n\r\t""#, #""\"\\/\b\f\n\r\t""#),
        (#""\ud83d\uDE00""#, "\"😀\""), ("\"\u{7F}\u{2028}\"", "\"\u{7F}\u{2028}\""), (#""\u0000""#, #""\u0000""#),
        ("\u{FEFF}[1]", "[1]"),
    ])
    func acceptsWhatTheStandardAllows(text: String, compact: String) throws {
        #expect(try JSONValue.parse(text).text() == compact)
        #expect(try JSONValue.parse(bytes: Array(text.utf8)).text() == compact)
    }

    @Test(arguments: [
        "", " ", "nul", "nulll", "True", "None", "undefined", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1]]",
        "{", "}",
        #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a" 1}"#, "{a:1}", "{'a':1}", "{1:1}", #"{"a":1 "b":2}"#, "1 2", "01",
        "-01",
        "+1", "-", "1.", ".5", "1e", "1e+", "1.e1", "0x10", "1_000", "NaN", "Infinity", "-Infinity", "-NaN", "\"",
        "\"a",
        #""\"#, #""\x""#, #""\u12""#, #""\u12G4""#, #""\u 123""#, "\"\u{1}\"", "\"\n\"", "\"\t\"", "'a'", "// x\n1",
        "/* */1",
        "\u{A0}1", "1\u{0}", "[\u{0C}1]", "\u{FEFF}\u{FEFF}1", "\"\\\u{0A}\"",
    ])
    func refusesWhatTheStandardForbids(text: String) {
        #expect(throws: JSONParsingError.self) { try JSONValue.parse(text) }
    }

    @Test(arguments: [("NaN", "NaN"), ("[Infinity,-Infinity]", "[Infinity,-Infinity]")])
    func readsNonFiniteNumbersOnlyWhenAsked(text: String, compact: String) throws {
        #expect(try JSONValue.parse(text, options: .init(allowsNonFiniteNumbers: true)).text() == compact)
        #expect(throws: JSONParsingError.self) { try JSONValue.parse(text) }
        #expect(throws: JSONParsingError.self) {
            try JSONValue.parse("-NaN", options: .init(allowsNonFiniteNumbers: true))
        }
    }

    @Test(arguments: [
        (#""\ud800""#, "\u{FFFD}"), (#""\udc00x""#, "\u{FFFD}x"), (#""\ud800\ud800\udc00""#, "\u{FFFD}\u{10000}"),
        (#""\ud800\n""#, "\u{FFFD}\n"), (#""\ud800\u0041""#, "\u{FFFD}A"),
    ])
    func replacesOrRefusesLoneSurrogates(text: String, string: String) throws {
        #expect(try JSONValue.parse(text) == .string(string))
        let error = #expect(throws: JSONParsingError.self) {
            try JSONValue.parse(text, options: .init(loneSurrogates: .refuse))
        }
        #expect(error?.message == "half of a surrogate pair")
    }

    @Test(
        arguments: [
            ([0x22, 0x80, 0x22], 1), ([0x22, 0x61, 0xC0, 0xAF, 0x22], 2), ([0x22, 0xE2, 0x82, 0x22], 1),
            ([0x22, 0xED, 0xA0, 0x80, 0x22], 1), ([0x22, 0xF5, 0x80, 0x80, 0x80, 0x22], 1),
            ([0x22, 0xC3, 0xA9, 0xFF, 0x22], 3),
            ([0x22, 0x5C, 0x6E, 0xFF, 0x22], 3), ([0x22, 0xF0, 0x9F, 0x98, 0x22], 1), ([0xFF], 0),
        ] as [([UInt8], Int)])
    func refusesBytesThatAreNotUTF8WithTheirPlace(bytes: [UInt8], offset: Int) {
        let error = #expect(throws: JSONParsingError.self) { try JSONValue.parse(bytes: bytes) }
        #expect(error?.offset == offset)
    }

    @Test func treatsRepeatedKeysAsAsked() throws {
        let text = #"{"a":1,"b":2,"a":3}"#
        #expect(try JSONValue.parse(text).text() == #"{"a":3,"b":2}"#)
        #expect(try JSONValue.parse(text, options: .init(duplicateKeys: .keepFirst)).text() == #"{"a":1,"b":2}"#)
        let error = #expect(throws: JSONParsingError.self) {
            try JSONValue.parse(text, options: .init(duplicateKeys: .refuse))
        }
        #expect(error?.description == #"line 1, column 14: the key "a" is there twice in one object"#)
    }

    @Test func findsRepeatedKeysAmongMany() throws {
        let members = (0..<200).map { #""key\#($0)":\#($0)"# }.joined(separator: ",")
        let value = try JSONValue.parse("{\(members),\"key7\":\"again\",\"key150\":\"too\"}")
        #expect(value.objectValue?.count == 200)
        #expect(value["key7"] == "again")
        #expect(value.objectValue?[7].value == "again")
        #expect(throws: JSONParsingError.self) {
            try JSONValue.parse("{\(members),\"key150\":1}", options: .init(duplicateKeys: .refuse))
        }
        _ = try JSONValue.parse("{\(members)}", options: .init(duplicateKeys: .refuse))
    }

    @Test func bytesFromAnyCollectionAreRead() throws {
        let bytes = Array("xx[1,2]yy".utf8)
        #expect(try JSONValue.parse(bytes: bytes[2..<7]) == [1, 2])
        #expect(try JSONValue.parse(bytes: "[1,2]".utf8.lazy.map { $0 }) == [1, 2])
    }
}

@Suite struct JSONDepthTests {
    @Test(arguments: [("[", "]"), (#"{"a":"#, "}")])
    func refusesMoreLevelsThanAllowed(open: String, close: String) throws {
        let deep = String(repeating: open, count: 512) + "1" + String(repeating: close, count: 512)
        _ = try JSONValue.parse(deep)
        let error = #expect(throws: JSONParsingError.self) { try JSONValue.parse("[\(deep)]") }
        #expect(error?.message == "nested deeper than 512 levels")
        #expect(throws: JSONParsingError.self) {
            try JSONValue.parse("[[1]]", options: .init(maximumDepth: 1))
        }
    }

    @Test(arguments: ["[", #"{"a":"#, "[{\"a\":"])
    func survivesDepthBombsWhateverIsAskedFor(open: String) {
        let bomb = String(repeating: open, count: 200_000)
        let error = #expect(throws: JSONParsingError.self) {
            try JSONValue.parse(bomb, options: .init(maximumDepth: .max))
        }
        #expect(error?.message == "nested deeper than \(JSONParsingOptions.depthLimit) levels")
    }

    @Test func walksTheDeepestValuesThatCanBeRead() throws {
        let limit = JSONParsingOptions.depthLimit
        let text = String(repeating: #"[{"a":"#, count: limit / 2) + "1" + String(repeating: "}]", count: limit / 2)
        let options = JSONParsingOptions(maximumDepth: limit)
        let value = try JSONValue.parse(text, options: options)
        let other = try JSONValue.parse(text, options: options)
        #expect(value == other && value.hashValue == other.hashValue)
        #expect(value.pythonEquals(other) && value.isIdentical(to: other))
        #expect(value.differences(to: other).isEmpty)
        #expect(value.text() == text)
    }
}

@Suite struct JSONParsingErrorTests {
    @Test(arguments: [
        ("[1,\n 2 3]", "line 2, column 4: expected ',' or ']' in array, found '3'"),
        ("{\"a\": 1\n\"b\": 2}", "line 2, column 1: expected ',' or '}' in object, found '\"'"),
        ("{\"é😀\" 1}", "line 1, column 7: expected ':' after a key, found '1'"),
        ("{a: 1}", "line 1, column 2: expected a key in double quotes, found 'a'"),
        ("[1,]", "line 1, column 4: expected a value, found ']'"),
        ("[tru]", "line 1, column 2: expected a value, found 't'"),
        ("", "line 1, column 1: expected a value, found the end of the text"),
        ("[1", "line 1, column 3: expected ',' or ']' in array, found the end of the text"),
        ("[\"ab", "line 1, column 2: the string has no closing quote"),
        ("[\"ab\\", "line 1, column 2: the string has no closing quote"),
        ("\r\n\r\n[01]", "line 3, column 2: a number must not start with zero"),
        ("[1.]", "line 1, column 4: expected a digit after the decimal point, found ']'"),
        ("[-]", "line 1, column 3: expected a digit, found ']'"),
        ("\"\\q\"", "line 1, column 2: unknown escape in a string"),
        ("\"a\nb\"", "line 1, column 3: a control character in a string has to be escaped"),
        ("1 é", "line 1, column 3: unexpected text after the value"),
        ("\u{FEFF}x", "line 1, column 1: expected a value, found 'x'"),
        ("[é]", "line 1, column 2: expected a value, found 'é'"),
    ])
    func sayWhatAndWhere(text: String, description: String) {
        let error = #expect(throws: JSONParsingError.self) { try JSONValue.parse(text) }
        #expect(error?.description == description)
    }

    @Test func countColumnsInCharactersAndOffsetsInBytes() {
        let error = #expect(throws: JSONParsingError.self) { try JSONValue.parse("[\"é\",\n\"中\" x]") }
        #expect(error?.line == 2)
        #expect(error?.column == 5)
        #expect(error?.offset == 13)
    }
}
