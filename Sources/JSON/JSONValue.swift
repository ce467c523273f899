/// One JSON value: objects keep their key order, numbers keep their exact text.
///
/// Parsing and writing a value again in ``JSONStyle/compact`` loses nothing but white space and escapes: `1.0`, `1e5`, `-0` and
/// integers beyond 64 bits come back as they were written. Equality (`==`) is exact: the same types, the same number text, the
/// same string bytes (two Unicode spellings of one character differ, as in every other language), key order ignored.
/// ``isIdentical(to:)`` also compares the order, ``isNumericallyEqual(to:)`` compares numbers by value, and
/// ``pythonEquals(_:)`` is Python's `==`.
///
/// A parsed value is at most ``JSONParsingOptions/maximumDepth`` deep, and so is the recursion of everything that walks it.
/// Code that builds values bears the same duty: some thousand levels are fine, a million are not.
public enum JSONValue: Sendable {
    /// The value `null`.
    case null
    /// A boolean.
    case bool(Bool)
    /// An integer that was written without fraction or exponent and fits in 64 bits.
    case int(Int64)
    /// The exact text of every other number: `1.0`, `1e5`, `-0`, `12345678901234567890`.
    ///
    /// The text is written out as it is, so it has to be a JSON number (or `NaN`, `Infinity`, `-Infinity`, which only
    /// Python-like readers take). ``init(_:)-(Double)`` makes it from a floating-point value.
    case number(String)
    /// A string.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object, in the order of its keys.
    case object(JSONObject)
}

extension JSONValue {
    /// Makes a number whose text is the shortest that reads back as `double`, in the form of Python's `repr`.
    ///
    /// The text always tells it from an integer: `70.0`, `0.1`, `1e-05`, `1e+16`. Values that JSON has no words for become
    /// `NaN`, `Infinity` and `-Infinity`, as Python writes them.
    public init(_ double: Double) {
        self = .number(pythonFloatText(double))
    }

    /// The JSON Schema word for this value's type: `null`, `boolean`, `integer`, `number`, `string`, `array` or `object`.
    public var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .int: "integer"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    /// Whether this is `null`.
    public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// The boolean, or nil for any other type.
    public var boolValue: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The integer, or nil for any other type, `1.0` included.
    public var intValue: Int? {
        if case .int(let value) = self { Int(value) } else { nil }
    }

    /// The nearest floating-point value of an integer or number, or nil for any other type.
    ///
    /// A number beyond the range of `Double` is an infinity.
    public var doubleValue: Double? {
        switch self {
        case .int(let value): Double(value)
        case .number(let text): Double(text)
        default: nil
        }
    }

    /// The string, or nil for any other type.
    public var stringValue: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The elements of an array, or nil for any other type.
    public var arrayValue: [JSONValue]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The object, or nil for any other type.
    public var objectValue: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }
}

extension JSONValue: CustomStringConvertible {
    /// The compact text.
    public var description: String { text() }
}
