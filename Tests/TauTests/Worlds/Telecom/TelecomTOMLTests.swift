import JSON
import Testing

@testable import Tau

@Suite("TOML")
struct TelecomTOMLTests {
    private func read(_ text: String) throws(TOMLParsingError) -> JSONValue { try TOMLReader.read(Array(text.utf8)) }

    @Test("Keys keep the order of the document")
    func order() throws {
        let value = try read("[z.b]\n[z.a]\nq = 1\nc = 2\n[a]\n")
        #expect(value.text() == #"{"z":{"b":{},"a":{"q":1,"c":2}},"a":{}}"#)
    }

    @Test("Tables, arrays of tables and dotted keys nest")
    func tables() throws {
        let value = try read(
            """
            title = "x" # a comment
            point.x = 1
            point."y z" = { a.b = 2, c = [ 1, 2,
              3, # three
            ] }

            [[fruit]]
            name = "apple"
            [fruit.physical]
            color = 'red'
            [[fruit.variety]]
            name = "red"
            [[fruit.variety]]
            name = "green"
            [[fruit]]
            name = "banana"
            """)
        #expect(
            value.text()
                == #"{"title":"x","point":{"x":1,"y z":{"a":{"b":2},"c":[1,2,3]}},"fruit":[{"name":"apple","#
                + #""physical":{"color":"red"},"variety":[{"name":"red"},{"name":"green"}]},{"name":"banana"}]}"#)
    }

    @Test(
        "Values",
        arguments: [
            ("1", "1"), ("-17", "-17"), ("+1_000", "1000"), ("0xFF", "255"), ("0o17", "15"), ("0b101", "5"),
            ("9223372036854775807", "9223372036854775807"), ("1.0", "1.0"), ("-0.5e1_0", "-5000000000.0"),
            ("1e3", "1000.0"), ("inf", "Infinity"), ("-inf", "-Infinity"), ("nan", "NaN"), ("true", "true"),
            ("false", "false"), ("[]", "[]"), ("{}", "{}"), ("2025-02-25", #""2025-02-25""#),
            ("2025-02-25T12:08:00.5+01:00", #""2025-02-25T12:08:00.5+01:00""#),
            ("2025-02-25 12:08:00", #""2025-02-25 12:08:00""#), ("07:30:00", #""07:30:00""#),
            (#""a\tb\u00e9\U0001F600\"""#, #""a\tbé😀\"""#), (#"'C:\x'"#, #""C:\\x""#),
            ("\"\"\"\na\n\"b\"\"\"\"\"", #""a\n\"b\"\"""#), ("\"\"\"a\\\n   b\"\"\"", #""ab""#),
            ("'''\na\\n'''", #""a\\n""#),
        ])
    func values(text: String, expected: String) throws {
        #expect(try read("v = \(text)")["v"]?.text() == expected)
    }

    @Test(
        "Faults are named with their place",
        arguments: [
            ("a = 1\nb", 2, 2, "expected '=' after the key"),
            ("a = 1 b = 2", 1, 7, "expected the end of the line"),
            ("a = 1\na = 2", 2, 1, "'a' is defined twice"),
            ("[a]\n[a]", 2, 1, "'a' is defined twice"),
            ("a = [1]\n[[a]]", 2, 1, "'a' is defined twice"),
            ("a = {b = 1}\n[a.c]", 2, 1, "'a' is already complete and takes no further tables"),
            ("[a.b]\n[a]\nb.c = 1", 3, 1, "'b' is already complete and takes no further keys"),
            ("[a", 1, 3, "expected ']' at the end of the header"),
            ("ä = 1", 1, 1, "expected a key"),
            ("é = 'x", 1, 1, "expected a key"),
            ("a = yes", 1, 5, "'yes' is no value; strings stand in quotes"),
            ("a = 012", 1, 5, "'012' is no value; strings stand in quotes"),
            ("a = 1__0", 1, 5, "'1__0' is no value; strings stand in quotes"),
            ("a = 9223372036854775808", 1, 5, "'9223372036854775808' is no value; strings stand in quotes"),
            ("a =", 1, 4, "expected a value"),
            ("a = [1 2]", 1, 8, "expected ',' or ']' in the array"),
            ("a = {b = 1,}", 1, 12, "expected a key"),
            ("a = \"x", 1, 5, "the string does not end on its line"),
            ("a = \"\"\"x", 1, 8, "the string does not end"),
            ("a = \"\\q\"", 1, 6, "unknown escape in a string"),
            ("a = \"\\uD800\"", 1, 6, "an escape names no Unicode character"),
            ("# \u{1}", 1, 3, "a comment has a control character"),
        ])
    func faults(text: String, line: Int, column: Int, message: String) {
        #expect(throws: TOMLParsingError(message: message, line: line, column: column)) { try read(text) }
    }

    @Test("Bytes that are no text, and depth without end, are refused")
    func hostile() {
        #expect(throws: TOMLParsingError.self) { try TOMLReader.read([0x61, 0x3D, 0xFF]) }
        #expect(throws: TOMLParsingError.self) { try read("a = " + String(repeating: "[", count: 100_000)) }
        #expect(throws: TOMLParsingError.self) { try read("a = " + String(repeating: "{a=", count: 100_000)) }
        #expect(throws: TOMLParsingError.self) { try read(String(repeating: "a.", count: 100_000) + "a = 1") }
        #expect(throws: TOMLParsingError.self) { try read("[" + String(repeating: "a.", count: 100_000) + "a]") }
    }
}
