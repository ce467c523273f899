import JSON

extension TOMLReader {
    /// Reads a value.
    mutating func readValue(depth: Int) throws(TOMLParsingError) -> JSONValue {
        guard depth <= Self.maximumDepth else { throw failure("tables and arrays lie too deep in one another") }
        switch peek() {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return .string(try readString())
        case UInt8(ascii: "["): return try readArray(depth: depth)
        case UInt8(ascii: "{"): return try readInlineTable(depth: depth)
        default: return try readScalar()
        }
    }

    private mutating func readArray(depth: Int) throws(TOMLParsingError) -> JSONValue {
        advance()
        var elements: [JSONValue] = []
        while true {
            try skipBlankLines()
            if skip("]") { return .array(elements) }
            elements.append(try readValue(depth: depth + 1))
            try skipBlankLines()
            if skip("]") { return .array(elements) }
            guard skip(",") else { throw failure("expected ',' or ']' in the array") }
        }
    }

    private mutating func readInlineTable(depth: Int) throws(TOMLParsingError) -> JSONValue {
        advance()
        let table = TOMLTable(.braces)
        skipSpaces()
        if skip("}") { return table.json }
        while true {
            skipSpaces()
            try readPair(into: table, depth: depth + 1)
            skipSpaces()
            if skip("}") { return table.json }
            guard skip(",") else { throw failure("expected ',' or '}' in the table") }
        }
    }

    /// Reads a boolean, a number, a date or a time.
    private mutating func readScalar() throws(TOMLParsingError) -> JSONValue {
        let start = place
        var text = takeWord()
        // A date and its time may be parted by a space.
        if text.utf8.count == 10, text.contains("-"), peek() == 0x20, let next = peek(1), (0x30...0x39).contains(next) {
            advance()
            text += " " + takeWord()
        }
        switch text {
        case "": throw failure("expected a value", at: start)
        case "true": return true
        case "false": return false
        default: break
        }
        if TOMLMoment.isMoment(text) { return .string(text) }
        guard let number = TOMLNumber.value(of: text) else {
            throw failure("'\(text)' is no value; strings stand in quotes", at: start)
        }
        return number
    }

    private mutating func takeWord() -> String {
        let word = take { byte in
            switch byte {
            case 0x21..<0x7F: !"#,]}=\"'[{".utf8.contains(byte)
            default: false
            }
        }
        return String(decoding: word, as: UTF8.self)
    }
}

/// The numbers of TOML.
enum TOMLNumber {
    /// The value that a text spells, or nil when it spells none or an integer beyond 64 bits.
    static func value(of text: String) -> JSONValue? {
        for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where text.hasPrefix(prefix) {
            guard let digits = joined(text.dropFirst(2), isDigit: { $0.isTOMLHexadecimalDigit }),
                !digits.hasPrefix("-"), !digits.hasPrefix("+")
            else { return nil }
            return Int64(digits, radix: radix).map { .int($0) }
        }
        let isNegative = text.hasPrefix("-")
        let magnitude = isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...]
        switch magnitude {
        case "inf": return JSONValue(isNegative ? -Double.infinity : .infinity)
        case "nan": return JSONValue(Double.nan)
        default: break
        }
        let whole = magnitude.prefix { $0 != "." && $0 != "e" && $0 != "E" }
        guard let digits = joined(whole, isDigit: isDecimalDigit), digits == "0" || !digits.hasPrefix("0") else {
            return nil
        }
        let sign = isNegative ? "-" : ""
        if whole.endIndex == magnitude.endIndex { return Int64(sign + digits).map { .int($0) } }
        guard let rest = fractionAndExponent(magnitude[whole.endIndex...]) else { return nil }
        return Double(sign + digits + rest).map { JSONValue($0) }
    }

    /// What stands behind the whole digits of a float, without underscores.
    private static func fractionAndExponent(_ text: Substring) -> String? {
        var (rest, result) = (text, "")
        if rest.first == "." {
            let fraction = rest.dropFirst().prefix { $0 != "e" && $0 != "E" }
            guard let digits = joined(fraction, isDigit: isDecimalDigit) else { return nil }
            result += "." + digits
            rest = rest[fraction.endIndex...]
        }
        guard !rest.isEmpty else { return result }
        let exponent = rest.dropFirst()
        let hasSign = exponent.first == "-" || exponent.first == "+"
        guard let digits = joined(exponent.dropFirst(hasSign ? 1 : 0), isDigit: isDecimalDigit) else { return nil }
        return result + "e" + (exponent.first == "-" ? "-" : "") + digits
    }

    /// The digits without the single underscores between them, or nil when anything else is there or nothing.
    private static func joined(_ text: Substring, isDigit: (UInt8) -> Bool) -> String? {
        let groups = text.utf8.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
        guard groups.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }) else { return nil }
        return String(text.filter { $0 != "_" })
    }

    private static func isDecimalDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

/// The dates and times of TOML.
enum TOMLMoment {
    /// Whether a text has the form of a day, a time, or both; whether there is such a day is not looked at.
    static func isMoment(_ text: String) -> Bool {
        let form = String(text.map { $0.isASCII && $0.isNumber ? "0" : $0 })
        let day = "0000-00-00"
        if form == day { return true }
        guard form.hasPrefix(day) else { return isTime(form[...]) }
        let rest = form.dropFirst(day.count)
        guard let separator = rest.first, "Tt ".contains(separator) else { return false }
        return isTime(withoutOffset(rest.dropFirst()))
    }

    private static func isTime(_ form: Substring) -> Bool {
        guard form.hasPrefix("00:00:00") else { return false }
        let fraction = form.dropFirst(8)
        return fraction.isEmpty
            || (fraction.first == "." && fraction.count > 1 && fraction.dropFirst().allSatisfy { $0 == "0" })
    }

    private static func withoutOffset(_ form: Substring) -> Substring {
        if form.hasSuffix("Z") || form.hasSuffix("z") { return form.dropLast() }
        return form.hasSuffix("+00:00") || form.hasSuffix("-00:00") ? form.dropLast(6) : form
    }
}
