import JSON

/// An argument that the official tools take as a list of models, or of dictionaries to make models of.
///
/// The conversion happens only when every element is a dictionary; anything else stays as it was given and fails, or not, where
/// it is used.
struct GivenModels {
    /// The models' dumps, or what was given.
    let value: JSONValue
    private let areModels: Bool

    init(_ given: JSONValue, _ schema: ModelSchema) throws(PythonException) {
        let elements = try given.pythonIteration()
        areModels = elements.allSatisfy { $0.objectValue != nil }
        guard areModels else {
            value = given
            return
        }
        var models: [JSONValue] = []
        for element in elements { models.append(try schema.validate(element)) }
        value = .array(models)
    }

    /// The models, for code that begins with asking an element for an attribute.
    func elements(withAttribute name: String) throws(PythonException) -> [JSONValue] {
        let elements = try value.pythonIteration()
        if !areModels, let first = elements.first { throw .attribute(name, ofType: first.pythonTypeName) }
        return elements
    }
}
