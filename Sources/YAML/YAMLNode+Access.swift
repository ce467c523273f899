extension YAMLNode {
    /// The characters of a scalar, quotes and escapes undone; `nil` for a collection.
    ///
    /// For a plain scalar this is the raw text, so that `1.50`, `0x1F` or `${PORT}` can be read again differently.
    public var rawScalar: String? {
        if let unresolvedText { return unresolvedText }
        return switch content {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .float(let text), .string(let text): text
        case .sequence, .mapping: nil
        }
    }

    /// Whether the node is `null`.
    public var isNull: Bool {
        if case .null = content { true } else { false }
    }

    /// The value of a boolean node.
    public var bool: Bool? {
        if case .bool(let value) = content { value } else { nil }
    }

    /// The value of an integer node.
    public var int: Int64? {
        if case .int(let value) = content { value } else { nil }
    }

    /// The value of an integer or float node, rounded to the nearest `Double`; `.inf` and `.nan` are understood.
    public var double: Double? {
        switch content {
        case .int(let value): Double(value)
        case .float(let text): CoreSchema.double(text)
        case .null, .bool, .string, .sequence, .mapping: nil
        }
    }

    /// The text of a string node; numbers and booleans are not strings.
    public var string: String? {
        if case .string(let text) = content { text } else { nil }
    }

    /// The elements of a sequence node.
    public var elements: [YAMLNode]? {
        if case .sequence(let elements) = content { elements } else { nil }
    }

    /// The entries of a mapping node.
    public var pairs: [YAMLPair]? {
        if case .mapping(let pairs) = content { pairs } else { nil }
    }

    /// The value under a key of a mapping node, found by the key's characters in linear time.
    public subscript(name: String) -> YAMLNode? {
        guard case .mapping(let pairs) = content else { return nil }
        return pairs.first { $0.name == name }?.value
    }

    /// What the node is, in a word or two for messages: `a string`, `a mapping`.
    public var kind: String {
        switch content {
        case .null: "null"
        case .bool: "a boolean"
        case .int: "an integer"
        case .float: "a number"
        case .string: "a string"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }

    /// Whether two nodes hold the same data, wherever and however they are written.
    ///
    /// Floats compare by their text, mappings in the order of their entries.
    public func hasSameContent(as other: YAMLNode) -> Bool {
        switch (content, other.content) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.int(let left), .int(let right)): left == right
        case (.float(let left), .float(let right)): left == right
        case (.string(let left), .string(let right)): left.unicodeScalars.elementsEqual(right.unicodeScalars)
        case (.sequence(let left), .sequence(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.hasSameContent(as: $1) }
        case (.mapping(let left), .mapping(let right)):
            left.count == right.count
                && zip(left, right).allSatisfy {
                    $0.key.hasSameContent(as: $1.key) && $0.value.hasSameContent(as: $1.value)
                }
        default: false
        }
    }
}
