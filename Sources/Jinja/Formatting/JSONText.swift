/// JSON as Python's `json.dumps` writes it with sorted keys, made safe for HTML as the `tojson` filter does.
struct JSONText {
    private let interpreter: Interpreter
    private let indent: String?
    private var result = ""

    static func htmlSafe(
        _ value: Value, indent: String?, in interpreter: Interpreter
    ) throws(TemplateError) -> String {
        var writer = JSONText(interpreter: interpreter, indent: indent)
        try writer.write(value, level: 0)
        var safe = ""
        for scalar in writer.result.unicodeScalars {
            switch scalar {
            case "<": safe += "\\u003c"
            case ">": safe += "\\u003e"
            case "&": safe += "\\u0026"
            case "'": safe += "\\u0027"
            default: safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }

    private init(interpreter: Interpreter, indent: String?) {
        self.interpreter = interpreter
        self.indent = indent
    }

    private mutating func write(_ value: Value, level: Int) throws(TemplateError) {
        try interpreter.charge()
        switch value {
        case .none: result += "null"
        case .bool(let value): result += value ? "true" : "false"
        case .int(let value): result += String(value)
        case .bigInteger(let digits): result += digits
        case .float(let value): result += Self.number(value)
        case .string(let text), .markup(let text):
            try interpreter.chargeText(text.utf8.count)
            result += Self.quoted(text)
        case .list(let list): try write(list.elements, level: level)
        case .tuple(let tuple): try write(tuple.elements, level: level)
        case .dict(let dict): try write(dict, level: level)
        case .undefined(let undefined): throw interpreter.failure(undefined)
        case .object(let object): throw interpreter.failure("\(object.described) cannot be written as JSON")
        }
        try interpreter.checkLength(result.utf8.count)
    }

    private mutating func write(_ elements: [Value], level: Int) throws(TemplateError) {
        guard !elements.isEmpty else {
            result += "[]"
            return
        }
        result += "["
        for (index, element) in elements.enumerated() {
            try separate(index, level: level + 1)
            try deeper(element, level: level + 1)
        }
        try newLine(level)
        result += "]"
    }

    private mutating func write(_ dict: DictObject, level: Int) throws(TemplateError) {
        guard dict.count > 0 else {
            result += "{}"
            return
        }
        result += "{"
        let entries = dict.entries.map { Value.tuple(TupleObject([$0.key, $0.value], heap: interpreter.heap)) }
        let sorted = try interpreter.sorted(entries, reverse: false) { entry throws(TemplateError) in
            guard case .tuple(let tuple) = entry else { return entry }
            return tuple.elements[0]
        }
        for (index, entry) in sorted.enumerated() {
            guard case .tuple(let tuple) = entry else { continue }
            try separate(index, level: level + 1)
            result += Self.quoted(try key(tuple.elements[0])) + ": "
            try deeper(tuple.elements[1], level: level + 1)
        }
        try newLine(level)
        result += "}"
    }

    private mutating func deeper(_ value: Value, level: Int) throws(TemplateError) {
        guard level <= interpreter.limits.maximumDepth else {
            throw interpreter.failure("the value nests too deep for JSON: does it contain itself?")
        }
        try write(value, level: level)
    }

    private func key(_ key: Value) throws(TemplateError) -> String {
        switch key {
        case .string(let text), .markup(let text): return text
        case .none: return "null"
        case .bool(let value): return value ? "true" : "false"
        case .int(let value): return String(value)
        case .bigInteger(let digits): return digits
        case .float(let value): return Self.number(value)
        default: throw interpreter.failure("\(key.described) cannot be a key in JSON")
        }
    }

    private mutating func separate(_ index: Int, level: Int) throws(TemplateError) {
        if index > 0 { result += indent == nil ? ", " : "," }
        try newLine(level)
    }

    private mutating func newLine(_ level: Int) throws(TemplateError) {
        guard let indent else { return }
        result += "\n" + (try interpreter.repeated(indent, level))
        try interpreter.checkLength(result.utf8.count)
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
        return PythonText.float(value)
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{08}": result += "\\b"
            case "\u{0C}": result += "\\f"
            case " "..."~": result.unicodeScalars.append(scalar)
            default: for unit in String(scalar).utf16 { result += "\\u" + hexadecimal(UInt32(unit), 4) }
            }
        }
        return result + "\""
    }

    /// The text with everything beyond ASCII as Python's `ascii` escapes it.
    static func asciiEscaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case ..<0x80: result.unicodeScalars.append(scalar)
            case ..<0x100: result += "\\x" + hexadecimal(scalar.value, 2)
            case ..<0x10000: result += "\\u" + hexadecimal(scalar.value, 4)
            default: result += "\\U" + hexadecimal(scalar.value, 8)
            }
        }
        return result
    }

    private static func hexadecimal(_ value: UInt32, _ width: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
