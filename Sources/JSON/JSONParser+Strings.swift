extension JSONParser {
    /// The rest of a string whose opening quote has been read.
    mutating func string() throws(JSONParsingError) -> String {
        let stop = plainEnd()
        guard stop < end, stop.pointee == UInt8(ascii: "\"") else { return try stringWithEscapes(plainUntil: stop) }
        let string = try decode(cursor, stop)
        cursor = stop + 1
        return string
    }

    /// The rest of a key whose opening quote has been read, and its hash.
    mutating func key() throws(JSONParsingError) -> (key: String, hash: UInt64) {
        let stop = plainEnd()
        guard stop < end, stop.pointee == UInt8(ascii: "\"") else {
            let key = try stringWithEscapes(plainUntil: stop)
            return (key, withBytes(key, JSONKeyCache.hash))
        }
        let bytes = UnsafeBufferPointer(start: cursor, count: stop - cursor)
        let hash = JSONKeyCache.hash(bytes)
        if let known = keys.find(bytes, hash) {
            cursor = stop + 1
            return (known, hash)
        }
        let key = try decode(cursor, stop)
        if bytes.count <= JSONKeyCache.longestKey { keys.keep(key, hash) }
        cursor = stop + 1
        return (key, hash)
    }

    /// The first quote, backslash or control character from the cursor on, or the end: eight bytes at a time.
    @inline(__always)
    private func plainEnd() -> UnsafePointer<UInt8> {
        var place = cursor
        while end - place >= 8 {
            let word = UnsafeRawPointer(place).loadUnaligned(as: UInt64.self).littleEndian
            let special = specialBytes(in: word)
            if special != 0 { return place + (special.trailingZeroBitCount >> 3) }
            place += 8
        }
        while place < end {
            let byte = place.pointee
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { return place }
            place += 1
        }
        return place
    }

    private mutating func stringWithEscapes(plainUntil first: UnsafePointer<UInt8>) throws(JSONParsingError) -> String {
        scratch.removeAll(keepingCapacity: true)
        let start = cursor
        var stop = first
        while true {
            scratch.append(contentsOf: UnsafeBufferPointer(start: cursor, count: stop - cursor))
            cursor = stop
            guard cursor < end, cursor.pointee != UInt8(ascii: "\\") || end - cursor >= 2 else {
                throw failure("the string has no closing quote", at: start - 1)
            }
            switch cursor.pointee {
            case UInt8(ascii: "\""):
                guard let string = scratch.withUnsafeBufferPointer(validString) else { throw invalidUTF8(from: start) }
                cursor += 1
                return string
            case UInt8(ascii: "\\"): try escape()
            default: throw failure("a control character in a string has to be escaped")
            }
            stop = plainEnd()
        }
    }

    /// Reads the escape at the cursor, of at least two bytes, into `scratch`.
    private mutating func escape() throws(JSONParsingError) {
        let start = cursor
        let letter = cursor[1]
        cursor += 2
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scratch.append(letter)
        case UInt8(ascii: "b"): scratch.append(0x08)
        case UInt8(ascii: "f"): scratch.append(0x0C)
        case UInt8(ascii: "n"): scratch.append(0x0A)
        case UInt8(ascii: "r"): scratch.append(0x0D)
        case UInt8(ascii: "t"): scratch.append(0x09)
        case UInt8(ascii: "u"): append(try escapedScalar(from: start))
        default: throw failure("unknown escape in a string", at: start)
        }
    }

    /// The scalar of a `\u` escape whose hexadecimal digits are next, with its second half if it is a surrogate pair.
    private mutating func escapedScalar(from start: UnsafePointer<UInt8>) throws(JSONParsingError) -> Unicode.Scalar {
        let unit = try hexadecimal(from: start)
        if let scalar = Unicode.Scalar(unit) { return scalar }
        if unit < 0xDC00, end - cursor >= 6, cursor[0] == UInt8(ascii: "\\"), cursor[1] == UInt8(ascii: "u") {
            let second = cursor
            cursor += 2
            let low = try hexadecimal(from: second)
            if (0xDC00...0xDFFF).contains(low),
                let scalar = Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
            {
                return scalar
            }
            cursor = second  // not its other half: read again as an escape of its own
        }
        guard options.loneSurrogates == .replace else { throw failure("half of a surrogate pair", at: start) }
        return "\u{FFFD}"
    }

    private mutating func hexadecimal(from start: UnsafePointer<UInt8>) throws(JSONParsingError) -> UInt32 {
        guard end - cursor >= 4 else { throw failure("'\\u' needs four hexadecimal digits", at: start) }
        var value: UInt32 = 0
        for place in 0..<4 {
            let byte = cursor[place]
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            default: throw failure("'\\u' needs four hexadecimal digits", at: start)
            }
            value = value << 4 | UInt32(digit)
        }
        cursor += 4
        return value
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        scratch.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }

    private func decode(
        _ start: UnsafePointer<UInt8>, _ stop: UnsafePointer<UInt8>
    ) throws(JSONParsingError) -> String {
        let bytes = UnsafeBufferPointer(start: start, count: stop - start)
        guard let string = validString(bytes) else { throw invalidUTF8(from: start) }
        return string
    }
}

/// A word whose high bits mark the quotes, backslashes and control characters among eight bytes.
///
/// Bits above the lowest mark may be wrong, because subtraction borrows; the lowest is right.
@inline(__always)
func specialBytes(in word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = word ^ (ones &* 0x22)
    let backslashes = word ^ (ones &* 0x5C)
    let marks =
        ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes) | ((word &- (ones &* 0x20)) & ~word)
    return marks & (ones &* 0x80)
}
