extension JSONParser {
    /// An error at the cursor.
    func failure(_ message: String) -> JSONParsingError {
        failure(message, at: cursor)
    }

    /// An error at a place in the text.
    func failure(_ message: String, at place: UnsafePointer<UInt8>) -> JSONParsingError {
        var line = 1
        var column = 1
        for byte in UnsafeBufferPointer(start: base, count: place - base) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {  // continuation bytes belong to the character before
                column += 1
            }
        }
        if column > 1, line == 1, base[0] == 0xEF, end - base >= 3, base[1] == 0xBB, base[2] == 0xBF { column -= 1 }
        return JSONParsingError(message: message, offset: place - base, line: line, column: column)
    }

    /// What is at the cursor, for a message.
    var found: String {
        guard cursor < end else { return "the end of the text" }
        let byte = cursor.pointee
        switch byte {
        case 0x21...0x7E: return "'\(Unicode.Scalar(byte))'"
        case 0x20: return "a space"
        default:
            let next = UnsafeBufferPointer(start: cursor, count: min(4, end - cursor))
            var decoder = UTF8()
            var bytes = next.makeIterator()
            guard case .scalarValue(let scalar) = decoder.decode(&bytes), scalar.value >= 0xA0 else {
                return "byte 0x\(String(byte, radix: 16))"
            }
            return "'\(scalar)'"
        }
    }

    /// The error for the first bytes from `start` on that are not UTF-8.
    func invalidUTF8(from start: UnsafePointer<UInt8>) -> JSONParsingError {
        let place = start + lengthOfValidUTF8(UnsafeBufferPointer(start: start, count: end - start))
        return failure("the string is not valid UTF-8", at: place)
    }
}

/// How many bytes come before the first that is not well-formed UTF-8.
func lengthOfValidUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var place = 0
    while place < bytes.count {
        let rest = UnsafeBufferPointer(rebasing: bytes[place...])
        let length: Int
        switch rest[0] {
        case 0x00...0x7F: length = 1
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        case 0xF0...0xF4: length = 4
        default: return place
        }
        guard rest.count >= length, validString(UnsafeBufferPointer(rebasing: rest[..<length])) != nil else {
            return place
        }
        place += length
    }
    return place
}
