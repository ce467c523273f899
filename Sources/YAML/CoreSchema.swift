/// The core schema of YAML 1.2: which plain scalars are null, booleans and numbers.
enum CoreSchema {
    static let prefix = "tag:yaml.org,2002:"

    /// Resolves the characters of a plain scalar.
    static func resolve(_ text: String) -> YAMLNode.Content {
        guard let first = text.utf8.first else { return .null }
        switch first {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            return number(text) ?? .string(text)
        case UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"):
            return isNull(text) ? .null : .string(text)
        case UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "f"), UInt8(ascii: "F"):
            return bool(text).map { .bool($0) } ?? .string(text)
        default:
            return .string(text)
        }
    }

    static func isNull(_ text: String) -> Bool {
        switch text {
        case "", "~", "null", "Null", "NULL": true
        default: false
        }
    }

    static func bool(_ text: String) -> Bool? {
        switch text {
        case "true", "True", "TRUE": true
        case "false", "False", "FALSE": false
        default: nil
        }
    }

    /// The number that a text is, or `nil`; integers that 64 bits cannot hold come back as floats with their text.
    static func number(_ text: String) -> YAMLNode.Content? {
        let bytes = text.utf8
        if let digits = digits(of: bytes, afterPrefix: UInt8(ascii: "x"), where: { isHexadecimal($0) }) {
            return Int64(digits, radix: 16).map { .int($0) } ?? .float(text)
        }
        if let digits = digits(of: bytes, afterPrefix: UInt8(ascii: "o"), where: { (48...55).contains($0) }) {
            return Int64(digits, radix: 8).map { .int($0) } ?? .float(text)
        }
        let unsigned = bytes.dropFirst(bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+") ? 1 : 0)
        if !unsigned.isEmpty, unsigned.allSatisfy({ isDigit($0) }) {
            return Int64(text).map { .int($0) } ?? .float(text)
        }
        return isFloat(unsigned) || isSpecialFloat(text) ? .float(text) : nil
    }

    /// The value of a text that ``number(_:)`` accepted.
    static func double(_ text: String) -> Double? {
        switch text {
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .infinity
        case "-.inf", "-.Inf", "-.INF": return -.infinity
        case ".nan", ".NaN", ".NAN": return .nan
        default: break
        }
        let bytes = text.utf8
        if let digits = digits(of: bytes, afterPrefix: UInt8(ascii: "x"), where: { isHexadecimal($0) }) {
            return digits.utf8.reduce(into: 0.0) { $0 = $0 * 16 + Double(hexadecimalValue($1)) }
        }
        if let digits = digits(of: bytes, afterPrefix: UInt8(ascii: "o"), where: { (48...55).contains($0) }) {
            return digits.utf8.reduce(into: 0.0) { $0 = $0 * 8 + Double($1 - 48) }
        }
        return Double(text)
    }

    private static func isSpecialFloat(_ text: String) -> Bool {
        switch text {
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF", ".nan", ".NaN", ".NAN": true
        default: false
        }
    }

    /// Whether an unsigned text is `(\.[0-9]+ | [0-9]+(\.[0-9]*)?) ([eE][-+]?[0-9]+)?`.
    private static func isFloat(_ bytes: Substring.UTF8View) -> Bool {
        var rest = bytes
        func skipDigits() -> Int {
            let before = rest.count
            rest = rest.drop { isDigit($0) }
            return before - rest.count
        }
        let whole = skipDigits()
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            if skipDigits() == 0, whole == 0 { return false }
        } else if whole == 0 {
            return false
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
            if skipDigits() == 0 { return false }
        }
        return rest.isEmpty
    }

    /// The digits after `0x` or `0o`, if there is at least one and all are of the right kind.
    private static func digits(
        of bytes: String.UTF8View, afterPrefix letter: UInt8, where isDigit: (UInt8) -> Bool
    ) -> Substring? {
        guard bytes.count > 2, bytes.first == UInt8(ascii: "0"), bytes.dropFirst().first == letter else { return nil }
        let digits = bytes.dropFirst(2)
        return digits.allSatisfy(isDigit) ? Substring(digits) : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        isDigit(byte) || (65...70).contains(byte) || (97...102).contains(byte)
    }

    private static func hexadecimalValue(_ byte: UInt8) -> UInt8 {
        isDigit(byte) ? byte - 48 : (byte | 0x20) - 97 + 10
    }
}

extension YAMLNode.Content {
    /// Reads text as YAML reads a plain scalar: `12` is an integer, `yes` a string, nothing is null.
    ///
    /// For text that reached a value by another way, such as a variable that was put into it.
    public init(plainScalar text: String) { self = CoreSchema.resolve(text) }
}
