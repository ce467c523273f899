import JSON

extension JSONValue {
    /// What Python's `bool` gives: false for nothing, zero and whatever is empty.
    var pythonTruth: Bool {
        switch self {
        case .null: false
        case .bool(let value): value
        case .string(let text): !text.isEmpty
        case .array(let elements): !elements.isEmpty
        case .object(let object): !object.isEmpty
        case .int(let value): value != 0
        case .number: PythonNumber(self).map { !$0.isZero } ?? true
        }
    }
}
