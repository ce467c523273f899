import Testing
import YAML

/// The content of a scalar in a form that tables can spell.
enum Scalar: Equatable, Sendable {
    case null, bool(Bool), int(Int64), float(String), string(String)

    init?(_ node: YAMLNode) {
        switch node.content {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .int(value)
        case .float(let text): self = .float(text)
        case .string(let text): self = .string(text)
        case .sequence, .mapping: return nil
        }
    }
}

@Suite struct ScalarTests {
    @Test(arguments: [
        ("", Scalar.null), ("~", .null), ("null", .null), ("Null", .null), ("NULL", .null), ("nULL", .string("nULL")),
        ("true", .bool(true)), ("True", .bool(true)), ("TRUE", .bool(true)), ("tRUE", .string("tRUE")),
        ("false", .bool(false)), ("False", .bool(false)), ("FALSE", .bool(false)),
        ("yes", .string("yes")), ("no", .string("no")), ("on", .string("on")), ("off", .string("off")),
        ("y", .string("y")), ("NO", .string("NO")),
        ("0", .int(0)), ("12", .int(12)), ("-7", .int(-7)), ("+7", .int(7)), ("017", .int(17)), ("-017", .int(-17)),
        ("0o17", .int(15)), ("0x1F", .int(31)), ("0xff", .int(255)), ("0o8", .string("0o8")), ("0x", .string("0x")),
        ("0xG", .string("0xG")), ("-0x1F", .string("-0x1F")), ("1_000", .string("1_000")), ("0b11", .string("0b11")),
        ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
        ("9223372036854775808", .float("9223372036854775808")),
        ("0xFFFFFFFFFFFFFFFFFF", .float("0xFFFFFFFFFFFFFFFFFF")),
        ("1.5", .float("1.5")), ("1.", .float("1.")), (".5", .float(".5")), ("-.5", .float("-.5")),
        ("1e3", .float("1e3")), ("1E+3", .float("1E+3")), ("1.5e-3", .float("1.5e-3")), ("0.10", .float("0.10")),
        (".", .string(".")), ("1e", .string("1e")), ("e3", .string("e3")), ("1.2.3", .string("1.2.3")),
        ("+", .string("+")), ("1e+", .string("1e+")), ("+-1", .string("+-1")),
        (".inf", .float(".inf")), ("-.Inf", .float("-.Inf")), ("+.INF", .float("+.INF")), (".nan", .float(".nan")),
        (".NaN", .float(".NaN")), ("-.nan", .string("-.nan")), ("inf", .string("inf")), ("NaN", .string("NaN")),
        ("12:30:45", .string("12:30:45")), ("2024-01-02", .string("2024-01-02")), ("hello", .string("hello")),
        ("a b", .string("a b")), ("truest", .string("truest")), ("${PORT:-80}", .string("${PORT:-80}")),
    ])
    func plainScalarsFollowTheCoreSchemaOfVersionOnePointTwo(text: String, expected: Scalar) throws {
        let node = try #require(try YAML.parse("key: \(text)")["key"])
        #expect(Scalar(node) == expected)
        #expect(node.rawScalar == text)
        #expect(Scalar(YAMLNode(YAMLNode.Content(plainScalar: text))) == expected)
    }

    @Test(arguments: [
        ("'12'", "12", YAMLNode.Style.singleQuoted), ("\"true\"", "true", .doubleQuoted), ("''", "", .singleQuoted),
        ("'it''s'", "it's", .singleQuoted), (#""a\tb\u00e9\n""#, "a\tbé\n", .doubleQuoted),
        ("null # x", "null", .plain),
        ("|\n  12\n  b\n", "12\nb\n", .literal), ("|-\n  12\n", "12", .literal),
        (">\n  a\n  b\n\n  c\n", "a b\nc\n", .folded),
        ("|+\n  a\n\n", "a\n\n", .literal), ("|2\n    a\n", "  a\n", .literal), ("a\n  b", "a b", .plain),
    ])
    func quotedAndBlockScalarsKeepTheirTextAndStyle(text: String, expected: String, style: YAMLNode.Style) throws {
        let node = try #require(try YAML.parse("key: \(text)")["key"])
        #expect(node.style == style)
        #expect(node.rawScalar == expected)
        if style != .plain { #expect(node.string == expected) }
    }

    @Test(arguments: [
        ("!!str 12", Scalar.string("12")), ("!!str", .string("")), ("! 12", .string("12")), ("!!int '12'", .int(12)),
        ("!!int 0x10", .int(16)), ("!!float 3", .float("3")), ("!!float '1.5'", .float("1.5")),
        ("!!bool 'true'", .bool(true)),
        ("!!null ''", .null), ("!!null 'null'", .null), ("!<tag:yaml.org,2002:str> 1", .string("1")),
    ])
    func explicitTagsDecideTheType(text: String, expected: Scalar) throws {
        let node = try #require(try YAML.parse("key: \(text)")["key"])
        #expect(Scalar(node) == expected)
        #expect(node.tag != nil)
    }

    @Test(arguments: [
        ("!!int abc", "'abc' is not what the tag !!int asks for"), ("!!bool yes", "'yes' is not what"),
        ("!!int 1.5", "'1.5' is not what"), ("!!float x", "'x' is not what"), ("!!null x", "'x' is not what"),
        ("!thing 1", "unknown tag !thing"), ("!!binary aGk=", "unknown tag !!binary"),
        ("!!set {a, b}", "unknown tag !!set"),
        ("!!python/object x", "unknown tag !!python/object"), ("!<x:y> 1", "unknown tag !<x:y>"),
        ("!!seq a", "is for a collection"), ("!!map [a]", "does not fit a list"),
        ("!!seq {a: b}", "does not fit a mapping"),
        ("!!str [a]", "does not fit a list"), ("!env X", "unknown tag !env"),
    ])
    func tagsThatDoNotFitAreLocatedErrors(text: String, message: String) throws {
        let error = #expect(throws: YAMLError.self) { try YAML.parse("a: 1\nkey: \(text)") }
        #expect(error?.message.contains(message) == true, "\(error?.description ?? "")")
        #expect(error?.mark.line == 2)
        #expect(error?.mark.column == 6)
    }

    @Test(arguments: [
        ("1", 1.0), ("-1.5", -1.5), ("+2.5", 2.5), ("1.", 1), (".5", 0.5), ("1e3", 1000), (".inf", .infinity),
        ("-.INF", -.infinity), ("0xFFFFFFFFFFFFFFFFFF", 0x1p72),
        ("0o7777777777777777777777777", 0x1p75),
        ("99999999999999999999", 1e20),
    ])
    func numbersConvertToDoubles(text: String, expected: Double) throws {
        #expect(try YAML.parse(text).double == expected)
    }

    @Test func notANumberIsUnderstood() throws {
        #expect(try YAML.parse(".nan").double?.isNaN == true)
        #expect(try YAML.parse("abc").double == nil)
    }

    @Test func accessorsAnswerOnlyForTheirKind() throws {
        let node = try YAML.parse("{s: text, i: 3, b: true, n: null, l: [1, 2], m: {k: v}, f: 1.5}")
        #expect(node["s"]?.string == "text")
        #expect(node["i"]?.int == 3)
        #expect(node["i"]?.string == nil)
        #expect(node["b"]?.bool == true)
        #expect(node["n"]?.isNull == true)
        #expect(node["l"]?.elements?.count == 2)
        #expect(node["m"]?.pairs?.first?.name == "k")
        #expect(node["m"]?.rawScalar == nil)
        #expect(node["absent"] == nil)
        #expect(node["s"]?["k"] == nil)
        #expect(
            node.pairs?.map(\.value.kind) == [
                "a string", "an integer", "a boolean", "null", "a list", "a mapping", "a number",
            ])
    }
}
