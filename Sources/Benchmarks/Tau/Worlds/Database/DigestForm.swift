import JSON

/// The text whose SHA-256 is a database's digest.
public enum DigestForm: Sendable, Hashable {
    /// Python's `json.dumps(data, sort_keys=True)`: τ²-bench.
    case sortedJSON
    /// Python's `repr` of nested tuples, dictionaries as sorted pairs: the original τ-bench.
    case sortedTuples

    /// What stands before the members of a dictionary.
    var opening: String { self == .sortedJSON ? "{" : "(" }

    /// What stands after the members of a dictionary.
    func closing(count: Int) -> String {
        switch self {
        case .sortedJSON: "}"
        case .sortedTuples: count == 1 ? ",)" : ")"
        }
    }

    /// Writes what stands before the value of a member.
    func writeMemberHead(_ key: String, to bytes: inout [UInt8]) {
        switch self {
        case .sortedJSON:
            JSONValue.string(key).write(into: &bytes, style: .pythonSorted)
            bytes.append(contentsOf: ": ".utf8)
        case .sortedTuples:
            var text = "("
            writePythonString(key, to: &text)
            text += ", "
            bytes.append(contentsOf: text.utf8)
        }
    }

    /// What stands after the value of a member.
    var memberTail: String { self == .sortedJSON ? "" : ")" }

    /// Writes a value.
    func write(_ value: JSONValue, to bytes: inout [UInt8]) {
        switch self {
        case .sortedJSON: value.write(into: &bytes, style: .pythonSorted)
        case .sortedTuples:
            var text = ""
            writeTuples(value, to: &text)
            bytes.append(contentsOf: text.utf8)
        }
    }

    /// Writes a whole member.
    func writeMember(_ key: String, _ value: JSONValue, to bytes: inout [UInt8]) {
        writeMemberHead(key, to: &bytes)
        write(value, to: &bytes)
        bytes.append(contentsOf: memberTail.utf8)
    }

    private func writeTuples(_ value: JSONValue, to text: inout String) {
        switch value {
        case .array(let elements):
            text += "("
            for (place, element) in elements.enumerated() {
                if place > 0 { text += ", " }
                writeTuples(element, to: &text)
            }
            text += closing(count: elements.count)
        case .object(let object):
            text += "("
            for (place, member) in object.sorted(by: { precedes($0.key, $1.key) }).enumerated() {
                if place > 0 { text += ", " }
                text += "("
                writePythonString(member.key, to: &text)
                text += ", "
                writeTuples(member.value, to: &text)
                text += ")"
            }
            text += closing(count: object.count)
        default: value.writePythonRepresentation(to: &text)
        }
    }
}

/// Whether one key sorts before another by code points.
func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
}
