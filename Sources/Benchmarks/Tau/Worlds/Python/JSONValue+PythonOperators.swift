import JSON

/// Operators of Python on values of any type, with the errors that CPython 3.11 raises.
extension JSONValue {
    /// Python's `value[key]`.
    func pythonItem(_ key: JSONValue) throws(PythonException) -> JSONValue {
        switch self {
        case .object(let object):
            guard let name = try key.pythonDictionaryKey(), let value = object[name] else {
                throw PythonException(.keyError, key.pythonRepresentation)
            }
            return value
        case .array(let elements):
            guard case .integer(let index)? = PythonNumber(key) else {
                throw .type("list indices must be integers or slices, not \(key.pythonTypeName)")
            }
            let place = index.int64.map { Int($0) < 0 ? Int($0) + elements.count : Int($0) }
            guard let place, elements.indices.contains(place) else {
                throw PythonException(.indexError, "list index out of range")
            }
            return elements[place]
        case .string: throw .type("string indices must be integers, not '\(key.pythonTypeName)'")
        default: throw .type("'\(pythonTypeName)' object is not subscriptable")
        }
    }

    /// Python's `key in value` for a value that is a `dict`.
    func pythonHasKey(_ key: JSONValue) throws(PythonException) -> Bool {
        guard let name = try key.pythonDictionaryKey() else { return false }
        return self[name] != nil
    }

    /// Python's `left + right`, or `left += right` where `symbol` says so.
    static func pythonSum(
        _ left: JSONValue, _ right: JSONValue, symbol: String = "+"
    ) throws(PythonException) -> JSONValue {
        switch (left, right) {
        case (.string(let one), .string(let other)): return .string(one + other)
        case (.array(let one), .array(let other)): return .array(one + other)
        default:
            let (one, other) = try numbers(left, right, symbol)
            return try (one + other).jsonValue
        }
    }

    /// Python's `left - right`, or `left -= right` where `symbol` says so.
    static func pythonDifference(
        _ left: JSONValue, _ right: JSONValue, symbol: String = "-"
    ) throws(PythonException) -> JSONValue {
        let (one, other) = try numbers(left, right, symbol)
        return try (one - other).jsonValue
    }

    /// Python's `factor * value` for a whole number, which repeats texts and lists.
    ///
    /// What is repeated is only there to be refused by the next operation, so that it is not built.
    static func pythonProduct(_ factor: Int, _ value: JSONValue) throws(PythonException) -> JSONValue {
        switch value {
        case .string, .array: return value
        default:
            let (one, other) = try numbers(JSONValue(factor), value, "*")
            return try (one * other).jsonValue
        }
    }

    /// Python's `sum` of values, which begins with the integer 0.
    static func pythonTotal(_ values: [JSONValue]) throws(PythonException) -> JSONValue {
        var total: JSONValue = 0
        for value in values { total = try pythonSum(total, value) }
        return total
    }

    private static func numbers(
        _ left: JSONValue, _ right: JSONValue, _ symbol: String
    ) throws(PythonException) -> (PythonNumber, PythonNumber) {
        guard let one = PythonNumber(left), let other = PythonNumber(right) else {
            throw .unsupportedOperands(symbol, left.pythonTypeName, right.pythonTypeName)
        }
        return (one, other)
    }

    /// Python's `round(number, 2)`, which leaves an integer as it is.
    func pythonRoundedToCents() -> JSONValue {
        guard case .float(let value)? = PythonNumber(self) else { return self }
        return JSONValue(Tau.pythonRoundedToCents(value))
    }
}
