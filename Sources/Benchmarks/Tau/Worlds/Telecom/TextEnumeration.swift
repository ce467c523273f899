import JSON

/// An enumeration whose cases are strings in the data.
protocol TextEnumeration: RawRepresentable<String>, CaseIterable, Sendable {}

extension TextEnumeration {
    /// The case as it stands in the data.
    var json: JSONValue { .string(rawValue) }

    /// The case that a value of the data is, or nil when it is none.
    init?(_ value: JSONValue?) {
        // Compared by bytes: Swift's strings are equal in more cases than Python's.
        guard let found = Self.allCases.first(where: { $0.json == value }) else { return nil }
        self = found
    }
}

extension FieldType {
    /// One of the cases of an enumeration.
    static func enumeration<Cases: TextEnumeration>(_ cases: Cases.Type) -> FieldType {
        .enumeration(cases.allCases.map(\.rawValue))
    }
}
