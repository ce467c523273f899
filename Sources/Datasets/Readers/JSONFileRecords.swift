import Evaluation
import JSON

/// The records of a file that is one JSON value: a list of objects, or an object that has such a list.
struct JSONFileRecords {
    let file: LocalFile
    let parameters: JSONFileParameters

    /// Reads the whole file.
    func read() throws -> [DatasetRecord] {
        let (elements, place) = try list(in: value())
        return try elements.enumerated().map { index, element in
            let origin = "\(file.name)#\(place.appending(index))"
            guard let fields = element.objectValue else {
                throw EvaluationError(
                    .dataMalformed, "\(origin): expected a JSON object, found \(element.typeName)", cause: .task)
            }
            return DatasetRecord(fields: fields, origin: origin)
        }
    }

    private func value() throws -> JSONValue {
        var source = try ByteSource(file)
        var bytes: [UInt8] = []
        while try source.read(appendingTo: &bytes) {
            guard bytes.count <= Mebibytes.bytes(parameters.maxFileMB) else {
                throw file.malformed(
                    "the file is larger than \(parameters.maxFileMB) MiB",
                    advice: "raise 'max_file_mb', or write one object a line and use 'loader: jsonl'")
            }
        }
        do {
            return try JSONValue.parse(bytes: bytes)
        } catch {
            let hasMoreValues = error.line > 1 && error.message == "unexpected text after the value"
            throw file.malformed(
                error.message, line: error.line, column: error.column,
                advice: hasMoreValues ? "a file with one object on every line is read with 'loader: jsonl'" : nil)
        }
    }

    /// The list of records and its place in the file.
    private func list(in value: JSONValue) throws -> (elements: [JSONValue], place: JSONPointer) {
        if let key = parameters.key { return try list(in: value, at: key) }
        if let elements = value.arrayValue { return (elements, JSONPointer()) }
        guard let object = value.objectValue else {
            throw file.malformed("expected a list of records, found \(value.typeName)")
        }
        let lists = object.filter { $0.value.arrayValue != nil }
        guard lists.count == 1, let only = lists.first, let elements = only.value.arrayValue else {
            let names = lists.map { "'\($0.key)'" }.joined(separator: ", ")
            throw file.malformed(
                lists.isEmpty ? "the object has no list of records" : "the object has several lists",
                advice: lists.isEmpty ? nil : "name the list of records with 'key': \(names)")
        }
        return (elements, JSONPointer().appending(only.key))
    }

    private func list(
        in value: JSONValue, at key: String
    ) throws -> (elements: [JSONValue], place: JSONPointer) {
        // A key with dots in it is meant as it stands where there is one.
        let found = value[key] ?? value.at(key)
        guard let found else {
            let names = value.objectValue?.keys ?? []
            throw EvaluationError(
                .configurationInvalid, "'\(file.name)' has nothing under the key '\(key)'", cause: .configuration,
                advice: names.isEmpty ? nil : NearMiss.advice(key, among: names))
        }
        guard let elements = found.arrayValue else {
            throw file.malformed("expected a list of records under '\(key)', found \(found.typeName)")
        }
        return (elements, JSONPointer().appending(key))
    }
}
