import JSON

extension JSONValue {
    /// A number or null.
    init(optional number: Double?) { self = number.map { JSONValue($0) } ?? .null }

    /// A number or null.
    init(optional number: Int?) { self = number.map { JSONValue($0) } ?? .null }
}
