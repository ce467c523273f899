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
        guard let byte = peek else { throw failure("a backslash ends the cell") }
        position += 1
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): content.append(byte)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "a"): content.append(0x07)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "v"): content.append(0x0B)
        case 0x0A: break
        case UInt8(ascii: "x"): try appendHex(2, to: &content)
        case UInt8(ascii: "u"): try appendHex(4, to: &content)
        case UInt8(ascii: "U"): try appendHex(8, to: &content)
        case UInt8(ascii: "N"): throw failure("a character by its name cannot be read")
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            let code = octalDigits(from: byte)
            try append(code, to: &content)
        default: content += [UInt8(ascii: "\\"), byte]
        }
    }

    private mutating func appendHex(_ count: Int, to content: inout [UInt8]) throws(ListCellError) {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard let byte = peek, let digit = Character(UnicodeScalar(byte)).hexDigitValue else {
                throw failure("\(count) hexadecimal digits are expected")
            }
            position += 1
            value = value << 4 | UInt32(digit)
        }
        try append(value, to: &content)
    }

    private mutating func octalDigits(from first: UInt8) -> UInt32 {
        var value = UInt32(first - UInt8(ascii: "0"))
        for _ in 0..<2 {
            guard let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(byte) else { break }
            position += 1
            value = value << 3 | UInt32(byte - UInt8(ascii: "0"))
        }
        return value
    }

    private func append(_ code: UInt32, to content: inout [UInt8]) throws(ListCellError) {
        guard let scalar = UnicodeScalar(code) else { throw failure("U+\(String(code, radix: 16)) is no character") }
        content += Array(String(Character(scalar)).utf8)
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
