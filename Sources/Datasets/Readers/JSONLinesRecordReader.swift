import Evaluation
import JSON

/// Reads one JSON object from each line that is not blank.
struct JSONLinesRecordReader: RecordReader, ~Copyable {
    private let file: LocalFile
    private var lines: LineReader
    private var parser = JSONLinesReader()

    init(_ file: LocalFile, longestLine: Int) throws {
        self.file = file
        lines = try LineReader(file, longestLine: longestLine)
    }

    mutating func next() throws -> DatasetRecord? {
        guard let line = try nextLine() else { return nil }
        return try record(line)
    }

    mutating func skip() throws -> Bool { try nextLine() != nil }

    private mutating func nextLine() throws -> Range<Int>? {
        while let line = try lines.next() {
            let isBlank = lines.withBytes(of: line) { bytes in
                bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
            }
            if !isBlank { return line }
        }
        return nil
    }

    private mutating func record(_ line: Range<Int>) throws -> DatasetRecord {
        let number = lines.number
        let value: JSONValue
        do {
            value = try lines.withBytes(of: line) { bytes throws(JSONParsingError) in
                try parser.value(in: bytes, number: number)
            }
        } catch let error {
            let first = number == 1 ? lines.withBytes(of: line) { $0.first } : nil
            let advice =
                switch first {
                case UInt8(ascii: "["): "a file that is one JSON list is read with 'loader: json'"
                case UInt8(ascii: "{"):
                    "an object takes one whole line; a file that is one JSON value has 'loader: json'"
                default: "mend or remove the line; every line is one whole JSON object"
                }
            throw file.malformed(error.message, line: error.line, column: error.column, advice: advice)
        }
        guard let fields = value.objectValue else {
            throw file.malformed(
                "expected a JSON object on every line, found \(value.typeName)", line: number, column: 1,
                advice: value.arrayValue == nil
                    ? "mend or remove the line" : "a file that is one JSON list is read with 'loader: json'")
        }
        return DatasetRecord(fields: fields, origin: "\(file.name):\(number)")
    }
}
