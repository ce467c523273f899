/// Decides how a string can be written, and quotes it.
enum ScalarWriter {
    /// Whether a string without quotes reads back as itself in YAML 1.2 and 1.1, as a key and as a value.
    static func isSafePlain(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, let last = bytes.last, bytes.count <= 4096 else { return false }
        guard first != space, last != space, last != colon, hasSafeStart(bytes) else { return false }
        guard !hasOtherReading(text) else { return false }
        var previous: UInt8 = 0
        for byte in bytes {
            if previous == colon, byte == space { return false }
            if previous == space, byte == UInt8(ascii: "#") { return false }
            previous = byte
        }
        return text.unicodeScalars.allSatisfy { isPlainlyPrintable($0) }
    }

    /// Whether a string has several lines that a `|` block can show.
    static func fitsLiteralBlock(_ text: String) -> Bool {
        let bytes = text.utf8
        guard bytes.contains(newline), !bytes.allSatisfy({ $0 == newline || $0 == space || $0 == tab }) else {
            return false
        }
        return text.unicodeScalars.allSatisfy { $0 == "\n" || $0 == "\t" || isPlainlyPrintable($0) }
    }

    /// Whether a block's own indentation could not be told from its first line.
    static func startsWithSpace(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return false }
        return first == space || first == newline || first == tab
    }

    /// The string in single quotes where that is enough, else in double quotes with escapes.
    static func quoted(_ text: String) -> String {
        guard !text.unicodeScalars.allSatisfy({ isPlainlyPrintable($0) }) else {
            var result = "'"
            for scalar in text.unicodeScalars {
                result.unicodeScalars.append(scalar)
                if scalar == "'" { result += "'" }
            }
            return result + "'"
        }
        var result = "\""
        for scalar in text.unicodeScalars {
            if let escape = escape(scalar) { result += escape } else { result.unicodeScalars.append(scalar) }
        }
        return result + "\""
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case "\n": return "\\n"
        case "\t": return "\\t"
        case "\r": return "\\r"
        case "\0": return "\\0"
        default: break
        }
        guard !isPlainlyPrintable(scalar) else { return nil }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let (letter, width) = scalar.value <= 0xFF ? ("x", 2) : scalar.value <= 0xFFFF ? ("u", 4) : ("U", 8)
        return "\\" + letter + String(repeating: "0", count: width - digits.count) + digits
    }

    /// Printable, and no line break in any version of YAML.
    private static func isPlainlyPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E: true
        case 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: false
        case 0xA0...0x10FFFF: true
        default: false
        }
    }

    /// Indicators begin something else; a hyphen may begin an option such as `--flag`.
    private static func hasSafeStart(_ bytes: String.UTF8View) -> Bool {
        guard let first = bytes.first else { return false }
        guard first != UInt8(ascii: "-") else {
            guard let second = bytes.first(where: { $0 != UInt8(ascii: "-") }) else { return false }
            return isLetter(second) && !bytes.starts(with: "---".utf8)
        }
        return !"?:,[]{}#&*!|>'\"%@`=<".utf8.contains(first)
    }

    /// Whether YAML 1.2 or 1.1 would read the plain text as null, a boolean, a number or a date.
    private static func hasOtherReading(_ text: String) -> Bool {
        guard case .string = CoreSchema.resolve(text) else { return true }
        if text.utf8.count <= 5, words.contains(text.lowercased()) { return true }
        return looksNumeric(text.utf8)
    }

    private static let words: Set<String> = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~"]

    /// Text that begins like a number and has only characters that some version's numbers and dates have.
    private static func looksNumeric(_ bytes: String.UTF8View) -> Bool {
        guard let first = bytes.first(where: { $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) else {
            return true
        }
        guard isDigit(first) || first == UInt8(ascii: ".") else { return false }
        return bytes.allSatisfy { isDigit($0) || "+-._: abcdefABCDEFoOxXtTzZiInN".utf8.contains($0) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 0x20) }
    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    private static let space = UInt8(ascii: " ")
    private static let colon = UInt8(ascii: ":")
    private static let tab = UInt8(ascii: "\t")
    private static let newline = UInt8(ascii: "\n")
}
