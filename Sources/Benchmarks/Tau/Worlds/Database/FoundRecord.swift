import JSON

/// A record that a look-up has found, with its key.
struct FoundRecord: Sendable {
    var key: String
    var record: JSONValue

    /// A field of the record, as validation or the tools have left it.
    subscript(field: String) -> JSONValue { record[field] ?? .null }
}

extension Database {
    /// The record under `id`; where there is none, the message is that of the `ValueError` thrown.
    func find(
        _ id: JSONValue, in section: String, orElse message: @autoclosure () -> String
    ) throws(PythonException) -> FoundRecord {
        guard let record = try record(id, in: section), case .string(let key) = id else {
            throw .value(message())
        }
        return FoundRecord(key: key, record: record)
    }
}
