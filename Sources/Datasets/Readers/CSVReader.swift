import Evaluation

/// Reads rows of RFC 4180 text: fields in quotes may hold delimiters, line breaks and doubled quotes.
///
/// Lines end with LF or CR LF. A quote within a field that does not start with one is an ordinary character, as in most programs.
struct CSVReader: ~Copyable {
    /// A row and where it starts.
    struct Row {
        /// The fields' text.
        var fields: [String] = []
        /// The one-based line of the first field.
        var line: Int
        /// Whether any field was quoted.
        var hasQuotes = false
    }

    private enum State {
        case fieldStart, plain, quoted, quoteInQuoted
    }

    private let file: LocalFile
    private let delimiter: UInt8
    private let largestRow: Int
    private var source: ByteSource
    private var buffer: [UInt8] = []
    private var place = 0
    private var isStarted = false

    // The place of the next byte, for errors: columns count characters.
    private var line = 1
    private var column = 1

    // The row being read.
    private var state = State.fieldStart
    private var field: [UInt8] = []
    private var fieldLine = 1
    private var fieldColumn = 1
    private var rowBytes = 0

    init(_ file: LocalFile, delimiter: UInt8, largestRow: Int) throws {
        self.file = file
        self.delimiter = delimiter
        self.largestRow = largestRow
        source = try ByteSource(file)
    }

    /// The next row that is not an empty line, or nil at the end of the file.
    mutating func next() throws -> Row? {
        var row = Row(line: line)
        startField()
        rowBytes = 0
        while try fill() {
            let byte = buffer[place]
            rowBytes += 1
            guard rowBytes <= largestRow else { throw tooLong(row) }
            let endsRow = try take(byte, into: &row)
            place += 1
            advance(over: byte)
            if endsRow {
                if !isEmpty(row) { return row }
                row = Row(line: line)
                startField()
                rowBytes = 0
            } else if byte == delimiter, state == .fieldStart {
                startField()
            }
        }
        return try lastRow(row)
    }

    /// Takes one byte of the row; returns whether the row ends with it.
    private mutating func take(_ byte: UInt8, into row: inout Row) throws -> Bool {
        switch (state, byte) {
        case (.fieldStart, UInt8(ascii: "\"")):
            state = .quoted
            row.hasQuotes = true
        case (.quoted, UInt8(ascii: "\"")): state = .quoteInQuoted
        case (.quoted, _): field.append(byte)
        case (.quoteInQuoted, UInt8(ascii: "\"")):
            field.append(byte)
            state = .quoted
        case (_, delimiter): try endField(of: &row)
        case (_, UInt8(ascii: "\n")):
            // The line feed of CR LF: its carriage return was kept, because it might have been text.
            if state != .quoteInQuoted, field.last == UInt8(ascii: "\r") { field.removeLast() }
            try endField(of: &row)
            return true
        case (.quoteInQuoted, UInt8(ascii: "\r")): break
        case (.quoteInQuoted, _):
            throw file.malformed(
                "expected a delimiter or the end of the line after a closing quote", line: line, column: column,
                advice: "write a quote within quotes twice")
        default:
            field.append(byte)
            state = .plain
        }
        return false
    }

    private mutating func lastRow(_ unfinished: Row) throws -> Row? {
        var row = unfinished
        guard rowBytes > 0 else { return nil }
        if state == .quoted {
            throw file.malformed("the quoted field is never closed", line: fieldLine, column: fieldColumn)
        }
        if state == .plain, field.last == UInt8(ascii: "\r") { field.removeLast() }
        try endField(of: &row)
        rowBytes = 0
        return isEmpty(row) ? nil : row
    }

    /// Whether the row is an empty line, which is skipped; a pair of quotes on a line of its own is an empty field.
    private func isEmpty(_ row: Row) -> Bool {
        row.fields.count == 1 && row.fields[0].isEmpty && !row.hasQuotes
    }

    private mutating func startField() {
        fieldLine = line
        fieldColumn = column
    }

    private mutating func endField(of row: inout Row) throws {
        guard let text = String(validating: field, as: UTF8.self) else {
            throw file.malformed("the field is not valid UTF-8", line: fieldLine, column: fieldColumn)
        }
        row.fields.append(text)
        field.removeAll(keepingCapacity: true)
        state = .fieldStart
    }

    private mutating func advance(over byte: UInt8) {
        if byte == UInt8(ascii: "\n") {
            line += 1
            column = 1
        } else if byte & 0xC0 != 0x80 {
            column += 1
        }
    }

    /// Makes sure that there is a next byte; false at the end of the file.
    private mutating func fill() throws -> Bool {
        while place == buffer.count {
            buffer.removeAll(keepingCapacity: true)
            place = 0
            guard try source.read(appendingTo: &buffer) else { return false }
            if !isStarted {
                isStarted = true
                if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
            }
        }
        return true
    }

    private func tooLong(_ row: Row) -> EvaluationError {
        file.malformed(
            "the row is longer than \(largestRow >> 20) MiB", line: row.line, column: 1,
            advice: "look for a quote that is never closed, or raise 'max_record_mb'")
    }
}
