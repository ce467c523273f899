public import JSON

/// A type that a configuration value can be read as.
public protocol ParameterValue: Sendable {
    /// The shape that is accepted.
    static var schema: ParameterSchema { get }

    /// Reads a node. Reports what is wrong and returns nil when it cannot be read.
    static func decode(_ node: ConfigNode, into diagnostics: inout Diagnostics) -> Self?

    /// The value as JSON.
    var json: JSONValue { get }
}

extension ParameterValue {
    /// Reports that a node is not of the expected shape, and returns nil.
    public static func mismatch(
        _ node: ConfigNode, into diagnostics: inout Diagnostics, advice: String? = nil
    ) -> Self? {
        diagnostics.error("expected \(schema.summary), found \(node.kindName)", at: node, advice: advice)
        return nil
    }
}

extension String: ParameterValue {
    /// Text.
    public static var schema: ParameterSchema { .string() }

    /// Reads text.
    ///
    /// A number or boolean that came out of `${…}` is text again; one written bare is refused.
    public static func decode(_ node: ConfigNode, into diagnostics: inout Diagnostics) -> String? {
        guard case .scalar(let value) = node.content else { return mismatch(node, into: &diagnostics) }
        if let text = value.stringValue { return text }
        if !value.isNull, node.origin != nil, let text = node.text { return text }
        let advice = value.isNull ? nil : node.text.map { "write it in quotes: \"\($0)\"" }
        return mismatch(node, into: &diagnostics, advice: advice)
    }

    /// Itself.
    public var json: JSONValue { .string(self) }
}

extension Bool: ParameterValue {
    /// True or false.
    public static var schema: ParameterSchema { .boolean }

    /// Reads true or false.
    public static func decode(_ node: ConfigNode, into diagnostics: inout Diagnostics) -> Bool? {
        guard case .scalar(let value) = node.content else { return mismatch(node, into: &diagnostics) }
        if let flag = value.boolValue { return flag }
        switch value.stringValue?.lowercased() {
        case "true" where node.origin != nil: return true
        case "false" where node.origin != nil: return false
        case "yes", "on": return mismatch(node, into: &diagnostics, advice: "write true")
        case "no", "off": return mismatch(node, into: &diagnostics, advice: "write false")
        default: return mismatch(node, into: &diagnostics)
        }
    }

    /// Itself.
    public var json: JSONValue { .bool(self) }
}

extension Int: ParameterValue {
    /// A whole number.
    public static var schema: ParameterSchema { .integer() }

    /// Reads a whole number; `4.0` counts as one.
    public static func decode(_ node: ConfigNode, into diagnostics: inout Diagnostics) -> Int? {
        guard case .scalar(let value) = node.content else { return mismatch(node, into: &diagnostics) }
        if let number = value.intValue { return number }
        if value.stringValue == nil, let double = value.doubleValue, let number = Int(exactly: double) { return number }
        return mismatch(node, into: &diagnostics)
    }

    /// Itself.
    public var json: JSONValue { .int(Int64(self)) }
}

extension Double: ParameterValue {
    /// A number.
    public static var schema: ParameterSchema { .number() }

    /// Reads a number.
    public static func decode(_ node: ConfigNode, into diagnostics: inout Diagnostics) -> Double? {
        guard case .scalar(let value) = node.content, let number = value.doubleValue, number.isFinite else {
            return mismatch(node, into: &diagnostics)
        }
        return number
    }

    /// Itself.
    public var json: JSONValue { JSONValue(self) }
}

extension Optional: ParameterValue where Wrapped: ParameterValue {
    /// The wrapped shape or null.
    public static var schema: ParameterSchema { .optional(Wrapped.schema) }

    /// Reads null as nil, and anything else as the wrapped type.
    public static func decode(_ node: ConfigNode, into diagnostics: inout Diagnostics) -> Self? {
        if node.isNull { return .some(nil) }
        return Wrapped.decode(node, into: &diagnostics).map { .some($0) }
    }

    /// The value, or null.
    public var json: JSONValue { self?.json ?? .null }
}

extension Array: ParameterValue where Element: ParameterValue {
    /// A list.
    public static var schema: ParameterSchema { .list(Element.schema) }

    /// Reads a list; every bad item is reported.
    public static func decode(_ node: ConfigNode, into diagnostics: inout Diagnostics) -> Self? {
        guard case .sequence(let items) = node.content else { return mismatch(node, into: &diagnostics) }
        var values: [Element] = []
        for item in items {
            if let value = Element.decode(item, into: &diagnostics) { values.append(value) }
        }
        return values
    }

    /// The items as a list.
    public var json: JSONValue { .array(map(\.json)) }
}

extension Dictionary: ParameterValue where Key == String, Value: ParameterValue {
    /// A mapping with free keys.
    public static var schema: ParameterSchema { .map(Value.schema) }

    /// Reads a mapping; every bad value is reported.
    public static func decode(_ node: ConfigNode, into diagnostics: inout Diagnostics) -> Self? {
        guard case .mapping(let entries) = node.content else { return mismatch(node, into: &diagnostics) }
        var values: [String: Value] = [:]
        for entry in entries {
            if let value = Value.decode(entry.value, into: &diagnostics) { values[entry.key] = value }
        }
        return values
    }

    /// The entries, sorted by key.
    public var json: JSONValue {
        var object: JSONObject = [:]
        for key in keys.sorted() { object[key] = self[key]?.json }
        return .object(object)
    }
}

extension JSONValue: ParameterValue {
    /// Anything.
    public static var schema: ParameterSchema { .any }

    /// Takes the value as it is.
    public static func decode(_ node: ConfigNode, into diagnostics: inout Diagnostics) -> JSONValue? { node.json }

    /// Itself.
    public var json: JSONValue { self }
}

extension JSONObject: ParameterValue {
    /// A mapping with free keys and values.
    public static var schema: ParameterSchema { .map(.any) }

    /// Takes a mapping as it is.
    public static func decode(_ node: ConfigNode, into diagnostics: inout Diagnostics) -> JSONObject? {
        node.json.objectValue ?? mismatch(node, into: &diagnostics)
    }

    /// Itself.
    public var json: JSONValue { .object(self) }
}

/// A parameter that takes one of a fixed set of words.
///
/// Conform a `String` enum to get decoding with a near miss: `enum Mode: String, CaseIterable, ParameterChoice`.
public protocol ParameterChoice: ParameterValue, RawRepresentable, CaseIterable where RawValue == String {}

extension ParameterChoice {
    /// One of the words.
    public static var schema: ParameterSchema { .string(allowed: allCases.map(\.rawValue)) }

    /// Reads one of the words.
    public static func decode(_ node: ConfigNode, into diagnostics: inout Diagnostics) -> Self? {
        let allowed = allCases.map(\.rawValue)
        guard case .scalar(let scalar) = node.content, let word = scalar.stringValue ?? node.text else {
            return mismatch(node, into: &diagnostics)
        }
        if let value = Self(rawValue: word) { return value }
        diagnostics.error("'\(word)' is not allowed here", at: node, advice: NearMiss.advice(word, among: allowed))
        return nil
    }

    /// The word.
    public var json: JSONValue { .string(rawValue) }
}

/// An identifier that people also write as a number: `task_ids: [1, 2, "a"]`.
public struct IdentifierText: ParameterValue, Hashable {
    /// The identifier as text.
    public var text: String

    /// Takes an identifier.
    public init(_ text: String) { self.text = text }

    /// Text or a whole number.
    public static var schema: ParameterSchema { .either([.string(), .integer()]) }

    /// Reads text, or a number as it was written.
    public static func decode(_ node: ConfigNode, into diagnostics: inout Diagnostics) -> Self? {
        guard case .scalar(let value) = node.content else { return mismatch(node, into: &diagnostics) }
        if let text = value.stringValue { return Self(text) }
        if value.intValue != nil, let text = node.text { return Self(text) }
        return mismatch(node, into: &diagnostics)
    }

    /// The text.
    public var json: JSONValue { .string(text) }
}

/// One value, or a list of them: `prompt_id: a` and `prompt_id: [a, b]`.
public struct OneOrMany<Element: ParameterValue>: ParameterValue {
    /// The values; one where a scalar was written.
    public var values: [Element]

    /// Takes values.
    public init(_ values: [Element] = []) { self.values = values }

    /// The shape, or a list of it.
    public static var schema: ParameterSchema { .either([Element.schema, .list(Element.schema)]) }

    /// Reads one value or a list.
    public static func decode(_ node: ConfigNode, into diagnostics: inout Diagnostics) -> Self? {
        if case .sequence = node.content { return [Element].decode(node, into: &diagnostics).map(Self.init) }
        return Element.decode(node, into: &diagnostics).map { Self([$0]) }
    }

    /// The values as a list.
    public var json: JSONValue { values.json }
}

/// A parameter block without keys.
public struct NoParameters: Parameters {
    /// The empty block.
    public init() {}

    /// No keys.
    public static var fields: [ParameterField<Self>] { [] }
}
