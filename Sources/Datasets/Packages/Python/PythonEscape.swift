/// Resolves the escapes in Python's string literals.
public enum PythonEscape {
    /// Why an escape cannot be resolved.
    public struct Failure: Error, Sendable, Hashable {
        /// What is wrong with it.
        public let message: String
    }

    /// Appends what the escape means whose backslash stands before `place`, and moves `place` behind it.
    ///
    /// As Python does: a line end that is escaped is dropped, and an escape that Python does not know stays as it stands. A
    /// backslash at the end of the bytes means nothing. Throws for digits that are missing, for what is no character, and
    /// for characters by their names, which are not read; `place` is then behind what was read.
    public static func resolve(
        _ bytes: [UInt8], at place: inout Int, into content: inout [UInt8]
    ) throws(Failure) {
        guard place < bytes.count else { return }
        let byte = bytes[place]
        place += 1
        switch byte {
        case UInt8(ascii: "\n"): break
        case UInt8(ascii: "x"): try append(hexadecimal(2, bytes, &place), to: &content)
        case UInt8(ascii: "u"): try append(hexadecimal(4, bytes, &place), to: &content)
        case UInt8(ascii: "U"): try append(hexadecimal(8, bytes, &place), to: &content)
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            place -= 1
            try append(octal(bytes, &place), to: &content)
        case UInt8(ascii: "N"): throw Failure(message: "a character is named, which is not read")
        default: content += plain[byte].map { [$0] } ?? [UInt8(ascii: "\\"), byte]
        }
    }

    private static let plain: [UInt8: UInt8] = [
        UInt8(ascii: "\\"): UInt8(ascii: "\\"), UInt8(ascii: "'"): UInt8(ascii: "'"),
        UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "n"): 10, UInt8(ascii: "t"): 9, UInt8(ascii: "r"): 13,
        UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "v"): 11,
    ]

    private static func hexadecimal(_ count: Int, _ bytes: [UInt8], _ place: inout Int) throws(Failure) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard place < bytes.count, let digit = Character(Unicode.Scalar(bytes[place])).hexDigitValue else {
                throw Failure(message: "the escape is cut short")
            }
            place += 1
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    /// One to three digits.
    private static func octal(_ bytes: [UInt8], _ place: inout Int) -> UInt32 {
        let digits = bytes[place...].prefix(3).prefix { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }
        place += digits.count
        return digits.reduce(0) { $0 << 3 | UInt32($1 - UInt8(ascii: "0")) }
    }

    private static func append(_ value: UInt32, to content: inout [UInt8]) throws(Failure) {
        guard let scalar = Unicode.Scalar(value) else { throw Failure(message: "the escape names no character") }
        content += Array(String(Character(scalar)).utf8)
    }
}
