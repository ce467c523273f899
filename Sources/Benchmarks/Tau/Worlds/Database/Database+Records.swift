public import JSON

extension Database {
    /// The record under `key`, or nil.
    ///
    /// Throws when the data have no such section or Python could not hash the key.
    public func record(_ key: JSONValue, in section: String) throws(PythonException) -> JSONValue? {
        let place = try place(of: section)
        guard let key = try key.pythonDictionaryKey() else { return nil }
        return record(key, at: place)
    }

    /// The record under `key`, or nil.
    ///
    /// Throws when the data have no such section.
    public func record(_ key: String, in section: String) throws(PythonException) -> JSONValue? {
        record(key, at: try place(of: section))
    }

    /// The number of records in a section.
    public func count(of section: String) throws(PythonException) -> Int {
        let place = try place(of: section)
        return origin.sections[place].records.count + changes[place].additions
    }

    /// The records of a section, in Python's order: as loaded, then as added.
    public func records(in section: String) throws(PythonException) -> DatabaseRecords {
        let place = try place(of: section)
        return DatabaseRecords(origin: origin.sections[place].records, changes: changes[place].records)
    }

    /// Puts a record under `key`; a new one comes last.
    public mutating func insert(
        _ record: JSONValue, under key: String, in section: String
    ) throws(PythonException) {
        let place = try place(of: section)
        if changes[place].records[key] == nil, origin.sections[place].records[key] == nil {
            changes[place].additions += 1
        }
        changes[place].records[key] = record
    }

    /// Changes the record under `key` in place; what `body` did before it throws stays done.
    ///
    /// The record has to exist: whoever asks has looked it up before.
    @discardableResult
    public mutating func update<Result>(
        _ key: String, in section: String, _ body: (inout JSONValue) throws(PythonException) -> Result
    ) throws(PythonException) -> Result {
        let place = try place(of: section)
        guard var record = record(key, at: place) else {
            preconditionFailure("no record '\(key)' in '\(section)'")
        }
        // Let go of the stored copy, so that the change happens in place.
        if changes[place].records[key] != nil { changes[place].records[key] = .null }
        defer { changes[place].records[key] = record }
        return try body(&record)
    }

    /// The value of a section that is no dictionary of records.
    public func value(of section: String) throws(PythonException) -> JSONValue {
        let place = try place(of: section)
        switch origin.sections[place].content {
        case .value(let value): return changes[place].value ?? value
        case .records(let records): return .object(records.merging(changes[place].records))
        }
    }

    /// Changes a section that is no dictionary of records; what `body` did before it throws stays done.
    @discardableResult
    public mutating func updateValue<Result>(
        of section: String, _ body: (inout JSONValue) throws(PythonException) -> Result
    ) throws(PythonException) -> Result {
        let place = try place(of: section)
        guard case .value(let original) = origin.sections[place].content else {
            preconditionFailure("'\(section)' is a dictionary of records, which change one by one")
        }
        var value = changes[place].value ?? original
        changes[place].value = .null
        defer { changes[place].value = value }
        return try body(&value)
    }

    private func record(_ key: String, at place: Int) -> JSONValue? {
        changes[place].records[key] ?? origin.sections[place].records[key]
    }
}

extension DatabaseOrigin.Section {
    /// The records of a dictionary section; none of any other.
    var records: JSONObject {
        if case .records(let records) = content { records } else { JSONObject() }
    }
}

/// The records of a section with their keys, in Python's order.
public struct DatabaseRecords: Sequence, IteratorProtocol {
    private let origin: JSONObject
    private let changes: JSONObject
    private var place = 0

    init(origin: JSONObject, changes: JSONObject) {
        self.origin = origin
        self.changes = changes
    }

    /// The next record.
    public mutating func next() -> (key: String, value: JSONValue)? {
        while place < origin.count + changes.count {
            defer { place += 1 }
            if place < origin.count {
                let (key, value) = origin[place]
                return (key, changes.isEmpty ? value : changes[key] ?? value)
            }
            let (key, value) = changes[place - origin.count]
            if origin[key] == nil { return (key, value) }
        }
        return nil
    }
}
