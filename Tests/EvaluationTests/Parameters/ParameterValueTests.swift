import Evaluation
import JSON
import Testing

@Suite struct ParameterValueTests {
    private func read<Value: ParameterValue>(_ type: Value.Type, _ json: JSONValue, origin: String? = nil) -> JSONValue?
    {
        var diagnostics = Diagnostics()
        let value = Value.decode(Node.of(json, origin: origin), into: &diagnostics)
        #expect((value == nil) == diagnostics.hasErrors)
        return value?.json
    }

    @Test func wholeNumbers() {
        #expect(read(Int.self, 3) == 3)
        #expect(read(Int.self, .number("4.0")) == 4)
        #expect(read(Int.self, .number("1e3")) == 1000)
        #expect(read(Int.self, 1.5) == nil)
        #expect(read(Int.self, .number("1e300")) == nil)
        #expect(read(Int.self, .number("99999999999999999999")) == nil)
        #expect(read(Int.self, true) == nil)
        #expect(read(Int.self, "3") == nil)
    }

    @Test func numbers() {
        #expect(read(Double.self, 3) == .number("3.0"))
        #expect(read(Double.self, 0.5) == 0.5)
        #expect(read(Double.self, .number("1e999")) == nil)
        #expect(read(Double.self, "0.5") == nil)
    }

    @Test func truth() {
        #expect(read(Bool.self, true) == true)
        #expect(read(Bool.self, "yes") == nil)
        #expect(read(Bool.self, "true") == nil)
        #expect(read(Bool.self, "True", origin: "environment FLAG") == true)
        #expect(read(Bool.self, 1) == nil)
    }

    @Test func text() {
        #expect(read(String.self, "a") == "a")
        #expect(read(String.self, 12) == nil)
        // What a variable holds is text again where text is wanted, with its zeros.
        #expect(read(String.self, 12, origin: "environment NAME") == "12")
        #expect(read(String.self, true, origin: "environment NAME") == "true")
        #expect(read(String.self, nil, origin: "default") == nil)
    }

    @Test func optionalValues() {
        #expect(read(Int?.self, nil) == .null)
        #expect(read(Int?.self, 3) == 3)
        #expect(read(Int?.self, "x") == nil)
    }

    @Test func collections() {
        #expect(read([Int].self, [1, 2]) == [1, 2])
        #expect(read([String: Int].self, ["b": 1, "a": 2]) == ["a": 2, "b": 1])
        #expect(read(OneOrMany<String>.self, "a") == ["a"])
        #expect(read(OneOrMany<String>.self, ["a", "b"]) == ["a", "b"])
        #expect(read(JSONValue.self, ["a": [1]]) == ["a": [1]])
        #expect(read(JSONObject.self, ["a": 1]) == ["a": 1])
        #expect(read(JSONObject.self, [1]) == nil)
    }

    @Test func identifiersKeepTheirText() {
        var diagnostics = Diagnostics()
        var node = Node.of(17)
        node.text = "0017"
        #expect(IdentifierText.decode(node, into: &diagnostics)?.text == "0017")
    }
}
