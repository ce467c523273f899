import Evaluation
import JSON

/// How a data file is read.
enum HubFileFormat: String, Sendable {
    case jsonLines
    case json
    case csv
    case rowsPage

    /// The words of `builder_name`.
    static let builders = ["json", "jsonl", "csv", "parquet", "text"]

    /// The format of a file by its name, its content, and what the configuration says.
    ///
    /// `builder` is the word of `builder_name`, for which `json` means lines or a list, as it does for the Hub's own
    /// library. Throws ``EvaluationError``, cause `configuration`, for formats that are not read.
    init(_ file: LocalFile, builder: String?) throws {
        let name = file.name.lowercased()
        let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
        let ending = plain.split(separator: "/").last?.split(separator: ".").last.map(String.init) ?? ""
        switch builder ?? ending {
        case "jsonl", "ndjson": self = .jsonLines
        case "csv": self = .csv
        case "json": self = try Self.kindOfJSON(file)
        default:
            throw EvaluationError(
                .configurationInvalid, "'\(file.name)' is not JSON lines, JSON or CSV", cause: .configuration,
                advice: "convert it, or leave 'data_files' out to take the rows server's rows")
        }
    }

    /// Whether a `.json` file has a list, a page of the rows server, or a value a line.
    private static func kindOfJSON(_ file: LocalFile) throws -> HubFileFormat {
        var lines = try LineReader(file, longestLine: Mebibytes.bytes(1024))
        while let line = try lines.next() {
            let first = lines.withBytes(of: line) { bytes in bytes.first { $0 > 0x20 } }
            guard let first else { continue }
            guard first == UInt8(ascii: "{") else { return .json }
            // A line that is no value of its own is the beginning of one that goes over several lines.
            guard let value = try? lines.withBytes(of: line, { try JSONValue.parse(bytes: $0) }) else {
                return try HubRowsPage.matches(DatasetFiles.json(file.path)) ? .rowsPage : .json
            }
            return HubRowsPage.matches(value) ? .rowsPage : .jsonLines
        }
        return .jsonLines
    }

    /// Opens the file.
    func open(_ file: LocalFile) throws -> RecordStream.Puller {
        let longest = Mebibytes.bytes(64)
        switch self {
        case .jsonLines:
            let cursor = RecordCursor(try JSONLinesRecordReader(file, longestLine: longest))
            return { try cursor.next() }
        case .csv:
            let cursor = RecordCursor(try CSVRecordReader(file, parameters: CSVParameters()))
            return { try cursor.next() }
        case .json:
            return Self.puller(try JSONFileRecords(file: file, parameters: JSONFileParameters()).read())
        case .rowsPage:
            let page = try HubRowsPage(DatasetFiles.json(file.path), name: file.name)
            return Self.puller(
                page.rows.map { DatasetRecord(fields: $0.fields, origin: "\(file.name) row \($0.index)") })
        }
    }

    private static func puller(_ records: [DatasetRecord]) -> RecordStream.Puller {
        let cursor = RecordCursor(RecordsInMemory(records: records[...]))
        return { try cursor.next() }
    }
}

/// Records that were read all at once.
struct RecordsInMemory: RecordReader, ~Copyable {
    var records: ArraySlice<DatasetRecord>

    mutating func next() -> DatasetRecord? { records.popFirst() }
}
