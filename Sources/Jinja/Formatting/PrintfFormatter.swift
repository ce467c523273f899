/// Python's `format % values`.
struct PrintfFormatter {
    /// One conversion such as `%-8.3f`.
    private struct Conversion {
        var key: String?
        var leftAligned = false
        var sign = ""
        var alternate = false
        var zeroPadded = false
        var width = 0
        var precision: Int?
        var type: Unicode.Scalar = "s"
    }

    private let interpreter: Interpreter
    private let scalars: [Unicode.Scalar]
    private let isMarkup: Bool
    private var index = 0
    private var values: [Value]
    private var nextValue = 0
    private let mapping: DictObject?
    /// Whether the value may go unused: Python asks only of tuples and scalars that a format uses them up.
    private let mayGoUnused: Bool
    private var result = ""

    static func format(_ format: Value, _ values: Value, in interpreter: Interpreter) throws(TemplateError) -> Value {
        var formatter = PrintfFormatter(format, values, interpreter)
        try formatter.run()
        return formatter.isMarkup ? .markup(formatter.result) : .string(formatter.result)
    }

    private init(_ format: Value, _ values: Value, _ interpreter: Interpreter) {
        self.interpreter = interpreter
        scalars = Array((format.text ?? "").unicodeScalars)
        isMarkup = if case .markup = format { true } else { false }
        if case .tuple(let tuple) = values { self.values = tuple.elements } else { self.values = [values] }
        mapping = if case .dict(let dict) = values { dict } else { nil }
        mayGoUnused =
            switch values {
            case .list, .dict, .undefined: true
            case .object(let object): object is RangeObject
            default: false
            }
    }

    private mutating func run() throws(TemplateError) {
        try interpreter.charge(scalars.count / 8)
        while index < scalars.count {
            let scalar = scalars[index]
            index += 1
            if scalar == "%" {
                result += try converted(try conversion())
                try interpreter.chargeText(0)
                try interpreter.checkLength(result.utf8.count)
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        guard nextValue >= values.count || mayGoUnused else {
            throw interpreter.failure("the format uses fewer values than it is given")
        }
    }

    // MARK: Reading conversions

    private mutating func conversion() throws(TemplateError) -> Conversion {
        var conversion = Conversion()
        if current == "(" { conversion.key = try key() }
        flags: while let flag = current {
            switch flag {
            case "-": conversion.leftAligned = true
            case "+": conversion.sign = "+"
            case " ": if conversion.sign.isEmpty { conversion.sign = " " }
            case "#": conversion.alternate = true
            case "0": conversion.zeroPadded = true
            default: break flags
            }
            index += 1
        }
        if let width = try number() {
            conversion.width = width.magnitude > Int32.max ? Int(Int32.max) : abs(width)
            if width < 0 { conversion.leftAligned = true }
        }
        if current == "." {
            index += 1
            conversion.precision = max(0, try number() ?? 0)
        }
        while let letter = current, letter == "h" || letter == "l" || letter == "L" { index += 1 }
        guard let type = current else { throw interpreter.failure("the format ends inside of a conversion") }
        conversion.type = type
        index += 1
        return conversion
    }

    private var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    private mutating func key() throws(TemplateError) -> String {
        var depth = 0
        var key = String.UnicodeScalarView()
        while let scalar = current {
            index += 1
            if scalar == "(" { depth += 1 }
            if scalar == ")" { depth -= 1 }
            if depth == 0 { return String(key) }
            if depth > 1 || scalar != "(" { key.append(scalar) }
        }
        throw interpreter.failure("a key of the format is not closed: ')' is missing")
    }

    /// Digits, or the next value for a `*`.
    private mutating func number() throws(TemplateError) -> Int? {
        if current == "*" {
            index += 1
            guard let value = try takeValue().integer else { throw interpreter.failure("'*' needs an integer") }
            return value
        }
        var number: Int?
        while let digit = current, (48...57).contains(digit.value) {
            number = min((number ?? 0) * 10 + Int(digit.value - 48), Int(Int32.max))
            index += 1
        }
        return number
    }

    private mutating func takeValue() throws(TemplateError) -> Value {
        guard nextValue < values.count else {
            throw interpreter.failure("the format needs more values than it is given")
        }
        defer { nextValue += 1 }
        return values[nextValue]
    }

    // MARK: Converting

    private mutating func converted(_ conversion: Conversion) throws(TemplateError) -> String {
        if conversion.type == "%" { return "%" }
        var value: Value
        if let key = conversion.key {
            guard let mapping else { throw interpreter.failure("the format has keys and needs a dict") }
            guard let found = mapping[key] else { throw interpreter.failure("the format's dict has no key '\(key)'") }
            value = found
        } else {
            value = try takeValue()
        }
        if case .undefined(let undefined) = value, !undefined.isLenient { throw interpreter.failure(undefined) }
        switch conversion.type {
        case "s", "r", "a": return try text(value, conversion)
        case "c": return try character(value, conversion)
        case "d", "i", "u", "o", "x", "X": return try integer(value, conversion)
        case "e", "E", "f", "F", "g", "G": return try float(value, conversion)
        default: throw interpreter.failure("the format has an unknown conversion '%\(conversion.type)'")
        }
    }

    private func text(_ value: Value, _ conversion: Conversion) throws(TemplateError) -> String {
        var text = conversion.type == "s" ? try interpreter.text(value) : try interpreter.repr(value)
        if conversion.type == "a" { text = JSONText.asciiEscaped(text) }
        if isMarkup {
            if case .markup = value, conversion.type == "s" {} else { text = Markup.escape(text) }
        }
        if let precision = conversion.precision { text = String(text.unicodeScalars.prefix(precision)) }
        return try padded("", text, conversion, allowsZero: false)
    }

    private func character(_ value: Value, _ conversion: Conversion) throws(TemplateError) -> String {
        if let text = value.text, text.unicodeScalars.count == 1 {
            return try padded("", text, conversion, allowsZero: false)
        }
        guard let code = value.integer, let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init) else {
            throw interpreter.failure("'%c' needs one character")
        }
        return try padded("", String(scalar), conversion, allowsZero: false)
    }

    private func integer(_ value: Value, _ conversion: Conversion) throws(TemplateError) -> String {
        var digits: String
        var isNegative = false
        var value = value
        let isDecimal = "diu".unicodeScalars.contains(conversion.type)
        if case .float(let double) = value, isDecimal {
            guard let truncated = Value(truncating: double) else {
                throw interpreter.failure("'%d' cannot write the number \(PythonText.float(double))")
            }
            value = truncated
        }
        switch value {
        case .bigInteger(let text) where isDecimal:
            isNegative = text.hasPrefix("-")
            digits = isNegative ? String(text.dropFirst()) : text
        default:
            guard let integer = value.integer else {
                throw interpreter.failure("'%\(conversion.type)' needs a number, not \(value.described)")
            }
            isNegative = integer < 0
            let radix = conversion.type == "o" ? 8 : conversion.type == "x" || conversion.type == "X" ? 16 : 10
            digits = String(integer.magnitude, radix: radix, uppercase: conversion.type == "X")
        }
        if let precision = conversion.precision {
            digits = try interpreter.repeated("0", max(0, precision - digits.utf8.count)) + digits
        }
        var prefix = isNegative ? "-" : conversion.sign
        if conversion.alternate, "oxX".unicodeScalars.contains(conversion.type) { prefix += "0\(conversion.type)" }
        return try padded(prefix, digits, conversion, allowsZero: true)
    }

    private func float(_ value: Value, _ conversion: Conversion) throws(TemplateError) -> String {
        guard let double = value.double else {
            throw interpreter.failure("'%\(conversion.type)' needs a number, not \(value.described)")
        }
        try interpreter.checkLength(conversion.precision ?? 0)
        try interpreter.chargeText(conversion.precision ?? 0)
        let isUpper = conversion.type.properties.isUppercase
        var digits = NumberText.float(
            double, Character(conversion.type.properties.lowercaseMapping), precision: conversion.precision ?? 6,
            alternate: conversion.alternate)
        if isUpper { digits = digits.uppercased() }
        let isNegative = double.sign == .minus && !double.isNaN
        return try padded(isNegative ? "-" : conversion.sign, digits, conversion, allowsZero: double.isFinite)
    }

    private func padded(
        _ prefix: String, _ body: String, _ conversion: Conversion, allowsZero: Bool
    ) throws(TemplateError) -> String {
        let missing = max(0, conversion.width - prefix.unicodeScalars.count - body.unicodeScalars.count)
        if conversion.leftAligned { return prefix + body + (try interpreter.repeated(" ", missing)) }
        if conversion.zeroPadded, allowsZero { return prefix + (try interpreter.repeated("0", missing)) + body }
        return try interpreter.repeated(" ", missing) + prefix + body
    }
}
