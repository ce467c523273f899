import JSON

extension PythonResult {
    /// A value of plain Python types, whatever they are.
    static func plain(_ value: JSONValue) -> PythonResult {
        switch value {
        case .null: .none
        case .string(let text): .string(text)
        case .bool, .int, .number: .scalar(value)
        case .array(let elements): .list(elements.map { .plain($0) })
        case .object(let object): .dictionary(object.map { ($0.key, .plain($0.value)) })
        }
    }

    /// What an assertion returns.
    static func truth(_ value: Bool) -> PythonResult { .scalar(.bool(value)) }
}
