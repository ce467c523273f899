/// One place where two values differ.
public struct JSONDifference: Sendable, Hashable, CustomStringConvertible {
    /// What happened to the place.
    public enum Kind: String, Sendable, Hashable {
        /// It is only in the new value.
        case added
        /// It is only in the old value.
        case removed
        /// It is in both and differs.
        case changed
    }

    /// Where: a member of an object or an element of an array.
    public let path: JSONPointer
    /// What happened.
    public let kind: Kind
    /// The old value, nil when added.
    public let old: JSONValue?
    /// The new value, nil when removed.
    public let new: JSONValue?

    /// Makes a difference; its kind follows from which of the values are there.
    init(path: JSONPointer, old: JSONValue?, new: JSONValue?) {
        self.path = path
        kind = old == nil ? .added : new == nil ? .removed : .changed
        self.old = old
        self.new = new
    }

    /// One line: `changed /a/0: 1 -> 2`.
    public var description: String {
        let place = path.tokens.isEmpty ? "(whole value)" : path.description
        return switch (old, new) {
        case (let old?, let new?): "\(kind) \(place): \(old) -> \(new)"
        case (let old?, nil): "\(kind) \(place): \(old)"
        case (nil, let new): "\(kind) \(place): \(new ?? .null)"
        }
    }
}

extension JSONValue {
    /// What has to change in this value to make it `other`, the smallest places first found, in this value's order.
    ///
    /// Members are matched by key, whatever their order, elements by place. Parts that both values share by copy cost nothing.
    public func differences(to other: JSONValue) -> [JSONDifference] {
        var comparison = JSONComparison()
        comparison.compare(self, other)
        return comparison.found
    }
}

/// A walk through two values; paths are only spelled out where a difference is found.
private struct JSONComparison {
    var found: [JSONDifference] = []
    private var steps: [JSONPath.Step] = []

    mutating func compare(_ old: JSONValue, _ new: JSONValue) {
        switch (old, new) {
        case (.object(let old), .object(let new)): compare(old, new)
        case (.array(let old), .array(let new)): compare(old, new)
        default: if old != new { record(old, new) }
        }
    }

    private mutating func compare(_ old: JSONObject, _ new: JSONObject) {
        guard !old.sharesStorage(with: new) else { return }
        for (place, entry) in old.entries.enumerated() {
            steps.append(.key(entry.key))
            if let counterpart = new.value(forKey: entry.key, expectedAt: place) {
                compare(entry.value, counterpart)
            } else {
                record(entry.value, nil)
            }
            steps.removeLast()
        }
        for (place, entry) in new.entries.enumerated()
        where old.value(forKey: entry.key, expectedAt: place) == nil {
            steps.append(.key(entry.key))
            record(nil, entry.value)
            steps.removeLast()
        }
    }

    private mutating func compare(_ old: [JSONValue], _ new: [JSONValue]) {
        guard !sharesStorage(old, new) else { return }
        for index in 0..<max(old.count, new.count) {
            steps.append(.index(index))
            if index >= old.count {
                record(nil, new[index])
            } else if index >= new.count {
                record(old[index], nil)
            } else {
                compare(old[index], new[index])
            }
            steps.removeLast()
        }
    }

    private mutating func record(_ old: JSONValue?, _ new: JSONValue?) {
        let tokens = steps.map { step in
            switch step {
            case .key(let key): key
            case .index(let index): String(index)
            }
        }
        found.append(JSONDifference(path: JSONPointer(tokens: tokens), old: old, new: new))
    }
}
