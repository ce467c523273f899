import Evaluation

/// Cuts Python source into tokens, as far as reading constants needs: layout is dropped, strings are resolved.
struct PythonTokenizer {
    private let name: String
    private let bytes: [UInt8]
    private var place = 0
    private var line = 1
    private var lineStart = 0

    /// Takes a file's text; `name` is what errors call it.
    init(_ bytes: [UInt8], name: String) {
        self.bytes = bytes
        self.name = name
    }

    /// All tokens.
    ///
    /// Throws ``EvaluationError``, cause `task`, for strings that do not end or have unreadable escapes.
    mutating func tokens() throws(EvaluationError) -> [PythonToken] {
        var tokens: [PythonToken] = []
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\n"): newLine()
            case 0x20, 0x09, 0x0D, UInt8(ascii: "\\"), 0xEF, 0xBB, 0xBF: place += 1
            case UInt8(ascii: "#"): while let next = peek(), next != UInt8(ascii: "\n") { place += 1 }
            default: tokens.append(try token(byte))
            }
        }
        return tokens
    }

    private mutating func token(_ byte: UInt8) throws(EvaluationError) -> PythonToken {
        let start = (line, place == lineStart)
        func made(_ kind: PythonToken.Kind) -> PythonToken {
            PythonToken(kind: kind, line: start.0, startsLine: start.1)
        }
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { return made(.string(try string(isRaw: false))) }
        if Self.isDigit(byte) || (byte == UInt8(ascii: ".") && peek(1).map(Self.isDigit) == true) {
            return made(.number(number()))
        }
        guard Self.isNamePart(byte) else {
            place += 1
            return made(.symbol(Character(Unicode.Scalar(byte))))
        }
        let word = word()
        guard let quote = peek(), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            return made(.name(word))
        }
        let prefix = word.lowercased()
        guard ["r", "u", "f", "b", "rb", "br", "fr", "rf"].contains(prefix) else { return made(.name(word)) }
        let text = try string(isRaw: prefix.contains("r") || prefix.contains("f") || prefix.contains("b"))
        return made(prefix == "r" || prefix == "u" ? .string(text) : .otherString)
    }

    private mutating func word() -> String {
        let start = place
        while let next = peek(), Self.isNamePart(next) { place += 1 }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private mutating func number() -> String {
        let start = place
        while let next = peek() {
            let last = bytes[max(start, place - 1)] | 0x20
            let isSign = next == UInt8(ascii: "+") || next == UInt8(ascii: "-")
            let isHexadecimal = place > start + 1 && bytes[start + 1] | 0x20 == UInt8(ascii: "x")
            guard
                Self.isNamePart(next) || next == UInt8(ascii: ".")
                    || (isSign && last == UInt8(ascii: "e") && !isHexadecimal)
            else { break }
            place += 1
        }
        return String(decoding: bytes[start..<place], as: UTF8.self).replacing("_", with: "")
    }

    private mutating func string(isRaw: Bool) throws(EvaluationError) -> String {
        let quote = bytes[place]
        let first = line
        let isTriple = peek(1) == quote && peek(2) == quote
        place += isTriple ? 3 : 1
        var content: [UInt8] = []
        while let byte = peek() {
            if byte == quote, !isTriple || (peek(1) == quote && peek(2) == quote) {
                place += isTriple ? 3 : 1
                guard let text = String(validating: content, as: UTF8.self) else {
                    throw failure("the string is not UTF-8", at: first)
                }
                return text
            }
            if byte == UInt8(ascii: "\n") {
                guard isTriple else { break }
                newLine()
                content.append(byte)
            } else if byte == UInt8(ascii: "\\"), !isRaw {
                try escape(into: &content)
            } else {
                if byte == UInt8(ascii: "\\"), let next = peek(1) {
                    // In raw text a backslash keeps a quote from ending it, and both stay.
                    content.append(byte)
                    place += 1
                    if next == UInt8(ascii: "\n") { continue }
                }
                content.append(bytes[place])
                place += 1
            }
        }
        throw failure("the string never ends", at: first)
    }

    private mutating func escape(into content: inout [UInt8]) throws(EvaluationError) {
        place += 1
        guard peek() != UInt8(ascii: "\n") else { return newLine() }
        do {
            try PythonEscape.resolve(bytes, at: &place, into: &content)
        } catch {
            throw failure(error.message, at: line)
        }
    }

    private func peek(_ ahead: Int = 0) -> UInt8? { place + ahead < bytes.count ? bytes[place + ahead] : nil }

    private mutating func newLine() {
        place += 1
        line += 1
        lineStart = place
    }

    private func failure(_ message: String, at line: Int) -> EvaluationError {
        EvaluationError(
            .dataMalformed, message, cause: .task, location: SourceLocation(file: name, line: line, column: 1))
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
