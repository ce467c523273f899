import JSON
import Testing

@Suite struct JSONNumberTests {
    @Test(arguments: [
        ("0", JSONValue.int(0)), ("-0", .number("-0")), ("1.0", .number("1.0")), ("1e5", .number("1e5")),
        ("1E+05", .number("1E+05")), ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
        ("9223372036854775808", .number("9223372036854775808")),
        ("-9223372036854775809", .number("-9223372036854775809")),
        ("9999999999999999999", .number("9999999999999999999")),
        ("12345678901234567890", .number("12345678901234567890")),
        ("18446744073709551617", .number("18446744073709551617")),
        ("123456789012345678", .int(123_456_789_012_345_678)),
        ("-0.0", .number("-0.0")), ("1e400", .number("1e400")),
    ])
    func keepTheirExactText(text: String, value: JSONValue) throws {
        #expect(try JSONValue.parse(text) == value)
        #expect(value.text() == text)
    }

    @Test(arguments: [
        (70.0, "70.0"), (0.1, "0.1"), (1e-5, "1e-05"), (1e16, "1e+16"), (0.0001, "0.0001"), (-0.0, "-0.0"),
        (9_999_999_999_999_998, "9999999999999998.0"), (123_456_789_012_345_680, "1.2345678901234568e+17"),
        (1e22, "1e+22"),
        (1.5e300, "1.5e+300"), (.leastNonzeroMagnitude, "5e-324"), (0.1 + 0.2, "0.30000000000000004"), (-2.5, "-2.5"),
        (100, "100.0"),
        (.infinity, "Infinity"), (-.infinity, "-Infinity"), (.nan, "NaN"), (1e-4 / 3, "3.3333333333333335e-05"),
    ])
    func fromDoublesHavePythonsShortestText(double: Double, text: String) {
        #expect(JSONValue(double).text() == text)
    }

    @Test func convertToNativeNumbersOnlyWhereTheyMeanTheSame() {
        #expect(JSONValue.int(7).intValue == 7)
        #expect(JSONValue.number("7.0").intValue == nil)
        #expect(JSONValue.number("7.0").doubleValue == 7)
        #expect(JSONValue.int(7).doubleValue == 7)
        #expect(JSONValue.number("1e400").doubleValue == .infinity)
        #expect(JSONValue.number("NaN").doubleValue?.isNaN == true)
        #expect(JSONValue.string("7").doubleValue == nil)
        #expect(JSONValue.bool(true).intValue == nil)
    }

    @Test(.enabled(if: Python.isPresent, Comment(rawValue: Python.reason)))
    func fromRandomDoublesHaveTheTextThatPythonWrites() throws {
        let seed: UInt64 = 20_240_601
        var generator = SeededGenerator(seed: seed)
        var doubles = (0..<3000).map { _ in Double(bitPattern: generator.next()) }
        doubles += (0..<3000).map { _ in Double.random(in: -1e6...1e6, using: &generator) }
        doubles += (0..<3000).map { _ in Double(Int.random(in: -99_999...99_999, using: &generator)) / 1000 }
        doubles += (-330...310).map { exponent in Double("1e\(exponent)") ?? 0 }
        let bits = doubles.map { String($0.bitPattern) }.joined(separator: "\n")
        let script = """
            import json, struct, sys
            for line in sys.stdin:
                print(json.dumps(struct.unpack('<d', struct.pack('<Q', int(line)))[0]))
            """
        let expected = try #require(Python.output(of: script, input: Array(bits.utf8))).split(separator: "\n")
        try #require(expected.count == doubles.count)
        for (double, text) in zip(doubles, expected) {
            #expect(JSONValue(double).text() == text, "seed \(seed)")
        }
    }
}
