import JSON

/// The `calculate` tool of the official domains, which hands arithmetic to Python's `eval`.
///
/// Digits, the four operators, points, parentheses and spaces are all it takes; `**` and `//` come of themselves. Results and
/// error texts are CPython 3.12's. What would run without bound there is refused here.
enum Calculator {
    private static let alphabet = Array("0123456789+-*/(). ".unicodeScalars)

    /// The value of an expression, rounded to two decimals, as text.
    ///
    /// `refusal` is what the domain says to other characters.
    static func calculate(
        _ expression: JSONValue, refusal: String = "Invalid characters in expression"
    ) throws(PythonException) -> String {
        for element in try expression.pythonIteration() {
            guard case .string(let text) = element else {
                throw .type("'in <string>' requires string as left operand, not \(element.pythonTypeName)")
            }
            guard isInAlphabet(text) else { throw .value(refusal) }
        }
        guard case .string(let source) = expression else {
            throw .type("eval() arg 1 must be a string, bytes or code object")
        }
        let value = try evaluate(source).float()
        return pythonText(of: pythonRoundedToCents(value))
    }

    /// Whether a text occurs in the alphabet; an expression's elements are single characters, those of a list may be longer.
    private static func isInAlphabet(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        if scalars.count <= 1 { return scalars.allSatisfy(alphabet.contains) }
        return alphabet.indices.contains { alphabet[$0...].starts(with: scalars) }
    }

    private static func evaluate(_ source: String) throws(PythonException) -> CalculatorValue {
        var parser = CalculatorParser(source)
        var machine = CalculatorMachine()
        for instruction in try parser.parse() { try machine.perform(instruction) }
        return machine.result
    }
}
