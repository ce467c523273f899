extension JSONValue: ExpressibleByNilLiteral {
    /// Makes `null`.
    public init(nilLiteral: ()) { self = .null }
}

extension JSONValue: ExpressibleByBooleanLiteral {
    /// Makes a boolean.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSONValue: ExpressibleByIntegerLiteral {
    /// Makes an integer.
    public init(integerLiteral value: Int64) { self = .int(value) }
}

extension JSONValue: ExpressibleByFloatLiteral {
    /// Makes a number from the literal's value: `1.50` becomes `1.5`.
    public init(floatLiteral value: Double) { self.init(value) }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    /// Makes a string.
    public init(stringLiteral value: String) { self = .string(value) }
}

extension JSONValue: ExpressibleByArrayLiteral {
    /// Makes an array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
    /// Makes an object in the order of the literal; of repeated keys the last value holds.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(JSONObject(entries: elements.map { (key: $0.0, value: $0.1) }))
    }
}

extension JSONValue {
    /// Makes an integer.
    public init(_ value: Int) { self = .int(Int64(value)) }

    /// Makes an integer.
    public init(_ value: Int64) { self = .int(value) }

    /// Makes a boolean.
    public init(_ value: Bool) { self = .bool(value) }

    /// Makes a string.
    public init(_ value: some StringProtocol) { self = .string(String(value)) }

    /// Makes an array.
    public init(_ value: some Sequence<JSONValue>) { self = .array(Array(value)) }

    /// Makes an object.
    public init(_ value: JSONObject) { self = .object(value) }
}
