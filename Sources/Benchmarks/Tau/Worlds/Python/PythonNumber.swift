import JSON

/// A Python number: an integer of any size or a double.
///
/// A boolean counts as the integer that it is in Python.
enum PythonNumber: Hashable, Sendable {
    case integer(BigInteger)
    case float(Double)

    /// The number of a JSON value, or nil when it is none.
    init?(_ value: JSONValue) {
        switch value {
        case .bool(let value): self = .integer(BigInteger(value ? 1 : 0))
        case .int(let value): self = .integer(BigInteger(value))
        case .number(let text):
            if let integer = BigInteger(decimal: text) {
                self = .integer(integer)
            } else if let float = Double(text) {
                self = .float(float)
            } else {
                return nil
            }
        default: return nil
        }
    }

    init(_ value: some BinaryInteger) { self = .integer(BigInteger(value)) }

    /// The number as a JSON value.
    var jsonValue: JSONValue {
        switch self {
        case .integer(let value): value.int64.map { .int($0) } ?? .number(value.description)
        case .float(let value): JSONValue(value)
        }
    }

    /// `int` or `float`.
    var typeName: String {
        switch self {
        case .integer: "int"
        case .float: "float"
        }
    }

    var isZero: Bool {
        switch self {
        case .integer(let value): value.isZero
        case .float(let value): value == 0
        }
    }

    /// The value as Python's `float` converts it.
    func float() throws(PythonException) -> Double {
        switch self {
        case .float(let value): return value
        case .integer(let value):
            guard let float = value.double else {
                throw PythonException(.overflowError, "int too large to convert to float")
            }
            return float
        }
    }
}

extension PythonNumber: CustomStringConvertible {
    /// What `str` gives.
    var description: String {
        switch self {
        case .integer(let value): value.description
        case .float(let value): pythonText(of: value)
        }
    }
}

/// What Python's `repr` gives for a float.
func pythonText(of value: Double) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    return JSONValue(value).text(.python)
}
