import JSON

/// The arguments of a tool call, as a model wrote them.
struct ToolArguments {
    /// What is wrong with them.
    struct Problem: Error {
        let message: String
    }

    private let values: JSONObject

    init(_ values: JSONObject) { self.values = values }

    /// A text under the first of these names that is there.
    func text(_ names: String...) throws(Problem) -> String {
        for name in names {
            guard let value = values[name], !value.isNull else { continue }
            guard let text = value.stringValue else { throw Problem(message: "'\(name)' must be a string") }
            return text
        }
        throw Problem(message: "'\(names.first ?? "")' is missing")
    }

    /// A whole number; models also write it as text.
    func number(_ name: String) throws(Problem) -> Int? {
        guard let value = values[name], !value.isNull else { return nil }
        if let number = value.intValue ?? value.stringValue.flatMap({ Int($0) }) { return number }
        if let number = value.doubleValue, number.isFinite, abs(number) < 1e9 { return Int(number) }
        throw Problem(message: "'\(name)' must be a whole number")
    }
}
