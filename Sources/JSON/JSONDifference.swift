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
        var differences: [JSONDifference] = []
        collectDifferences(to: other, at: JSONPointer(), into: &differences)
        return differences
    }

    private func collectDifferences(to other: JSONValue, at path: JSONPointer, into found: inout [JSONDifference]) {
        switch (self, other) {
        case (.object(let old), .object(let new)):
            guard !old.sharesStorage(with: new) else { return }
            for (key, value) in old {
                if let counterpart = new[key] {
                    value.collectDifferences(to: counterpart, at: path.appending(key), into: &found)
                } else {
                    found.append(JSONDifference(path: path.appending(key), old: value, new: nil))
                }
            }
            for (key, value) in new where old[key] == nil {
                found.append(JSONDifference(path: path.appending(key), old: nil, new: value))
            }
        case (.array(let old), .array(let new)):
            guard !sharesStorage(old, new) else { return }
            for index in 0..<Swift.max(old.count, new.count) {
                if index < old.count, index < new.count {
                    old[index].collectDifferences(to: new[index], at: path.appending(index), into: &found)
                } else {
                    let pair = (index < old.count ? old[index] : nil, index < new.count ? new[index] : nil)
                    found.append(JSONDifference(path: path.appending(index), old: pair.0, new: pair.1))
                }
            }
        default:
            if self != other { found.append(JSONDifference(path: path, old: self, new: other)) }
        }
    }
}
