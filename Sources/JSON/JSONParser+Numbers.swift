extension JSONParser {
    mutating func number() throws(JSONParsingError) -> JSONValue {
        let start = cursor
        let isNegative = take(UInt8(ascii: "-"))
        guard cursor < end, isDigit(cursor.pointee) else {
            if isNegative, options.allowsNonFiniteNumbers, cursor < end, cursor.pointee == UInt8(ascii: "I") {
                try word("Infinity")
                return .number("-Infinity")
            }
            throw failure("expected a digit, found \(found)")
        }
        let firstDigit = cursor
        var magnitude: UInt64 = 0
        while cursor < end, isDigit(cursor.pointee) {
            magnitude = magnitude &* 10 &+ UInt64(cursor.pointee &- UInt8(ascii: "0"))
            cursor += 1
        }
        let digits = cursor - firstDigit
        if digits > 1, firstDigit.pointee == UInt8(ascii: "0") {
            throw failure("a number must not start with zero", at: firstDigit)
        }
        let isInteger = try !fractionAndExponent()
        // Nineteen digits always fit in the unsigned word, so that the sum has not wrapped round.
        if isInteger, digits <= 19, !(isNegative && magnitude == 0) {
            if isNegative, magnitude <= Int64.min.magnitude { return .int(Int64(truncatingIfNeeded: 0 &- magnitude)) }
            if !isNegative, magnitude <= Int64.max.magnitude { return .int(Int64(truncatingIfNeeded: magnitude)) }
        }
        return .number(String(decoding: UnsafeBufferPointer(start: start, count: cursor - start), as: UTF8.self))
    }

    /// Steps over a fraction and an exponent; returns whether there was either.
    private mutating func fractionAndExponent() throws(JSONParsingError) -> Bool {
        var found = false
        if take(UInt8(ascii: ".")) {
            found = true
            try digits(after: "the decimal point")
        }
        if cursor < end, cursor.pointee | 0x20 == UInt8(ascii: "e") {
            found = true
            cursor += 1
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits(after: "the exponent's sign")
        }
        return found
    }

    private mutating func digits(after what: StaticString) throws(JSONParsingError) {
        let start = cursor
        while cursor < end, isDigit(cursor.pointee) { cursor += 1 }
        guard cursor > start else { throw failure("expected a digit after \(what), found \(found)") }
    }

    /// Reads `NaN` or `Infinity` where they are allowed; anything else that starts no value is an error.
    mutating func nonFiniteNumber() throws(JSONParsingError) -> JSONValue {
        switch cursor.pointee {
        case UInt8(ascii: "N") where options.allowsNonFiniteNumbers:
            try word("NaN")
            return .number("NaN")
        case UInt8(ascii: "I") where options.allowsNonFiniteNumbers:
            try word("Infinity")
            return .number("Infinity")
        default: throw failure("expected a value, found \(found)")
        }
    }

    @inline(__always)
    private func isDigit(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10
    }
}
