/// A template that cannot be read or rendered: what is wrong and where in the template.
public struct TemplateError: Error, Sendable, Hashable {
    /// What is wrong; an undefined name is named, with the near miss in the context where there is one.
    public var message: String

    /// The template's name, as given when it was made.
    public var name: String

    /// The line, counted from one.
    public var line: Int

    /// The column, counted from one in Unicode scalars.
    public var column: Int?

    /// Makes an error at a place of a template.
    public init(_ message: String, name: String, line: Int, column: Int? = nil) {
        self.message = message
        self.name = name
        self.line = line
        self.column = column
    }
}

extension TemplateError: CustomStringConvertible {
    /// `name:line:column: message`, the form that editors and terminals make into a link.
    public var description: String {
        let place = column.map { "\(line):\($0)" } ?? "\(line)"
        return "\(name):\(place): \(message)"
    }
}

/// A place in a template's source.
struct Position: Sendable, Hashable {
    var line: Int32
    var column: Int32
}
