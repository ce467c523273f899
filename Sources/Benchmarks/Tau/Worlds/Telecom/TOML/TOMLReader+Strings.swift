extension TOMLReader {
    /// Reads a string of any of the four forms.
    mutating func readString() throws(TOMLParsingError) -> String {
        if skip("\"\"\"") { return try readLines(until: UInt8(ascii: "\""), hasEscapes: true) }
        if skip("'''") { return try readLines(until: UInt8(ascii: "'"), hasEscapes: false) }
        return peek() == UInt8(ascii: "'") ? try readLiteralString() : try readBasicString()
    }

    /// Reads `"…"` with escapes.
    mutating func readBasicString() throws(TOMLParsingError) -> String {
        let start = place
        advance()
        var text: [UInt8] = []
        while true {
            text += take { $0.isTOMLText && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
            switch peek() {
            case UInt8(ascii: "\""):
                advance()
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try readEscape(into: &text)
            default: throw failure("the string does not end on its line", at: start)
            }
        }
    }

    /// Reads `'…'`.
    mutating func readLiteralString() throws(TOMLParsingError) -> String {
        let start = place
        advance()
        let text = take { $0.isTOMLText && $0 != UInt8(ascii: "'") }
        guard skip("'") else { throw failure("the string does not end on its line", at: start) }
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads a string of many lines behind its opening quotes; a line end right behind them does not count.
    private mutating func readLines(
        until quote: UInt8, hasEscapes: Bool
    ) throws(TOMLParsingError) -> String {
        let start = place
        _ = skip("\n") || skip("\r\n")
        var text: [UInt8] = []
        while true {
            text += take { $0 == 0x0A || $0.isTOMLText && $0 != quote && !(hasEscapes && $0 == UInt8(ascii: "\\")) }
            switch peek() {
            case quote:
                // Up to two quotes may stand before the three that close.
                let quotes = take { $0 == quote }
                guard quotes.count >= 3 else {
                    text += quotes
                    continue
                }
                guard quotes.count <= 5 else { throw failure("too many quotes at the end of a string") }
                return String(decoding: text + quotes.dropLast(3), as: UTF8.self)
            case 0x0D where peek(1) == 0x0A:
                advance()
            case UInt8(ascii: "\\") where hasEscapes:
                if !skipLineContinuation() { try readEscape(into: &text) }
            default: throw failure("the string does not end", at: start)
            }
        }
    }

    /// Takes a backslash at the end of a line and the white space behind it; false when more stands on the line.
    private mutating func skipLineContinuation() -> Bool {
        var ahead = 1
        while peek(ahead) == 0x20 || peek(ahead) == 0x09 { ahead += 1 }
        guard peek(ahead) == 0x0A || (peek(ahead) == 0x0D && peek(ahead + 1) == 0x0A) else { return false }
        advance()
        _ = take { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
        return true
    }

    private mutating func readEscape(into text: inout [UInt8]) throws(TOMLParsingError) {
        let start = place
        advance()
        let letter = peek()
        advance()
        switch letter {
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "\""): text.append(0x22)
        case UInt8(ascii: "\\"): text.append(0x5C)
        case UInt8(ascii: "u"): text += try readScalar(digits: 4, at: start)
        case UInt8(ascii: "U"): text += try readScalar(digits: 8, at: start)
        default: throw failure("unknown escape in a string", at: start)
        }
    }

    private mutating func readScalar(digits: Int, at start: Int) throws(TOMLParsingError) -> [UInt8] {
        var left = digits
        let code = take { byte in
            defer { left -= 1 }
            return left > 0 && byte.isTOMLHexadecimalDigit
        }
        guard code.count == digits, let value = UInt32(String(decoding: code, as: UTF8.self), radix: 16),
            let scalar = Unicode.Scalar(value)
        else { throw failure("an escape names no Unicode character", at: start) }
        return Array(String(scalar).utf8)
    }
}

extension UInt8 {
    /// Whether a string may have the byte on a line: everything but control characters.
    fileprivate var isTOMLText: Bool { self == 0x09 || (self >= 0x20 && self != 0x7F) }

    /// Whether this is a digit to base sixteen.
    var isTOMLHexadecimalDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}
