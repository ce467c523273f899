import Evaluation
import JSON
import Testing

@testable import Datasets

@Suite struct PythonModuleTests {
    private func module(_ text: String) throws -> PythonModule {
        try PythonModule(Array(text.utf8), name: "tasks.py")
    }

    @Test(arguments: [
        ("X = 'it\\'s'", "\"it's\""), ("X = \"a\\n\\x41\\u00e5\\U0001F600\\101\"", "\"a\\nAå😀A\""),
        ("X = ('one '\n     \"two\")", "\"one two\""), ("X = r'a\\n'", "\"a\\\\n\""),
        ("X = \"\"\"a\n\"b\" \\\nc\"\"\"", "\"a\\n\\\"b\\\" c\""), ("X = '\\d'", "\"\\\\d\""),
        ("X = [1, -2, 0x1F, 1_000, 2.50, 1e3, 54.04,]", "[1,-2,31,1000,2.5,1000.0,54.04]"),
        ("X = (1,)", "[1]"), ("X = ()", "[]"), ("X = (1)", "1"),
        ("X = {'b': True, \"a\": None, }", "{\"b\":true,\"a\":null}"),
        (
            "X = Task(user='u', acts=[Act(name='n', kwargs={})])",
            "{\"user\":\"u\",\"acts\":[{\"name\":\"n\",\"kwargs\":{}}]}"
        ),
        ("# X = 1\nY = 3\nX = 2  # two", "2"), ("def f():\n    X = 1\nX = 2", "2"), ("self.X = ['a']", "[\"a\"]"),
        ("X == 1\nX = 2; Y = 3", "2"),
    ])
    func readsConstants(text: String, json: String) throws {
        #expect(try module(text).assigned(to: "X")?.text() == json)
    }

    @Test(arguments: [
        ("\nX = f(1)", "'f(…)' has an argument without a name", 2),
        ("X = [\n1,\nf'{x}']", "an 'f' or 'b' string is no constant that is read", 3),
        ("X = 'a' + y", "the expression goes on after a constant; only constants are read", 1),
        ("X = [x for x in y]", "',' or ']' was expected; only constants are read", 1),
        ("X = {1: 2}", "a key is not text", 1), ("X = 'a\nb'", "the string never ends", 1),
        ("X = T(a=1, a=2)", "'T(…)' has 'a' twice", 1), ("X = '\\xZZ'", "the escape is cut short", 1),
        ("X = [1", "',' or ']' was expected; only constants are read", 1),
        ("X = 3j", "'3j' is no number that is read", 1),
    ])
    func saysWhereAValueIsNone(text: String, message: String, line: Int) throws {
        let error = try #require(
            #expect(throws: EvaluationError.self) { try module(text).assigned(to: "X") })
        #expect(error.message == message)
        #expect(error.location?.line == line)
    }

    @Test func refusesNestingWithoutEnd() throws {
        let text = "X = " + String(repeating: "[", count: 100_000)
        #expect(throws: EvaluationError.self) { try module(text).assigned(to: "X") }
    }

    @Test func readsWhatAFunctionReturns() throws {
        let text = """
            class Add(Tool):
                @staticmethod
                def invoke(data: Dict[str, Any], a: str) -> str:
                    return str(round(float(eval(a, {"__builtins__": None}, {})), 2))

                @staticmethod
                def get_info() -> Dict[str, Any]:
                    return {"type": "function", "function": {"name": "add"}}
            """
        #expect(
            try module(text).returned(by: "get_info")?.text()
                == "{\"type\":\"function\",\"function\":{\"name\":\"add\"}}")
        #expect(try module(text).returned(by: "other") == nil)
    }

    @Test func followsImportsAndLists() throws {
        let text =
            "from .add import Add\nfrom .take_away import TakeAway, Other\n\nALL = [\n    TakeAway,\n    Add,\n]\n"
        #expect(try module(text).imports() == ["Add": "add", "TakeAway": "take_away", "Other": "take_away"])
        #expect(try module(text).names(assignedTo: "ALL") == ["TakeAway", "Add"])
    }
}
