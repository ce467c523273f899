import JSON
import Testing

@testable import Tau

@Suite("Model schemas")
struct ModelSchemaTests {
    private static let point = ModelSchema(
        "Point", [.field("x", .float), .field("y", .float, default: 0.0), .optional("label", .string)])

    @Test func dumpsHaveEveryFieldInTheOrderOfDeclaration() throws {
        let dump = try Self.point.validate(["label": "a", "unknown": 1, "x": 98])
        #expect(dump.isIdentical(to: ["x": 98.0, "y": 0.0, "label": "a"]))
        #expect(try Self.point.validate(["x": 1]).isIdentical(to: ["x": 1.0, "y": 0.0, "label": .null]))
    }

    @Test func issuesAreReportedInTheOrderOfFieldsWithUnknownKeysLast() {
        let strict = ModelSchema(
            "Strict", forbidsExtras: true,
            [.field("a", .string), .field("b", .integer), .field("c", .list(.model(Self.point)))])
        let error = #expect(throws: PythonException.self) {
            try strict.validate(["zzz": true, "c": [["x": "wide"], 5], "b": 1.5])
        }
        #expect(error?.kind == .validationError)
        #expect(
            error?.message == """
                5 validation errors for Strict
                a
                  Field required [type=missing, input_value={'zzz': True, 'c': [{'x': 'wide'}, 5], 'b': 1.5}, input_type=dict]
                    For further information visit https://errors.pydantic.dev/2.12/v/missing
                b
                  Input should be a valid integer, got a number with a fractional part [type=int_from_float, input_value=1.5, input_type=float]
                    For further information visit https://errors.pydantic.dev/2.12/v/int_from_float
                c.0.x
                  Input should be a valid number, unable to parse string as a number [type=float_parsing, input_value='wide', input_type=str]
                    For further information visit https://errors.pydantic.dev/2.12/v/float_parsing
                c.1
                  Input should be a valid dictionary or instance of Point [type=model_type, input_value=5, input_type=int]
                    For further information visit https://errors.pydantic.dev/2.12/v/model_type
                zzz
                  Extra inputs are not permitted [type=extra_forbidden, input_value=True, input_type=bool]
                    For further information visit https://errors.pydantic.dev/2.12/v/extra_forbidden
                """)
    }

    @Test func longInputsLoseTheirMiddleAtWholeCharacters() {
        let error = #expect(throws: PythonException.self) {
            try Self.point.validate(["x": .string(String(repeating: "é", count: 30))])
        }
        #expect(error?.message.contains("input_value='éééééééééééé...ééééééééééé', input_type=str") == true)
    }

    @Test func aUnionTakesTheModelThatFitsAndElseReportsAll() throws {
        let union = ModelSchema(
            "Holder",
            [
                .field(
                    "method",
                    .union([
                        .model(ModelSchema("Card", [.field("source", .literal(["card"])), .field("brand", .string)])),
                        .model(ModelSchema("Gift", [.field("source", .literal(["gift"])), .field("sum", .float)])),
                    ]))
            ])
        let dump = try union.validate(["method": ["sum": 5, "source": "gift"]])
        #expect(dump.isIdentical(to: ["method": ["source": "gift", "sum": 5.0]]))
        let error = #expect(throws: PythonException.self) { try union.validate(["method": ["source": "gift"]]) }
        let lines = error?.message.split(separator: "\n").map(String.init) ?? []
        #expect(
            lines.filter { !$0.hasPrefix(" ") } == [
                "3 validation errors for Holder", "method.Card.source", "method.Card.brand", "method.Gift.sum",
            ])
    }

    @Test(
        "lax conversions",
        arguments: [
            (FieldType.integer, JSONValue.string(" 1_000.0 "), JSONValue.int(1000)),
            (.integer, 2.0, 2), (.integer, true, 1), (.integer, "-007", -7),
            (.integer, .number("99999999999999999999"), .number("99999999999999999999")),
            (.float, 98, 98.0), (.float, "1e5", 100000.0), (.float, ".5", 0.5), (.float, "-inf", .number("-Infinity")),
            (.float, false, 0.0), (.float, "1_0.5", 10.5),
            (.boolean, "YES", true), (.boolean, 0.0, false), (.boolean, 1, true),
            (.nullable(.string), .null, .null), (.literal(["a", "b"]), "b", "b"),
        ] as [(FieldType, JSONValue, JSONValue)])
    func conversions(type: FieldType, given: JSONValue, read: JSONValue) throws {
        #expect(try ModelSchema("M", [.field("x", type)]).validate(["x": given]) == ["x": read])
    }

    @Test(
        "refusals",
        arguments: [
            (FieldType.integer, JSONValue.string("5."), "int_parsing"), (.integer, .null, "int_type"),
            (.integer, 1e20, "int_parsing_size"), (.integer, .number("NaN"), "finite_number"),
            (.float, "0x10", "float_parsing"), (.float, [], "float_type"), (.float, " 5_0", "float_parsing"),
            (.boolean, 2, "bool_parsing"), (.boolean, 0.5, "bool_type"), (.boolean, " yes", "bool_parsing"),
            (.string, 5, "string_type"), (.literal(["a"]), "b", "literal_error"), (.enumeration(["a"]), 1, "enum"),
            (.list(.any), "abc", "list_type"), (.dictionary(.any), [], "dict_type"),
        ] as [(FieldType, JSONValue, String)])
    func refusals(type: FieldType, given: JSONValue, issue: String) {
        let error = #expect(throws: PythonException.self) {
            try ModelSchema("M", [.field("x", type)]).validate(["x": given])
        }
        #expect(error?.message.contains("[type=\(issue), ") == true)
    }
}
