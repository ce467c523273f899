/// A word of an expression, with the depth of parentheses after it.
struct CalculatorToken {
    enum Kind: Equatable {
        case number(PythonNumber)
        case ellipsis
        case symbol(Symbol)
        case end
        /// Where CPython's tokenizer stops, with its text.
        case error(String)
    }

    enum Symbol: String {
        case plus = "+"
        case minus = "-"
        case times = "*"
        case over = "/"
        case power = "**"
        case floor = "//"
        case open = "("
        case close = ")"
        case point = "."
    }

    var kind: Kind
    var depth: Int
}

/// Cuts an expression into tokens; stops at the first thing that CPython's tokenizer refuses.
struct CalculatorTokenizer {
    /// How deep CPython lets parentheses be nested.
    private static let maximumDepth = 200

    private let bytes: [UInt8]
    private var place = 0
    private var depth = 0

    init(_ source: String) {
        bytes = Array(source.utf8)
    }

    /// All tokens; the last one is ``CalculatorToken/Kind/end`` or an error.
    mutating func tokens() -> [CalculatorToken] {
        var tokens: [CalculatorToken] = []
        while true {
            let kind = next()
            tokens.append(CalculatorToken(kind: kind, depth: depth))
            switch kind {
            case .end, .error: return tokens
            default: break
            }
        }
    }

    private mutating func next() -> CalculatorToken.Kind {
        while byte(at: place) == UInt8(ascii: " ") { place += 1 }
        guard let first = byte(at: place) else { return depth > 0 ? .error("'(' was never closed") : .end }
        if isDigit(first) || (first == UInt8(ascii: ".") && byte(at: place + 1).map(isDigit) == true) {
            return number()
        }
        place += 1
        switch first {
        case UInt8(ascii: "+"): return .symbol(.plus)
        case UInt8(ascii: "-"): return .symbol(.minus)
        case UInt8(ascii: "*"): return take(UInt8(ascii: "*")) ? .symbol(.power) : .symbol(.times)
        case UInt8(ascii: "/"): return take(UInt8(ascii: "/")) ? .symbol(.floor) : .symbol(.over)
        case UInt8(ascii: "("):
            guard depth < Self.maximumDepth else { return .error("too many nested parentheses") }
            depth += 1
            return .symbol(.open)
        case UInt8(ascii: ")"):
            guard depth > 0 else { return .error("unmatched ')'") }
            depth -= 1
            return .symbol(.close)
        default:
            guard byte(at: place) == first, byte(at: place + 1) == first else { return .symbol(.point) }
            place += 2
            return .ellipsis
        }
    }

    private mutating func number() -> CalculatorToken.Kind {
        let start = place
        skipDigits()
        let digits = bytes[start..<place]
        guard take(UInt8(ascii: ".")) else { return integer(digits) }
        skipDigits()
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        // A zero before and after, so that the point never stands at an end.
        return .number(.float(Double("0\(text)0") ?? .nan))
    }

    private func integer(_ digits: ArraySlice<UInt8>) -> CalculatorToken.Kind {
        let significant = digits.drop { $0 == UInt8(ascii: "0") }
        if significant.count < digits.count, !significant.isEmpty {
            return .error(
                "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers")
        }
        guard digits.count <= BigInteger.maximumDigits else {
            return .error(
                "Exceeds the limit (\(BigInteger.maximumDigits) digits) for integer string conversion: value has "
                    + "\(digits.count) digits; use sys.set_int_max_str_digits() to increase the limit - Consider "
                    + "hexadecimal for huge integer literals to avoid decimal conversion limits.")
        }
        return .number(.integer(BigInteger(decimal: String(decoding: digits, as: UTF8.self)) ?? .zero))
    }

    private mutating func skipDigits() {
        while let byte = byte(at: place), isDigit(byte) { place += 1 }
    }

    private mutating func take(_ wanted: UInt8) -> Bool {
        guard byte(at: place) == wanted else { return false }
        place += 1
        return true
    }

    private func byte(at place: Int) -> UInt8? { place < bytes.count ? bytes[place] : nil }

    private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
