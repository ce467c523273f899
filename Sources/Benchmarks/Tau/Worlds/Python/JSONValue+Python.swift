import JSON

/// Values as Python sees what `json.loads` makes of them.
extension JSONValue {
    /// The name of the value's Python type: `NoneType`, `bool`, `int`, `float`, `str`, `list` or `dict`.
    var pythonTypeName: String {
        switch self {
        case .null: "NoneType"
        case .bool: "bool"
        case .int: "int"
        case .number(let text): isIntegerText(text) ? "int" : "float"
        case .string: "str"
        case .array: "list"
        case .object: "dict"
        }
    }

    /// The string that would find this value in a `dict` with string keys; nil when no key equals it.
    ///
    /// Throws what Python raises for an unhashable key.
    func pythonDictionaryKey() throws(PythonException) -> String? {
        switch self {
        case .string(let key): return key
        case .array, .object: throw .type("unhashable type: '\(pythonTypeName)'")
        default: return nil
        }
    }

    /// Python's `len`.
    func pythonLength() throws(PythonException) -> Int {
        switch self {
        case .string(let text): return text.unicodeScalars.count
        case .array(let elements): return elements.count
        case .object(let object): return object.count
        default: throw .type("object of type '\(pythonTypeName)' has no len()")
        }
    }

    /// What a `for` loop over the value sees: elements, keys or single characters.
    func pythonIteration() throws(PythonException) -> [JSONValue] {
        switch self {
        case .string(let text): return text.unicodeScalars.map { .string(String($0)) }
        case .array(let elements): return elements
        case .object(let object): return object.map { .string($0.key) }
        default: throw .type("'\(pythonTypeName)' object is not iterable")
        }
    }

    /// The method `count` of a list, or of a string, which counts substrings.
    func pythonCount(of element: JSONValue) throws(PythonException) -> Int {
        switch self {
        case .array(let elements): return elements.count { $0.pythonEquals(element) }
        case .string(let text):
            guard case .string(let part) = element else {
                throw .type("must be str, not \(element.pythonTypeName)")
            }
            return occurrences(of: Array(part.unicodeScalars), in: Array(text.unicodeScalars))
        default: throw .attribute("count", ofType: pythonTypeName)
        }
    }

    /// The method `lower` of a string.
    func pythonLowercased() throws(PythonException) -> String {
        guard case .string(let text) = self else { throw .attribute("lower", ofType: pythonTypeName) }
        return text.lowercased()
    }
}

/// Whether the text of a JSON number is that of an integer, which Python reads as `int`.
func isIntegerText(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
}

/// How often `part` occurs in `text` without overlapping; an empty part occurs around every element.
private func occurrences(of part: [Unicode.Scalar], in text: [Unicode.Scalar]) -> Int {
    guard !part.isEmpty else { return text.count + 1 }
    var count = 0
    var start = 0
    while start + part.count <= text.count {
        if text[start..<start + part.count].elementsEqual(part) {
            count += 1
            start += part.count
        } else {
            start += 1
        }
    }
    return count
}
