import JSON

extension JSONValue {
    /// Adds an element to the end of an array; changes nothing on any other type.
    mutating func append(_ element: JSONValue) {
        guard case .array(var elements) = self else { return }
        self = .null  // gives `elements` the only reference to its storage
        elements.append(element)
        self = .array(elements)
    }
}
