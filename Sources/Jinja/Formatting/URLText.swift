/// Text for URLs, as the `urlencode` filter writes it.
enum URLText {
    static func encode(_ value: Value, in interpreter: Interpreter) throws(TemplateError) -> String {
        switch value {
        case .dict(let dict):
            var pairs: [String] = []
            for (key, value) in dict.entries { pairs.append(try pair(key, value, interpreter)) }
            return pairs.joined(separator: "&")
        case .list, .tuple, .object:
            var pairs: [String] = []
            for element in try interpreter.elements(of: value) {
                let parts = try interpreter.elements(of: element)
                guard parts.count == 2 else {
                    throw interpreter.failure("'urlencode' needs pairs of a key and a value")
                }
                pairs.append(try pair(parts[0], parts[1], interpreter))
            }
            return pairs.joined(separator: "&")
        default: return try quote(value, interpreter, inQuery: false)
        }
    }

    private static func pair(
        _ key: Value, _ value: Value, _ interpreter: Interpreter
    ) throws(TemplateError) -> String {
        try quote(key, interpreter, inQuery: true) + "=" + quote(value, interpreter, inQuery: true)
    }

    private static func quote(
        _ value: Value, _ interpreter: Interpreter, inQuery: Bool
    ) throws(TemplateError) -> String {
        let text = try interpreter.text(value)
        try interpreter.chargeText(text.utf8.count * 3)
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122: result.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: "/") where !inQuery: result += "/"
            case UInt8(ascii: " ") where inQuery: result += "+"
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return result
    }
}
