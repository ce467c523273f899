import JSON
import Testing

@testable import Tau

@Suite("Python texts of JSON values")
struct PythonTextTests {
    @Test(
        "repr",
        arguments: [
            (JSONValue.null, "None"),
            (true, "True"),
            (7, "7"),
            (.number("-0"), "0"),
            (.number("12345678901234567890"), "12345678901234567890"),
            (.number("1E5"), "100000.0"),
            (.number("1e-05"), "1e-05"),
            (.number("1e16"), "1e+16"),
            (.number("NaN"), "nan"),
            (.number("-Infinity"), "-inf"),
            ("plain", "'plain'"),
            ("it's", "\"it's\""),
            ("both ' and \"", #"'both \' and "'"#),
            ("a\nb\t\\\u{7f}\u{a0}\u{200b}\u{1F600}\u{e0001}", #"'a\nb\t\\\x7f\xa0\u200b😀\U000e0001'"#),
            ([1, "a", [.null]], "[1, 'a', [None]]"),
            (["k": ["x": 1.5], "l": []], "{'k': {'x': 1.5}, 'l': []}"),
        ] as [(JSONValue, String)])
    func representation(value: JSONValue, text: String) {
        #expect(value.pythonRepresentation == text)
    }

    @Test func strOfAStringIsTheString() {
        #expect(JSONValue.string("it's").pythonText == "it's")
        #expect(JSONValue.array(["it's"]).pythonText == "[\"it's\"]")
    }

    @Test(
        "type names",
        arguments: [
            (JSONValue.null, "NoneType"), (false, "bool"), (1, "int"), (.number("99999999999999999999"), "int"),
            (1.0, "float"), ("", "str"), ([], "list"), ([:], "dict"),
        ] as [(JSONValue, String)])
    func typeNames(value: JSONValue, name: String) {
        #expect(value.pythonTypeName == name)
    }
}

@Suite("Python operations on JSON values")
struct PythonOperationTests {
    @Test func lengthsCountCodePoints() throws {
        #expect(try JSONValue.string("e\u{301}😀").pythonLength() == 3)
        #expect(try JSONValue.object(["a": 1]).pythonLength() == 1)
        expectTypeError("object of type 'NoneType' has no len()") { () throws(PythonException) in
            _ = try JSONValue.null.pythonLength()
        }
    }

    @Test func iterationGivesElementsKeysOrCharacters() throws {
        #expect(try JSONValue.string("ab").pythonIteration() == ["a", "b"])
        #expect(try JSONValue.object(["k": 1, "j": 2]).pythonIteration() == ["k", "j"])
        expectTypeError("'bool' object is not iterable") { () throws(PythonException) in
            _ = try JSONValue.bool(true).pythonIteration()
        }
    }

    @Test func countingComparesValuesInListsAndTextInStrings() throws {
        #expect(try JSONValue.array([1, 1.0, true, "1"]).pythonCount(of: 1) == 3)
        #expect(try JSONValue.string("aaaa").pythonCount(of: "aa") == 2)
        #expect(try JSONValue.string("abc").pythonCount(of: "") == 4)
        #expect(throws: PythonException(.attributeError, "'dict' object has no attribute 'count'")) {
            try JSONValue.object([:]).pythonCount(of: 1)
        }
    }

    @Test func onlyStringsFindAKeyAndContainersCannotBeHashed() throws {
        #expect(try JSONValue.string("k").pythonDictionaryKey() == "k")
        #expect(try JSONValue.int(1).pythonDictionaryKey() == nil)
        expectTypeError("unhashable type: 'list'") { () throws(PythonException) in
            _ = try JSONValue.array([]).pythonDictionaryKey()
        }
    }

    @Test func sortingOrdersByCodePointAndKeepsEqualElementsInOrder() throws {
        #expect(try JSONValue.array(["b", "a", "Z", "é", "😀", "～"]).pythonSorted() == ["Z", "a", "b", "é", "～", "😀"])
        #expect(try JSONValue.array([2, true, 1.0, 0]).pythonSorted() == [0, true, 1.0, 2])
        #expect(try JSONValue.array([[2], [1, 5], [1]]).pythonSorted() == [[1], [1, 5], [2]])
    }

    @Test func sortingMixedTypesNamesTheFirstPairCompared() {
        expectTypeError("'<' not supported between instances of 'int' and 'str'") { () throws(PythonException) in
            _ = try JSONValue.array(["a", 1, "b"]).pythonSorted()
        }
        expectTypeError("'<' not supported between instances of 'NoneType' and 'NoneType'") {
            () throws(PythonException) in
            _ = try JSONValue.array([.null, .null]).pythonSorted()
        }
    }

    private func expectTypeError(_ text: String, _ body: () throws(PythonException) -> Void) {
        #expect(throws: PythonException(.typeError, text), performing: body)
    }
}
