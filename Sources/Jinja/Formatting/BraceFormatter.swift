/// Python's `str.format`.
struct BraceFormatter {
    private let interpreter: Interpreter
    private let arguments: Arguments
    private let isMarkup: Bool
    /// The next field without a number; `nil` once fields have had numbers.
    private var automatic: Int? = 0
    private var usedAutomatic = false

    static func format(
        _ format: Value, _ arguments: Arguments, in interpreter: Interpreter
    ) throws(TemplateError) -> String {
        let isMarkup = if case .markup = format { true } else { false }
        var formatter = BraceFormatter(interpreter: interpreter, arguments: arguments, isMarkup: isMarkup)
        return try formatter.expand(Array((format.text ?? "").unicodeScalars), nesting: 0)
    }

    private init(interpreter: Interpreter, arguments: Arguments, isMarkup: Bool) {
        self.interpreter = interpreter
        self.arguments = arguments
        self.isMarkup = isMarkup
    }

    private mutating func expand(_ scalars: [Unicode.Scalar], nesting: Int) throws(TemplateError) -> String {
        guard nesting < 3 else { throw interpreter.failure("the fields of the format nest too deep") }
        try interpreter.charge(1 + scalars.count / 8)
        var result = ""
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            let next = index + 1 < scalars.count ? scalars[index + 1] : nil
            if nesting == 0, scalar == "{" || scalar == "}", next == scalar {
                result.unicodeScalars.append(scalar)
                index += 2
            } else if scalar == "{" {
                let end = try fieldEnd(scalars, from: index + 1)
                result += try field(Array(scalars[index + 1..<end]), nesting: nesting)
                try interpreter.checkLength(result.utf8.count)
                index = end + 1
            } else if scalar == "}" {
                throw interpreter.failure("the format has a '}' without '{'; write '}}' for the character")
            } else {
                result.unicodeScalars.append(scalar)
                index += 1
            }
        }
        return result
    }

    private func fieldEnd(_ scalars: [Unicode.Scalar], from start: Int) throws(TemplateError) -> Int {
        var depth = 0
        for index in start..<scalars.count {
            if scalars[index] == "{" { depth += 1 }
            if scalars[index] == "}" {
                if depth == 0 { return index }
                depth -= 1
            }
        }
        throw interpreter.failure("the format has a '{' without '}'; write '{{' for the character")
    }

    private mutating func field(_ scalars: [Unicode.Scalar], nesting: Int) throws(TemplateError) -> String {
        var nameEnd = 0
        var isInBracket = false
        while nameEnd < scalars.count, isInBracket || (scalars[nameEnd] != ":" && scalars[nameEnd] != "!") {
            if scalars[nameEnd] == "[" { isInBracket = true }
            if scalars[nameEnd] == "]" { isInBracket = false }
            nameEnd += 1
        }
        var value = try lookUp(Array(scalars[..<nameEnd]))
        var rest = scalars[nameEnd...]
        if rest.first == "!" {
            guard rest.count >= 2, rest.count == 2 || rest[nameEnd + 2] == ":" else {
                throw interpreter.failure("the format needs one letter after '!'")
            }
            value = .string(try convert(value, rest[nameEnd + 1]))
            rest = rest.dropFirst(2)
        }
        let specification = rest.isEmpty ? "" : try expand(Array(rest.dropFirst()), nesting: nesting + 1)
        let text = try FormatSpecification.format(value, specification, in: interpreter)
        if isMarkup, nesting == 0 {
            if case .markup = value { return text }
            return Markup.escape(text)
        }
        return text
    }

    private func convert(_ value: Value, _ letter: Unicode.Scalar) throws(TemplateError) -> String {
        switch letter {
        case "s": return try interpreter.text(value)
        case "r": return try interpreter.repr(value)
        case "a": return JSONText.asciiEscaped(try interpreter.repr(value))
        default: throw interpreter.failure("the format has an unknown conversion '!\(letter)'")
        }
    }

    // MARK: Values

    private mutating func lookUp(_ name: [Unicode.Scalar]) throws(TemplateError) -> Value {
        let headEnd = name.firstIndex { $0 == "." || $0 == "[" } ?? name.count
        var value = try head(String(String.UnicodeScalarView(name[..<headEnd])))
        var index = headEnd
        while index < name.count {
            let isBracket = name[index] == "["
            let start = index + 1
            var end = start
            while end < name.count, isBracket ? name[end] != "]" : (name[end] != "." && name[end] != "[") { end += 1 }
            let part = String(String.UnicodeScalarView(name[start..<end]))
            if isBracket {
                guard end < name.count else { throw interpreter.failure("the format lacks a ']'") }
                let key = Int(part).map { Value.int($0) } ?? .string(part)
                guard let item = try interpreter.item(key, of: value) else { throw missing(part, of: value) }
                value = item
                index = end + 1
            } else {
                guard let attribute = try interpreter.plainAttribute(part, of: value) else {
                    throw missing(part, of: value)
                }
                value = attribute
                index = end
            }
        }
        return value
    }

    private func missing(_ part: String, of value: Value) -> TemplateError {
        interpreter.failure("the format asks for '\(part)', which \(value.described) does not have")
    }

    private mutating func head(_ name: String) throws(TemplateError) -> Value {
        let index: Int
        if name.isEmpty {
            guard let next = automatic else { throw interpreter.failure("the format mixes '{}' with numbered fields") }
            automatic = next + 1
            usedAutomatic = true
            index = next
        } else if let number = Int(name) {
            guard !usedAutomatic else { throw interpreter.failure("the format mixes '{}' with numbered fields") }
            automatic = nil
            index = number
        } else {
            guard let value = arguments.keywords.first(where: { $0.name == name })?.value else {
                throw interpreter.failure("the format's field '\(name)' is not given")
            }
            return value
        }
        guard arguments.positional.indices.contains(index) else {
            throw interpreter.failure("the format needs more values than it is given")
        }
        return arguments.positional[index]
    }
}
