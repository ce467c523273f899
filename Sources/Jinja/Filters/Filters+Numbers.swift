import Glibc

extension Filters {
    static let numbers = Dictionary(
        uniqueKeysWithValues: [
            filter("abs") { (interpreter, value, _) throws(TemplateError) in
                if let integer = value.integer {
                    guard integer != .min else { throw interpreter.failure("the integer does not fit 64 bits") }
                    return .int(abs(integer))
                }
                switch value {
                case .float(let double): return .float(double.magnitude)
                case .bigInteger(let digits):
                    return .bigInteger(digits.hasPrefix("-") ? String(digits.dropFirst()) : digits)
                default: throw notNumber("abs", value, interpreter)
                }
            },
            filter("int", ["default", "base"]) { (interpreter, value, arguments) throws(TemplateError) in
                let base = try arguments.integer(1, default: 10)
                return try integer(value, base: base, interpreter) ?? arguments[0] ?? .int(0)
            },
            filter("float", ["default"]) { (interpreter, value, arguments) throws(TemplateError) in
                if case .undefined(let undefined) = value { throw interpreter.failure(undefined) }
                let double = value.text.map { NumberReader.double($0) } ?? value.double
                return double.map { .float($0) } ?? arguments[0] ?? .float(0)
            },
            filter("round", ["precision", "method"]) { (interpreter, value, arguments) throws(TemplateError) in
                try rounded(interpreter, value, arguments)
            },
            filter("filesizeformat", ["binary"]) { (interpreter, value, arguments) throws(TemplateError) in
                guard let bytes = value.text.flatMap({ NumberReader.double($0) }) ?? value.double else {
                    throw notNumber("filesizeformat", value, interpreter)
                }
                return .string(fileSize(bytes, binary: try arguments.truth(0)))
            },
        ])

    private static func notNumber(_ filter: String, _ value: Value, _ interpreter: Interpreter) -> TemplateError {
        if case .undefined(let undefined) = value { return interpreter.failure(undefined) }
        return interpreter.failure("the filter '\(filter)' needs a number, not \(value.described)")
    }

    private static func integer(
        _ value: Value, base: Int, _ interpreter: Interpreter
    ) throws(TemplateError) -> Value? {
        switch value {
        case .undefined(let undefined): throw interpreter.failure(undefined)
        case .bool, .int: return value.integer.map { .int($0) }
        case .bigInteger: return value
        case .float(let double):
            if double.isNaN { return nil }
            guard let integer = Value(truncating: double) else {
                throw interpreter.failure("the number \(PythonText.float(double)) is no integer")
            }
            return integer
        case .string(let text), .markup(let text):
            guard base == 0 || (2...36).contains(base) else { return nil }
            if let read = NumberReader.integer(text, base: base) { return read }
            guard let double = NumberReader.double(text) else { return nil }
            return Value(truncating: double)
        default: return nil
        }
    }

    private static func rounded(
        _ interpreter: Interpreter, _ value: Value, _ arguments: BoundArguments
    ) throws(TemplateError) -> Value {
        let precision = try arguments.integer(0, default: 0)
        let method = try arguments.text(1, default: "common")
        if case .undefined(let undefined) = value { throw interpreter.failure(undefined) }
        guard let double = value.double, !{ if case .bigInteger = value { true } else { false } }() else {
            throw notNumber("round", value, interpreter)
        }
        switch method {
        case "common":
            if let integer = value.integer { return try rounded(integer, to: precision, interpreter) }
            return .float(rounded(double, to: precision))
        case "ceil", "floor":
            let factor = pow(10, Double(precision))
            let scaled = double * factor
            guard scaled.isFinite, factor > 0 else { throw interpreter.failure("the number is too large to round") }
            // Python's own `ceil` gives an integer, which has no negative zero.
            return .float(((method == "ceil" ? scaled.rounded(.up) : scaled.rounded(.down)) + 0.0) / factor)
        default: throw interpreter.failure("'round' knows the methods 'common', 'ceil' and 'floor'")
        }
    }

    /// Rounds the exact value of a float, halves to even, as the digits of `printf` are rounded.
    private static func rounded(_ value: Double, to precision: Int) -> Double {
        guard value.isFinite, precision <= 330 else { return value }
        if precision >= 0 {
            let text = NumberText.float(value, "f", precision: precision)
            return Double(text).map { value.sign == .minus ? -$0 : $0 } ?? value
        }
        guard precision >= -330 else { return value.sign == .minus ? -0.0 : 0 }
        let exponent = Int(log10(max(value.magnitude, 1)).rounded(.down))
        let digits = exponent + precision
        guard digits >= 0 else {
            // One digit decides between nothing and the next power of ten.
            let unit = pow(10, Double(-precision))
            let quotient = (value / unit).rounded(.toNearestOrEven)
            return quotient * unit
        }
        let text = NumberText.float(value, "e", precision: digits)
        return Double(text).map { value.sign == .minus ? -$0 : $0 } ?? value
    }

    private static func rounded(
        _ value: Int, to precision: Int, _ interpreter: Interpreter
    ) throws(TemplateError) -> Value {
        guard precision < 0 else { return .int(value) }
        guard precision > -19 else { return .int(0) }
        var unit = 1
        for _ in 0..<(-precision) { unit *= 10 }
        var quotient = value / unit
        let remainder = (value % unit).magnitude
        let doubled = remainder * 2
        if doubled > unit.magnitude || (doubled == unit.magnitude && !quotient.isMultiple(of: 2)) {
            quotient += value < 0 ? -1 : 1
        }
        let (result, overflow) = quotient.multipliedReportingOverflow(by: unit)
        guard !overflow else { throw interpreter.failure("the integer does not fit 64 bits") }
        return .int(result)
    }

    private static func fileSize(_ bytes: Double, binary: Bool) -> String {
        if bytes == 1 { return "1 Byte" }
        let base: Double = binary ? 1024 : 1000
        if bytes < base {
            return "\(PythonText.float(bytes.rounded(.towardZero) + 0.0).split(separator: ".")[0]) Bytes"
        }
        let prefixes = ["K", "M", "G", "T", "P", "E", "Z", "Y"]
        var unit = base
        var prefix = prefixes[0]
        for candidate in prefixes {
            unit *= base
            prefix = candidate
            if bytes < unit { break }
        }
        if !binary, prefix == "K" { prefix = "k" }
        return "\(NumberText.float(base * bytes / unit, "f", precision: 1)) \(prefix)\(binary ? "iB" : "B")"
    }
}

extension Value {
    /// The integer that a float is without its fraction; `nil` if it is infinite or no number.
    init?(truncating double: Double) {
        guard double.isFinite else { return nil }
        let whole = double.rounded(.towardZero)
        if let integer = Int(exactly: whole) {
            self = .int(integer)
        } else {
            let digits = NumberText.float(whole, "f", precision: 0)
            self = .bigInteger(double < 0 ? "-" + digits : digits)
        }
    }
}

/// Reads numbers from text by the rules of Python's `int` and `float`.
enum NumberReader {
    static func integer(_ text: String, base: Int) -> Value? {
        var digits = PythonText.strip(text)[...]
        var sign = ""
        if digits.hasPrefix("-") || digits.hasPrefix("+") { sign = digits.removeFirst() == "-" ? "-" : "" }
        var base = base
        for (letters, radix) in [("xX", 16), ("oO", 8), ("bB", 2)] where base == radix || base == 0 {
            let second = digits.dropFirst().first
            guard digits.first == "0", let second, letters.contains(second), digits.count > 2 else { continue }
            digits = digits.dropFirst(2)
            if digits.first == "_" { digits = digits.dropFirst() }
            base = radix
        }
        if base == 0 {
            base = 10
            if digits.first == "0", digits.contains(where: { $0 != "0" && $0 != "_" }) { return nil }
        }
        guard let plain = withoutUnderscores(digits), plain.first != "+", plain.first != "-" else { return nil }
        if let value = Int(sign + plain, radix: base) { return .int(value) }
        guard base == 10, plain.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return .bigInteger(sign + plain.drop { $0 == "0" })
    }

    static func double(_ text: String) -> Double? {
        let stripped = PythonText.strip(text)
        switch stripped.lowercased() {
        case "inf", "+inf", "infinity", "+infinity": return .infinity
        case "-inf", "-infinity": return -.infinity
        case "nan", "+nan", "-nan": return .nan
        default: break
        }
        guard let plain = withoutUnderscores(stripped[...]) else { return nil }
        guard plain.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }) else { return nil }
        return Double(plain)
    }

    /// The digits without the underscores that stand between them; `nil` if one stands elsewhere or there are none.
    private static func withoutUnderscores(_ digits: Substring) -> String? {
        guard !digits.isEmpty else { return nil }
        guard digits.contains("_") else { return String(digits) }
        var previous: Character = " "
        for character in digits + " " {
            let isDigit = { (character: Character) in character.isASCII && character.isHexDigit }
            if previous == "_", !isDigit(character) { return nil }
            if character == "_", !isDigit(previous) { return nil }
            previous = character
        }
        return digits.filter { $0 != "_" }
    }
}
