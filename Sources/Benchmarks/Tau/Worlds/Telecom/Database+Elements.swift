import JSON

/// An element of a section that is a list.
struct FoundElement: Sendable {
    /// The section.
    var section: String
    /// The place in the list.
    var place: Int
    /// The element as it was when it was found.
    var record: JSONValue

    /// A field of the element, as validation or the tools have left it.
    subscript(field: String) -> JSONValue { record[field] ?? .null }
}

extension Database {
    /// The elements of a section that is a list.
    func elements(of section: String) throws(PythonException) -> [JSONValue] {
        try value(of: section).arrayValue ?? []
    }

    /// The first element of a list whose field equals a value; nil when there is none.
    func firstElement(
        of section: String, where field: String, equals value: JSONValue
    ) throws(PythonException) -> FoundElement? {
        for (place, element) in try elements(of: section).enumerated() where element[field]?.pythonEquals(value) == true
        {
            return FoundElement(section: section, place: place, record: element)
        }
        return nil
    }

    /// Changes an element of a list in place and gives it as it is then.
    @discardableResult
    mutating func update(
        _ element: FoundElement, _ body: (inout JSONValue) -> Void
    ) throws(PythonException) -> JSONValue {
        try updateValue(of: element.section) { list in
            guard case .array(var elements) = list else { return element.record }
            list = .null  // gives `elements` the only reference to its storage
            body(&elements[element.place])
            list = .array(elements)
            return elements[element.place]
        }
    }

    /// Adds an element to the end of a list and gives its place.
    mutating func append(_ element: JSONValue, to section: String) throws(PythonException) -> Int {
        let place = try elements(of: section).count
        try updateValue(of: section) { $0.append(element) }
        return place
    }
}
