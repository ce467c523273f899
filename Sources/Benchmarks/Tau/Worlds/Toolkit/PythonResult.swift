public import JSON

/// What a tool or an environment function returns, as far as its type decides how it is written.
public indirect enum PythonResult: Sendable, Hashable {
    /// A model, as its dump: written as it is.
    case model(JSONValue)
    /// A string: at the top it is the result's text, without quotes.
    case string(String)
    /// A bare number or boolean, which the official code turns into a string.
    case scalar(JSONValue)
    /// Nothing.
    case none
    /// A list or tuple.
    case list([PythonResult])
    /// A dictionary, in order.
    case dictionary([(key: String, value: PythonResult)])

    /// The text that the caller of the tool reads.
    public var content: String {
        if case .string(let text) = self { return text }
        return written.text(.python)
    }

    /// The value as the official code writes it to JSON: bare numbers and booleans have become strings.
    var written: JSONValue {
        switch self {
        case .model(let dump): dump
        case .string(let text): .string(text)
        case .scalar(let value): .string(value.pythonText)
        case .none: .null
        case .list(let elements): .array(elements.map(\.written))
        case .dictionary(let members): .object(JSONObject(entries: members.map { ($0.key, $0.value.written) }))
        }
    }

    /// A list of models.
    static func models(_ dumps: some Sequence<JSONValue>) -> PythonResult {
        .list(dumps.map { .model($0) })
    }

    /// The boolean that an assertion returned, or nil when it returned something else.
    public var assertion: Bool? {
        if case .scalar(.bool(let value)) = self { value } else { nil }
    }

    /// The name of the Python type for messages: `dict`, `str`, …; models answer `BaseModel`.
    var pythonTypeName: String {
        switch self {
        case .model: "BaseModel"
        case .string: "str"
        case .scalar(let value): value.pythonTypeName
        case .none: "NoneType"
        case .list: "list"
        case .dictionary: "dict"
        }
    }

    /// Whether both would be written as the same JSON value.
    public static func == (left: PythonResult, right: PythonResult) -> Bool {
        left.written == right.written
    }

    /// Feeds what is written to a hasher.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(written)
    }
}
