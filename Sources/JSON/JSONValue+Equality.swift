extension JSONValue: Hashable {
    /// Whether both have the same type and content: number text and string bytes exact, key order ignored.
    public static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.int(let left), .int(let right)): left == right
        case (.number(let left), .number(let right)): hasSameBytes(left, right)
        case (.string(let left), .string(let right)): hasSameBytes(left, right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }

    /// Feeds the value to a hasher, consistently with `==`.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0 as UInt8)
        case .bool(let value): hasher.combine(value ? 2 : 1 as UInt8)
        case .int(let value):
            hasher.combine(3 as UInt8)
            hasher.combine(value)
        case .number(let text):
            hasher.combine(4 as UInt8)
            combine(text, into: &hasher)
        case .string(let value):
            hasher.combine(5 as UInt8)
            combine(value, into: &hasher)
        case .array(let elements):
            hasher.combine(6 as UInt8)
            hasher.combine(elements)
        case .object(let object):
            hasher.combine(7 as UInt8)
            hasher.combine(object)
        }
    }

    /// Whether both are equal and have their keys in the same order throughout.
    public func isIdentical(to other: JSONValue) -> Bool {
        switch (self, other) {
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.isIdentical(to: $1) }
        case (.object(let left), .object(let right)): left.isIdentical(to: right)
        default: self == other
        }
    }
}

extension JSONObject: Hashable {
    /// Whether both have the same keys with equal values, in whatever order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.matches(right) { $0 == $1 }
    }

    /// Feeds the members to a hasher, independently of their order.
    public func hash(into hasher: inout Hasher) {
        var sum = 0
        for (key, value) in entries {
            var member = Hasher()
            combine(key, into: &member)
            value.hash(into: &member)
            sum ^= member.finalize()
        }
        hasher.combine(count)
        hasher.combine(sum)
    }

    /// Whether both have equal members in the same order throughout.
    public func isIdentical(to other: JSONObject) -> Bool {
        if sharesStorage(with: other) { return true }
        return count == other.count
            && zip(entries, other.entries).allSatisfy {
                hasSameBytes($0.key, $1.key) && $0.value.isIdentical(to: $1.value)
            }
    }

    /// Whether both have the same keys, in whatever order, with values that `areEqual` accepts.
    func matches(_ other: JSONObject, _ areEqual: (JSONValue, JSONValue) -> Bool) -> Bool {
        guard count == other.count else { return false }
        if sharesStorage(with: other) { return true }
        for (place, entry) in entries.enumerated() {
            guard let counterpart = other.value(forKey: entry.key, expectedAt: place),
                areEqual(entry.value, counterpart)
            else { return false }
        }
        return true
    }

    /// Whether both are copies of one object that neither has changed since: equal at no cost.
    func sharesStorage(with other: JSONObject) -> Bool {
        JSON.sharesStorage(entries, other.entries)
    }
}

/// Whether two arrays are copies of one that neither has changed since.
func sharesStorage<Element>(_ left: [Element], _ right: [Element]) -> Bool {
    left.withUnsafeBufferPointer { left in
        right.withUnsafeBufferPointer { right in
            left.baseAddress == right.baseAddress && left.count == right.count
        }
    }
}
