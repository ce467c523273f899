import JSON
import Testing

@Suite struct JSONEqualityTests {
    /// Two texts, whether they are numerically equal, and whether Python calls them equal.
    static let pairs: [(String, String, Bool, Bool)] = [
        ("1", "1.0", true, true), ("1", "1e0", true, true), ("100", "1E2", true, true), ("1", "true", false, true),
        ("0", "false", false, true), ("1.0", "true", false, true), ("2", "true", false, false),
        ("true", "true", true, true),
        ("true", "false", false, false), ("0", "-0", true, true), ("0", "-0.0", true, true),
        ("1", "\"1\"", false, false),
        ("null", "0", false, false), ("null", "false", false, false), ("[]", "{}", false, false),
        ("0.1", "0.10000000000000001", true, true), ("0.1", "0.1000001", false, false),
        ("9007199254740993", "9007199254740992.0", false, false),
        ("9007199254740992", "9007199254740992.0", true, true),
        ("9007199254740993", "9007199254740993.0", false, false),
        ("18446744073709551616", "18446744073709551616.0", true, true),
        ("18446744073709551617", "18446744073709551616.0", false, false),
        ("100000000000000000000000", "1e23", false, false), ("99999999999999991611392", "1e23", true, true),
        ("-99999999999999991611392", "-1e23", true, true), ("99999999999999991611392", "-1e23", false, false),
        ("12345678901234567890", "12345678901234567890", true, true),
        ("12345678901234567890", "12345678901234567891", false, false), ("1e400", "1e401", true, true),
        ("-1e400", "1e400", false, false), ("[1,{\"a\":2}]", "[1.0,{\"a\":2.0}]", true, true),
        (#"{"a":1,"b":2}"#, #"{"b":2.0,"a":1e0}"#, true, true), (#"{"a":1}"#, #"{"a":1,"b":2}"#, false, false),
        ("[1,2]", "[2,1]", false, false), ("[1]", "[1,1]", false, false), ("\"a\"", "\"a\"", true, true),
        ("5e-324", "4.9e-324", true, true), ("[true]", "[1]", false, true), ("0.5", "0", false, false),
    ]

    @Test(arguments: pairs)
    func comparesNumbersByValue(left: String, right: String, numerically: Bool, inPython: Bool) throws {
        let (one, two) = (try JSONValue.parse(left), try JSONValue.parse(right))
        #expect(one.isNumericallyEqual(to: two) == numerically && two.isNumericallyEqual(to: one) == numerically)
        #expect(one.pythonEquals(two) == inPython && two.pythonEquals(one) == inPython)
    }

    @Test(.enabled(if: Python.isPresent, Comment(rawValue: Python.reason)))
    func agreesWithPythonOnTheWholeTable() throws {
        let texts = Array(Set(Self.pairs.flatMap { [$0.0, $0.1] })).sorted()
        let script = """
            import json, sys
            values = [json.loads(line) for line in sys.stdin.read().splitlines()]
            for one in values:
                print(''.join('1' if one == two else '0' for two in values))
            """
        let input = Array(texts.joined(separator: "\n").utf8)
        let rows = try #require(Python.output(of: script, input: input)).split(separator: "\n").map(Array.init)
        let values = try texts.map { try JSONValue.parse($0) }
        try #require(rows.count == values.count)
        for (row, one) in values.enumerated() {
            for (column, two) in values.enumerated() {
                #expect(one.pythonEquals(two) == (rows[row][column] == "1"), "\(texts[row]) == \(texts[column])")
            }
        }
    }

    @Test func exactEqualityComparesTextAndType() {
        #expect(JSONValue.number("1.0") != .number("1.00"))
        #expect(JSONValue.int(1) != .number("1.0"))
        #expect(JSONValue.int(1) != .bool(true))
        #expect(JSONValue.null != .bool(false))
        #expect(Set<JSONValue>([1, 1, "1", 1.0, [1], [1], ["a": 1], ["a": 1]]).count == 5)
    }

    static let typed: [(JSONValue, String)] = [
        (.null, "null"), (true, "boolean"), (1, "integer"), (1.0, "number"), ("", "string"), ([], "array"),
        ([:], "object"),
    ]

    @Test(arguments: typed)
    func namesTypesAsJSONSchemaDoes(value: JSONValue, name: String) {
        #expect(value.typeName == name)
        #expect(value.isNull == (name == "null"))
    }
}
