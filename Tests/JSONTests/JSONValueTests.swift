import JSON
import Testing

@Suite struct JSONValueTests {
    @Test func literalsMakeTheCasesTheyLookLike() {
        let name = "Ann"
        let value: JSONValue = ["a": 1, "b": 1.5, "c": nil, "d": true, "e": "Dear \(name)", "f": [1, "x"], "g": [:]]
        #expect(value.text() == #"{"a":1,"b":1.5,"c":null,"d":true,"e":"Dear Ann","f":[1,"x"],"g":{}}"#)
    }

    @Test func settingAKeyReplacesAddsRemovesAndMakesObjects() {
        var value: JSONValue = nil
        value["a"] = 1
        value["b"] = ["c": ["d": 2]]
        value["b"]?["c"]?["d"] = 3
        value["b"]?["e"] = .null
        #expect(value.text() == #"{"a":1,"b":{"c":{"d":3},"e":null}}"#)
        #expect(value["b"]?["e"] != nil)
        #expect(value["b"]?["e"] == .null)
        value["a"] = nil
        #expect(value["a"] == nil)
        #expect(value.text() == #"{"b":{"c":{"d":3},"e":null}}"#)
    }

    @Test func settingAKeyOnAScalarOrArrayChangesNothing() {
        var values: [JSONValue] = [1, "x", [1]]
        for place in values.indices { values[place]["a"] = 2 }
        #expect(values == [1, "x", [1]])
    }
}
