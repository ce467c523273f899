/// Reads lines of JSON with one parser, which is faster than parsing each line anew.
///
/// ```swift
/// var reader = JSONLinesReader()
/// for value in try reader.values(in: bytes) { … }
/// ```
public struct JSONLinesReader {
    private var parser: JSONParser

    /// Makes a reader.
    public init(options: JSONParsingOptions = .init()) {
        parser = JSONParser(options: options, expectedBytes: .max)
    }

    /// Reads one line, its line feed taken off or not.
    ///
    /// `number` is the line's one-based number in its file, for the error.
    public mutating func value(
        in line: UnsafeBufferPointer<UInt8>, number: Int = 1
    ) throws(JSONParsingError) -> JSONValue {
        do {
            return try parser.parse(line)
        } catch {
            throw JSONParsingError(
                message: error.message, offset: error.offset, line: error.line + number - 1, column: error.column)
        }
    }

    /// Calls `body` with the value and the one-based number of every line in `bytes` that is not blank.
    ///
    /// The offset of a thrown ``JSONParsingError`` counts from the start of `bytes`.
    public mutating func forEach(
        in bytes: UnsafeBufferPointer<UInt8>, _ body: (JSONValue, Int) throws -> Void
    ) throws {
        var start = 0
        var number = 0
        while start < bytes.count {
            number += 1
            let stop = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            let line = UnsafeBufferPointer(rebasing: bytes[start..<stop])
            if !line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) {
                let value: JSONValue
                do {
                    value = try self.value(in: line, number: number)
                } catch {
                    throw JSONParsingError(
                        message: error.message, offset: error.offset + start, line: error.line, column: error.column)
                }
                try body(value, number)
            }
            start = stop + 1
        }
    }

    /// The values of all lines in `bytes` that are not blank.
    public mutating func values(in bytes: [UInt8]) throws(JSONParsingError) -> [JSONValue] {
        var values: [JSONValue] = []
        do {
            try bytes.withUnsafeBufferPointer { buffer in
                try forEach(in: buffer) { value, _ in values.append(value) }
            }
        } catch let error as JSONParsingError {
            throw error
        } catch {
            preconditionFailure("only parsing throws here: \(error)")
        }
        return values
    }
}
