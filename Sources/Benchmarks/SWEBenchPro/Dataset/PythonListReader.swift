import Datasets

/// Reads a Python list of string literals, byte by byte: nothing is evaluated.
struct PythonListReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// Reads the whole input as one list.
    mutating func list() throws(ListCellError) -> [String] {
        try expect(UInt8(ascii: "["))
        var items: [String] = []
        skipSpaces()
        while peek != UInt8(ascii: "]") {
            items.append(try item())
            skipSpaces()
            guard peek == UInt8(ascii: ",") else { break }
            position += 1
            skipSpaces()
        }
        try expect(UInt8(ascii: "]"))
        skipSpaces()
        if position < bytes.count { throw failure("something follows the list") }
        return items
    }

    /// One element: literals that stand side by side are one text.
    private mutating func item() throws(ListCellError) -> String {
        guard let quote = peek, Self.isQuote(quote) else { throw failure("a text in quotes is expected") }
        var content: [UInt8] = []
        while let quote = peek, Self.isQuote(quote) {
            position += 1
            try literal(endingWith: quote, into: &content)
            skipSpaces()
        }
        guard let text = String(validating: content, as: UTF8.self) else { throw failure("the text is not UTF-8") }
        return text
    }

    private mutating func literal(endingWith quote: UInt8, into content: inout [UInt8]) throws(ListCellError) {
        while let byte = peek {
            position += 1
            switch byte {
            case quote: return
            case UInt8(ascii: "\\"): try escape(into: &content)
            case 0x0A: throw failure("a text ends with its line")
            default: content.append(byte)
            }
        }
        throw failure("a text has no closing quote")
    }

    private mutating func escape(into content: inout [UInt8]) throws(ListCellError) {
        do {
            try PythonEscape.resolve(bytes, at: &position, into: &content)
        } catch {
            throw failure(error.message)
        }
    }

    private static func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpaces() {
        while let byte = peek, Self.isSpace(byte) { position += 1 }
    }

    private mutating func expect(_ byte: UInt8) throws(ListCellError) {
        skipSpaces()
        guard peek == byte else { throw failure("'\(Character(UnicodeScalar(byte)))' is expected") }
        position += 1
    }

    private func failure(_ message: String) -> ListCellError { ListCellError(message: message, offset: position) }
}
