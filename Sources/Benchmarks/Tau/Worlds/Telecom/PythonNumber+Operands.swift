import JSON

extension PythonNumber {
    /// Both sides of an arithmetic operation.
    ///
    /// Throws what Python raises where one is no number.
    static func operands(
        _ operation: String, _ left: JSONValue, _ right: JSONValue
    ) throws(PythonException) -> (left: PythonNumber, right: PythonNumber) {
        guard let leftNumber = PythonNumber(left), let rightNumber = PythonNumber(right) else {
            throw .unsupportedOperands(operation, left.pythonTypeName, right.pythonTypeName)
        }
        return (leftNumber, rightNumber)
    }

    /// Both sides of a comparison, of which one is known to be a number.
    ///
    /// Throws what Python raises where the other is none.
    static func comparands(
        _ comparison: String, _ left: JSONValue, _ right: JSONValue
    ) throws(PythonException) -> (left: PythonNumber, right: PythonNumber) {
        guard let leftNumber = PythonNumber(left), let rightNumber = PythonNumber(right) else {
            throw .type(
                "'\(comparison)' not supported between instances of '\(left.pythonTypeName)' and "
                    + "'\(right.pythonTypeName)'")
        }
        return (leftNumber, rightNumber)
    }

    /// Python's `<=`.
    static func isAtMost(_ left: PythonNumber, _ right: PythonNumber) -> Bool {
        isLess(left, right) || equal(left, right)
    }
}
