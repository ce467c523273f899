import JSON
import Testing

@testable import Tau

@Suite("Calculator")
struct CalculatorTests {
    @Test(
        "expressions have CPython's values",
        arguments: [
            ("2 + 2", "4.0"), ("1/3", "0.33"), ("2.675", "2.67"), ("-7//2", "-4.0"), ("-7//2.0", "-4.0"),
            ("2**10", "1024.0"), ("2**-1", "0.5"), ("-2**2", "-4.0"), ("2**3**2", "512.0"), ("--3", "3.0"),
            ("0/-10", "-0.0"), ("00", "0.0"), ("007.5", "7.5"), (".5+5.", "5.5"), (" ( 1 ) ", "1.0"),
            ("10**400/10**399", "10.0"), ("10.0**308*10", "inf"), ("10.0**308*10-10.0**308*10", "nan"),
            ("1/10**330", "0.0"), ("99999999999999999999", "1e+20"),
        ])
    func values(expression: String, value: String) throws {
        #expect(try Calculator.calculate(.string(expression)) == value)
    }

    @Test(
        "mistakes have CPython's texts",
        arguments: [
            ("", "invalid syntax (<string>, line 0)"),
            ("  ", "invalid syntax (<string>, line 0)"),
            ("1 2", "invalid syntax (<string>, line 1)"),
            ("1+", "invalid syntax (<string>, line 1)"),
            ("(1 2)", "invalid syntax. Perhaps you forgot a comma? (<string>, line 1)"),
            ("(1", "'(' was never closed (<string>, line 1)"),
            ("1 2 (", "'(' was never closed (<string>, line 1)"),
            ("1 2)", "unmatched ')' (<string>, line 1)"),
            ("(*1)", "cannot use starred expression here (<string>, line 1)"),
            (
                "1 007",
                "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers "
                    + "(<string>, line 1)"
            ),
            ("1/0", "division by zero"),
            ("1/0.0", "float division by zero"),
            ("1//0", "integer division or modulo by zero"),
            ("1.0//0", "float floor division by zero"),
            ("0**-1", "0.0 cannot be raised to a negative power"),
            ("10.0**400", "(34, 'Numerical result out of range')"),
            ("10**400", "int too large to convert to float"),
            ("2(3)", "'int' object is not callable"),
            ("2(*3)", "2 argument after * must be an iterable, not int"),
            ("()", "float() argument must be a string or a real number, not 'tuple'"),
            ("()+1", "can only concatenate tuple (not \"int\") to tuple"),
            ("1-()", "unsupported operand type(s) for -: 'int' and 'tuple'"),
            ("...", "float() argument must be a string or a real number, not 'ellipsis'"),
            ("(-8)**.5", "float() argument must be a string or a real number, not 'complex'"),
            ("1/((-8)**.5-(-8)**.5)", "complex division by zero"),
            ("2%3", "Invalid characters in expression"),
        ])
    func mistakes(expression: String, text: String) {
        let error = #expect(throws: PythonException.self) { try Calculator.calculate(.string(expression)) }
        #expect(error?.message == text)
    }

    @Test(
        "other types fail as in Python",
        arguments: [
            (JSONValue.null, "'NoneType' object is not iterable"),
            (5, "'int' object is not iterable"),
            (["1", 2], "'in <string>' requires string as left operand, not int"),
            (["1+2"], "Invalid characters in expression"),
            (["123"], "eval() arg 1 must be a string, bytes or code object"),
            ([:], "eval() arg 1 must be a string, bytes or code object"),
        ] as [(JSONValue, String)])
    func otherTypes(expression: JSONValue, text: String) {
        let error = #expect(throws: PythonException.self) { try Calculator.calculate(expression) }
        #expect(error?.message == text)
    }

    @Test(
        "what would never end is refused",
        arguments: ["9**9**9", "9**9**9**9", "(9**9**5)*(9**9**5)", String(repeating: "7**5000*", count: 99) + "1"])
    func boundedWork(expression: String) {
        #expect(throws: PythonException.self) { try Calculator.calculate(.string(expression)) }
    }

    @Test func longAndDeepExpressionsDoNotExhaustTheStack() throws {
        #expect(try Calculator.calculate(.string(String(repeating: "-", count: 50_000) + "1")) == "1.0")
        #expect(try Calculator.calculate(.string(String(repeating: "1+", count: 20_000) + "1")) == "20001.0")
        let deep = String(repeating: "(", count: 201)
        let nested = #expect(throws: PythonException.self) { try Calculator.calculate(.string(deep)) }
        #expect(nested?.message == "too many nested parentheses (<string>, line 1)")
        #expect(throws: PythonException.self) {
            try Calculator.calculate(.string(String(repeating: "1**", count: 5000) + "1"))
        }
    }
}
