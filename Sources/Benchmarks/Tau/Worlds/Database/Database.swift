public import JSON

/// The data behind a participant's tools: shared records as loaded, and what this copy has changed since.
///
/// A copy costs the same for ten records and for ten thousand. Top-level dictionaries are kept record by record, any other
/// top-level field as a whole. Records may hold anything: the official tools assign without validating.
public struct Database: Sendable {
    let origin: DatabaseOrigin
    /// What differs from the origin, by the place of the section.
    var changes: [SectionChanges]

    /// What has become of one section.
    struct SectionChanges: Sendable {
        /// Changed and added records; the added ones in the order of their addition.
        var records = JSONObject()
        /// How many of the records are not in the origin.
        var additions = 0
        /// The new value of a section that is no dictionary.
        var value: JSONValue?

        var isEmpty: Bool { records.isEmpty && value == nil }
    }

    init(origin: DatabaseOrigin) {
        self.origin = origin
        changes = Array(repeating: SectionChanges(), count: origin.sections.count)
    }

    /// Loads data after validating them as the model does: fields in order, defaults filled in, numbers converted.
    ///
    /// Throws pydantic's `ValidationError`.
    public init(validating data: JSONValue, as schema: ModelSchema) throws(PythonException) {
        let dump = try schema.validate(data)
        let sections = schema.fields.compactMap { field -> DatabaseOrigin.Section? in
            guard let value = dump[field.name] else { return nil }
            if case .dictionary = field.type, case .object(let records) = value {
                return DatabaseOrigin.Section(name: field.name, content: .records(records))
            }
            return DatabaseOrigin.Section(name: field.name, content: .value(value))
        }
        self.init(origin: DatabaseOrigin(schema: schema, sections: sections))
    }

    /// Loads tables as they are, in order, for data that have no declared model.
    public init(tables: [(name: String, records: JSONObject)]) {
        let sections = tables.map { DatabaseOrigin.Section(name: $0.name, content: .records($0.records)) }
        self.init(origin: DatabaseOrigin(schema: nil, sections: sections))
    }

    /// The name of the model's class, for error texts.
    public var modelName: String { origin.schema?.name ?? "dict" }

    /// All data as one value: what `model_dump` gives.
    ///
    /// Costs the whole data.
    public var dump: JSONValue {
        var members: [JSONObject.Element] = []
        for (section, changes) in zip(origin.sections, changes) {
            switch section.content {
            case .records(let records): members.append((section.name, .object(records.merging(changes.records))))
            case .value(let value): members.append((section.name, changes.value ?? value))
            }
        }
        return .object(JSONObject(entries: members))
    }

    /// This database with `data` merged into its dump, dictionaries member by member, and validated anew.
    ///
    /// Throws pydantic's `ValidationError`.
    func merging(_ data: JSONObject) throws(PythonException) -> Database {
        guard let schema = origin.schema else {
            // Data without a model belong to benchmarks that have no such initialization.
            preconditionFailure("only data with a model can be merged with others")
        }
        var merged = dump.objectValue ?? JSONObject()
        merged.deepMerge(data)
        return try Database(validating: .object(merged), as: schema)
    }

    /// The place of a section; one that the model has not raises what Python raises for a missing attribute.
    func place(of section: String) throws(PythonException) -> Int {
        guard let place = origin.sections.firstIndex(where: { $0.name == section }) else {
            throw .attribute(section, ofType: modelName)
        }
        return place
    }
}
