import Evaluation
import JSON

/// Reads one record from each row of a CSV file.
struct CSVRecordReader: RecordReader, ~Copyable {
    private let file: LocalFile
    private let jsonColumns: Set<String>
    private var rows: CSVReader
    private let columns: [String]

    init(_ file: LocalFile, parameters: CSVParameters) throws {
        var rows = try CSVReader(
            file, delimiter: parameters.delimiterByte, largestRow: Mebibytes.bytes(parameters.maxRecordMB))
        let columns = try parameters.columns.isEmpty ? rows.next()?.fields ?? [] : parameters.columns
        try CSVRecordReader.check(columns, jsonColumns: parameters.jsonColumns, of: file)
        self.file = file
        self.columns = columns
        jsonColumns = Set(parameters.jsonColumns)
        self.rows = rows
    }

    mutating func next() throws -> DatasetRecord? {
        guard let row = try rows.next() else { return nil }
        guard row.fields.count == columns.count else {
            throw file.malformed(
                "the row has \(row.fields.count) fields, where \(columns.count) columns are named", line: row.line,
                column: 1, advice: "put text with delimiters in quotes, or set 'delimiter'")
        }
        var fields = JSONObject()
        fields.reserveCapacity(columns.count)
        for (column, text) in zip(columns, row.fields) {
            fields[column] = try jsonColumns.contains(column) ? json(text, column, row) : .string(text)
        }
        return DatasetRecord(fields: fields, origin: "\(file.name):\(row.line)")
    }

    /// The value of a JSON column; an empty field is null.
    private func json(_ text: String, _ column: String, _ row: CSVReader.Row) throws -> JSONValue {
        if text.isEmpty { return .null }
        do {
            return try JSONValue.parse(text)
        } catch {
            throw file.malformed("column '\(column)' is not JSON: \(error.message)", line: row.line, column: 1)
        }
    }

    private static func check(_ columns: [String], jsonColumns: [String], of file: LocalFile) throws {
        var seen: Set<String> = []
        for column in columns where !seen.insert(column).inserted {
            throw file.malformed("two columns are named '\(column)'", line: 1, column: 1)
        }
        if let unknown = jsonColumns.first(where: { !seen.contains($0) }) {
            throw EvaluationError(
                .configurationInvalid, "'json_columns' names '\(unknown)', which '\(file.name)' does not have",
                cause: .configuration, advice: NearMiss.advice(unknown, among: columns))
        }
    }
}
