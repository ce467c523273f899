extension ParameterField {
    /// A key of another block that this block holds as a part and shows as its own.
    public init<Part: Parameters>(
        of part: any WritableKeyPath<Owner, Part> & Sendable, _ field: ParameterField<Part>
    ) {
        self.init(
            description: field.description,
            read: { node, owner, diagnostics in field.read(node, &owner[keyPath: part], &diagnostics) },
            write: { field.write($0[keyPath: part]) })
    }
}
