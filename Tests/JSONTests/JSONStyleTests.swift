import JSON
import Testing

@Suite struct JSONStyleTests {
    static let value: JSONValue = ["b": [1, 1.5, "é😀\u{7F}\n"], "a": ["x": nil, "B": []], "": [:]]

    @Test(arguments: [
        (JSONStyle.compact, #"{"b":[1,1.5,"é😀\#u{7F}\n"],"a":{"x":null,"B":[]},"":{}}"#),
        (.canonical, #"{"":{},"a":{"B":[],"x":null},"b":[1,1.5,"é😀\#u{7F}\n"]}"#),
        (.python, #"{"b": [1, 1.5, "\u00e9\ud83d\ude00\u007f\n"], "a": {"x": null, "B": []}, "": {}}"#),
        (.pythonSorted, #"{"": {}, "a": {"B": [], "x": null}, "b": [1, 1.5, "\u00e9\ud83d\ude00\u007f\n"]}"#),
        (
            .pretty,
            """
            {
              "b": [
                1,
                1.5,
                "é😀\u{7F}\\n"
              ],
              "a": {
                "x": null,
                "B": []
              },
              "": {}
            }
            """
        ),
    ])
    func writesEachStyle(style: JSONStyle, text: String) {
        #expect(Self.value.text(style) == text)
        var bytes = Array("before ".utf8)
        Self.value.write(into: &bytes, style: style)
        #expect(String(decoding: bytes, as: UTF8.self) == "before " + text)
    }

    @Test func sortsKeysByCodePointAndNotByUTF16OrLocale() {
        let value: JSONValue = [
            "\u{10000}": 1, "\u{FFFF}": 2, "é": 3, "e\u{301}": 4, "z": 5, "Z": 6, "": 7, "a\u{0}": 8, "a": 9,
            "longer key b": 1,
            "longer key a": 2, "longer k": 3,
        ]
        let keys = [
            "", "Z", "a", "a\u{0}", "e\u{301}", "longer k", "longer key a", "longer key b", "z", "é", "\u{FFFF}",
            "\u{10000}",
        ]
        var expected = JSONObject()
        for key in keys { expected[key] = value[key] }
        #expect(value.text(.canonical) == JSONValue.object(expected).text())
    }

    @Test(.enabled(if: Python.isPresent, Comment(rawValue: Python.reason)), arguments: 0..<4 as Range<UInt64>)
    func pythonStylesAreWhatPythonWrites(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed &+ 77)
        var values = (0..<60).map { _ in generator.value(depth: 3) }
        values += [
            "1.50", "1E5", "-0", "-0.0", "1e400", "-1e400", "0.00001", "0.0001", "0.001", "0.10", "1.0", "10.00",
            "123456789012345.5", "1234567890123456.5", "12345678901234567890.0", "1e16", "1e15",
            "00.5".dropFirst().description,
            "-12.25", "0.0", "0.00", "1234567890.12345678",
        ].map { .number($0) }
        let input = values.map { $0.text() }.joined(separator: "\n")
        let script = """
            import json, sys
            for line in sys.stdin.buffer.read().split(b'\\n'):
                value = json.loads(line)
                print(json.dumps(value))
                print(json.dumps(value, sort_keys=True))
                print(json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(',', ':')).encode().hex())
                print(json.dumps(value, indent=2, ensure_ascii=False).encode().hex())
            """
        let lines = try #require(Python.output(of: script, input: Array(input.utf8))).split(separator: "\n")
        try #require(lines.count == values.count * 4)
        var canonical = JSONStyle.canonical
        canonical.numbers = .python
        var pretty = JSONStyle.pretty
        pretty.numbers = .python
        for (place, value) in values.enumerated() {
            #expect(value.text(.python) == lines[place * 4], "seed \(seed)")
            #expect(value.text(.pythonSorted) == lines[place * 4 + 1], "seed \(seed)")
            #expect(hexadecimal(value.bytes(canonical)) == lines[place * 4 + 2], "seed \(seed)")
            #expect(hexadecimal(value.bytes(pretty)) == lines[place * 4 + 3], "seed \(seed)")
        }
    }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
