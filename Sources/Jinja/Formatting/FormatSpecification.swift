/// What follows the colon in a field of `str.format`: `>8`, `,.2f`, `08x`.
struct FormatSpecification {
    private var fill = " "
    private var hasFill = false
    private var align: Unicode.Scalar?
    private var sign = ""
    private var hasSign = false
    private var alternate = false
    private var width = 0
    private var grouping: String?
    private var precision: Int?
    private var type: Unicode.Scalar?
    private let interpreter: Interpreter

    /// Formats a value as Python's `format` does.
    static func format(_ value: Value, _ text: String, in interpreter: Interpreter) throws(TemplateError) -> String {
        guard !text.isEmpty else { return try interpreter.text(value) }
        let specification = try FormatSpecification(text, interpreter)
        switch value {
        case .string(let text), .markup(let text): return try specification.text(text)
        case .undefined(let undefined): throw interpreter.failure(undefined)
        default: return try specification.number(value)
        }
    }

    private init(_ text: String, _ interpreter: Interpreter) throws(TemplateError) {
        self.interpreter = interpreter
        let scalars = Array(text.unicodeScalars)
        var index = 0
        func current() -> Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }
        func takes(_ candidates: String) -> Unicode.Scalar? {
            guard let scalar = current(), candidates.unicodeScalars.contains(scalar) else { return nil }
            index += 1
            return scalar
        }
        func number() -> Int? {
            var number: Int?
            while let digit = takes("0123456789") {
                number = min((number ?? 0) * 10 + Int(digit.value - 48), Int(Int32.max))
            }
            return number
        }
        if scalars.count > 1, "<>=^".unicodeScalars.contains(scalars[1]) {
            hasFill = true
            fill = String(scalars[0])
            align = scalars[1]
            index = 2
        } else {
            align = takes("<>=^")
        }
        if let letter = takes("+- ") {
            hasSign = true
            sign = letter == "-" ? "" : String(letter)
        }
        alternate = takes("#") != nil
        if takes("0") != nil {
            if !hasFill { fill = "0" }
            align = align ?? "="
        }
        width = number() ?? 0
        grouping = takes(",_").map { String($0) }
        if takes(".") != nil {
            guard let digits = number() else { throw interpreter.failure("the format '\(text)' lacks its precision") }
            precision = digits
        }
        type = current()
        if type != nil { index += 1 }
        try interpreter.checkLength(width)
        guard index == scalars.count else { throw interpreter.failure("the format '\(text)' is not understood") }
    }

    private func text(_ text: String) throws(TemplateError) -> String {
        guard type == nil || type == "s", align != "=" || fill == "0", !hasSign, grouping == nil, !alternate else {
            throw interpreter.failure("the format of a number does not fit a string")
        }
        let body = precision.map { String(text.unicodeScalars.prefix($0)) } ?? text
        return try padded("", body, default: "<")
    }

    private func number(_ value: Value) throws(TemplateError) -> String {
        let isFloatType = type.map { "eEfFgG%n".unicodeScalars.contains($0) } ?? false
        if let integer = value.integer, !isFloatType { return try self.integer(integer) }
        if case .bigInteger(let digits) = value, !isFloatType, type == nil || type == "d" {
            let isNegative = digits.hasPrefix("-")
            return try whole(isNegative ? String(digits.dropFirst()) : digits, isNegative: isNegative, prefix: "")
        }
        guard let double = value.double, value.integer == nil || isFloatType else { throw mismatch(value) }
        guard isFloatType || type == nil else { throw mismatch(value) }
        return try float(double)
    }

    private func mismatch(_ value: Value) -> TemplateError {
        let letter = type.map { " '\($0)'" } ?? ""
        return interpreter.failure("the format\(letter) does not fit \(value.described)")
    }

    private func integer(_ value: Int) throws(TemplateError) -> String {
        guard precision == nil else { throw interpreter.failure("an integer takes no precision") }
        let isNegative = value < 0
        switch type {
        case nil, "d": return try whole(String(value.magnitude), isNegative: isNegative, prefix: "")
        case "c":
            guard let scalar = UInt32(exactly: value).flatMap(Unicode.Scalar.init) else { throw mismatch(.int(value)) }
            return try padded("", String(scalar), default: "<")
        case "b": return try whole(String(value.magnitude, radix: 2), isNegative: isNegative, prefix: "0b", group: 4)
        case "o": return try whole(String(value.magnitude, radix: 8), isNegative: isNegative, prefix: "0o", group: 4)
        case "x": return try whole(String(value.magnitude, radix: 16), isNegative: isNegative, prefix: "0x", group: 4)
        case "X":
            let digits = String(value.magnitude, radix: 16, uppercase: true)
            return try whole(digits, isNegative: isNegative, prefix: "0X", group: 4)
        default: throw mismatch(.int(value))
        }
    }

    private func whole(
        _ digits: String, isNegative: Bool, prefix: String, group: Int = 3
    ) throws(TemplateError) -> String {
        guard grouping != "," || group == 3 else { throw interpreter.failure("',' groups decimal digits only") }
        let lead = (isNegative ? "-" : sign) + (alternate ? prefix : "")
        return try padded(lead, grouped(digits, rest: 0, lead: lead, by: group), default: ">")
    }

    private func float(_ value: Double) throws(TemplateError) -> String {
        try interpreter.checkLength(precision ?? 0)
        try interpreter.chargeText(precision ?? 0)
        let magnitude = value.magnitude
        var body: String
        switch type {
        case nil: body = untyped(magnitude)
        case "%": body = NumberText.float(magnitude * 100, "f", precision: precision ?? 6, alternate: alternate)
        case "n": body = NumberText.float(magnitude, "g", precision: precision ?? 6, alternate: alternate)
        default:
            let letter = Character((type ?? "g").properties.lowercaseMapping)
            body = NumberText.float(magnitude, letter, precision: precision ?? 6, alternate: alternate)
        }
        if type?.properties.isUppercase ?? false { body = body.uppercased() }
        let lead = value.sign == .minus && !value.isNaN ? "-" : sign
        let whole = String(body.prefix { $0.isNumber })
        let rest = String(body.dropFirst(whole.count)) + (type == "%" ? "%" : "")
        let digits = whole.isEmpty ? "" : grouped(whole, rest: rest.utf8.count, lead: lead, by: 3)
        return try padded(lead, digits + rest, default: ">")
    }

    /// Without a type a float is written like `repr`, or with a precision like `g`, but never without a fraction.
    private func untyped(_ magnitude: Double) -> String {
        guard let precision, magnitude.isFinite else { return PythonText.float(magnitude) }
        let significant = max(precision, 1)
        let exponential = NumberText.float(magnitude, "e", precision: significant - 1)
        let parts = exponential.split(separator: "e")
        let exponent = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
        // The fraction takes a digit, so the exponent is needed one power of ten earlier than with `g`.
        guard exponent < -4 || exponent + 1 > significant - 1 else {
            let text = NumberText.float(magnitude, "g", precision: significant)
            return text.contains(".") ? text : text + ".0"
        }
        var digits = parts[0]
        if digits.contains(".") {
            while digits.last == "0" { digits.removeLast() }
            if digits.last == "." { digits.removeLast() }
        }
        return "\(digits)e\(parts[1])"
    }

    /// Puts separators between digits; zeros that fill up take part in it.
    private func grouped(_ digits: String, rest: Int, lead: String, by size: Int) -> String {
        guard let grouping else { return digits }
        var digits = digits
        if align == "=", fill == "0" {
            let room = width - lead.utf8.count - rest
            // Every group but the first costs a separator; a number cannot begin with one, so a digit goes before it.
            let wanted = room < 1 ? 0 : room - (room - 1) / (size + 1)
            digits = String(repeating: "0", count: max(0, wanted - digits.utf8.count)) + digits
        }
        return NumberText.grouped(digits, by: size, with: grouping)
    }

    private func padded(
        _ lead: String, _ body: String, default defaultAlign: Unicode.Scalar
    ) throws(TemplateError) -> String {
        let missing = max(0, width - lead.unicodeScalars.count - body.unicodeScalars.count)
        let isText = defaultAlign == "<" && lead.isEmpty && type != "c"
        switch align ?? defaultAlign {
        case "<": return lead + body + (try interpreter.repeated(fill, missing))
        case "^":
            return try interpreter.repeated(fill, missing / 2) + lead + body
                + interpreter.repeated(fill, missing - missing / 2)
        case "=" where isText: return body + (try interpreter.repeated(fill, missing))
        case "=": return lead + (try interpreter.repeated(fill, missing)) + body
        default: return try interpreter.repeated(fill, missing) + lead + body
        }
    }
}
