import JSON

/// What pydantic's lax mode makes of scalars.
enum ScalarConversion {
    /// Why a value was not converted.
    struct Refusal: Error {
        var message: String
        var type: String
    }

    /// The value as an `int` field takes it.
    static func integer(_ value: JSONValue) throws(Refusal) -> JSONValue {
        switch value {
        case .int: return value
        case .bool(let value): return .int(value ? 1 : 0)
        case .string(let text): return try integer(spelledBy: text).jsonValue
        case .number:
            guard let number = PythonNumber(value) else { break }
            return try integer(number).jsonValue
        default: break
        }
        throw Refusal(message: "Input should be a valid integer", type: "int_type")
    }

    private static func integer(_ number: PythonNumber) throws(Refusal) -> PythonNumber {
        guard case .float(let float) = number else { return number }
        guard float.isFinite else { throw Refusal(message: "Input should be a finite number", type: "finite_number") }
        guard float == float.rounded(.towardZero) else {
            throw Refusal(
                message: "Input should be a valid integer, got a number with a fractional part", type: "int_from_float")
        }
        guard let integer = smallInteger(float) else { throw oversizedInteger }
        return PythonNumber(integer)
    }

    /// The integer that a string spells: a sign, digits with single underscores between them, a fraction of zeros.
    private static func integer(spelledBy text: String) throws(Refusal) -> PythonNumber {
        let unreadable = Refusal(
            message: "Input should be a valid integer, unable to parse string as an integer", type: "int_parsing")
        var rest = Array(trimmed(text).utf8)[...]
        let sign = rest.first
        let isNegative = sign == UInt8(ascii: "-")
        if isNegative || sign == UInt8(ascii: "+") { rest.removeFirst() }
        if let point = rest.firstIndex(of: UInt8(ascii: ".")) {
            let fraction = rest[(point + 1)...]
            guard !fraction.isEmpty, fraction.allSatisfy({ $0 == UInt8(ascii: "0") }) else { throw unreadable }
            rest = rest[..<point]
        }
        guard let first = rest.first, let last = rest.last, first != underscore, last != underscore,
            !hasDoubledUnderscore(rest), rest.allSatisfy({ isDigit($0) || $0 == underscore })
        else { throw unreadable }
        let digits = rest.filter { $0 != underscore }.drop { $0 == UInt8(ascii: "0") }
        guard digits.count + (isNegative ? 1 : 0) <= BigInteger.maximumDigits else { throw oversizedInteger }
        let magnitude = BigInteger(decimal: String(decoding: digits, as: UTF8.self)) ?? .zero
        return .integer(isNegative ? -magnitude : magnitude)
    }

    /// The value as a `float` field takes it.
    static func float(_ value: JSONValue) throws(Refusal) -> JSONValue {
        if case .string(let text) = value {
            guard let float = float(spelledBy: text) else {
                throw Refusal(
                    message: "Input should be a valid number, unable to parse string as a number",
                    type: "float_parsing")
            }
            return JSONValue(float)
        }
        let unsuited = Refusal(message: "Input should be a valid number", type: "float_type")
        switch PythonNumber(value) {
        case .float(let float): return JSONValue(float)
        case .integer(let integer):
            guard let float = integer.double else { throw unsuited }
            return JSONValue(float)
        case nil: throw unsuited
        }
    }

    /// The float that a string spells in decimal notation or as a word; underscores may stand anywhere but at the ends.
    private static func float(spelledBy text: String) -> Double? {
        // Around digits with underscores even white space is refused.
        let bytes = Array((text.utf8.contains(underscore) ? text : trimmed(text)).utf8)[...]
        guard bytes.first != underscore, bytes.last != underscore, !hasDoubledUnderscore(bytes) else { return nil }
        let plain = bytes.filter { $0 != underscore }
        let isNegative = plain.first == UInt8(ascii: "-")
        let unsigned = plain.dropFirst(isNegative || plain.first == UInt8(ascii: "+") ? 1 : 0)
        let magnitude: Double?
        switch String(decoding: unsigned, as: UTF8.self).lowercased() {
        case "inf", "infinity": magnitude = .infinity
        case "nan": magnitude = .nan
        case let numeral: magnitude = isNumeral(unsigned) ? Double(numeral) ?? Double("0\(numeral)") : nil
        }
        return magnitude.map { isNegative ? -$0 : $0 }
    }

    /// Whether the bytes are digits with at most one point, and then maybe an exponent.
    private static func isNumeral(_ bytes: ArraySlice<UInt8>) -> Bool {
        let parts = bytes.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 | 0x20 == UInt8(ascii: "e") }
        let significand = parts[0].filter { $0 != UInt8(ascii: ".") }
        guard !significand.isEmpty, significand.allSatisfy(isDigit), parts[0].count - significand.count <= 1 else {
            return false
        }
        guard parts.count == 2 else { return true }
        let hasSign = parts[1].first == UInt8(ascii: "-") || parts[1].first == UInt8(ascii: "+")
        let exponent = parts[1].dropFirst(hasSign ? 1 : 0)
        return !exponent.isEmpty && exponent.allSatisfy(isDigit)
    }

    /// The value as a `bool` field takes it.
    static func boolean(_ value: JSONValue) throws(Refusal) -> JSONValue {
        let unreadable = Refusal(
            message: "Input should be a valid boolean, unable to interpret input", type: "bool_parsing")
        switch value {
        case .bool: return value
        case .int, .number:
            guard let small = value.intValue.map({ Int64($0) }) ?? value.doubleValue.flatMap(smallInteger),
                value.pythonTypeName == "float" || value.intValue != nil
            else { break }
            guard small == 0 || small == 1 else { throw unreadable }
            return .bool(small == 1)
        case .string(let text):
            switch text.lowercased() {
            case "0", "off", "f", "false", "n", "no": return false
            case "1", "on", "t", "true", "y", "yes": return true
            default: throw unreadable
            }
        default: break
        }
        throw Refusal(message: "Input should be a valid boolean", type: "bool_type")
    }

    private static let oversizedInteger = Refusal(
        message: "Unable to parse input string as an integer, exceeded maximum size", type: "int_parsing_size")

    private static let underscore = UInt8(ascii: "_")

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// The integer that a float equals, strictly between the ends of 64 bits; nil for every other float.
    private static func smallInteger(_ float: Double) -> Int64? {
        float > -0x1p63 ? Int64(exactly: float) : nil
    }

    private static func hasDoubledUnderscore(_ bytes: ArraySlice<UInt8>) -> Bool {
        zip(bytes, bytes.dropFirst()).contains { $0 == underscore && $1 == underscore }
    }

    private static func trimmed(_ text: String) -> String {
        let isSpace = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !isSpace($0) }),
            let last = scalars.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(scalars[first...last])
    }
}
