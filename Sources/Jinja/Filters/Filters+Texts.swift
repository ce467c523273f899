extension Filters {
    static let texts = Dictionary(
        uniqueKeysWithValues: [
            filter("upper") { (interpreter, value, _) throws(TemplateError) in
                try mapped(value, interpreter, PythonText.upper)
            },
            filter("lower") { (interpreter, value, _) throws(TemplateError) in
                try mapped(value, interpreter, PythonText.lower)
            },
            filter("capitalize") { (interpreter, value, _) throws(TemplateError) in
                try mapped(value, interpreter, PythonText.capitalize)
            },
            filter("title") { (interpreter, value, _) throws(TemplateError) in
                .string(try charged(titled(try interpreter.text(value)), interpreter))
            },
            filter("trim", ["chars"]) { (interpreter, value, arguments) throws(TemplateError) in
                let characters = try arguments.textIfGiven(0)
                return try mapped(value, interpreter) { PythonText.strip($0, characters) }
            },
            filter("center", ["width"]) { (interpreter, value, arguments) throws(TemplateError) in
                let width = try arguments.integer(0, default: 80)
                let padding = Padding(try interpreter.text(value), width: width, interpreter)
                return keepingKind(of: value, try padding.centered())
            },
            filter("replace", ["old", "new", "count"], required: 2) {
                (interpreter, value, arguments) throws(TemplateError) in
                let old = try interpreter.text(arguments.value(0))
                let new = try interpreter.text(arguments.value(1))
                let limit = try arguments.integerIfGiven(2) ?? -1
                return .string(try interpreter.replace(try interpreter.text(value), old, with: new, limit: limit))
            },
            filter("string") { (interpreter, value, _) throws(TemplateError) in
                keepingKind(of: value, try interpreter.text(value))
            },
            filter("safe") { (interpreter, value, _) throws(TemplateError) in .markup(try interpreter.text(value)) },
            filter("escape") { (interpreter, value, _) throws(TemplateError) in try escaped(value, interpreter) },
            filter("e") { (interpreter, value, _) throws(TemplateError) in try escaped(value, interpreter) },
            filter("forceescape") { (interpreter, value, _) throws(TemplateError) in
                .markup(try charged(Markup.escape(try interpreter.text(value)), interpreter))
            },
            filter("wordcount") { (interpreter, value, _) throws(TemplateError) in
                .int(wordCount(try interpreter.text(value)))
            },
            filter("urlencode") { (interpreter, value, _) throws(TemplateError) in
                .string(try URLText.encode(value, in: interpreter))
            },
            filter("indent", ["width", "first", "blank"]) { (interpreter, value, arguments) throws(TemplateError) in
                try indented(interpreter, value, arguments)
            },
            filter("truncate", ["length", "killwords", "end", "leeway"]) {
                (interpreter, value, arguments) throws(TemplateError) in
                try truncated(interpreter, value, arguments)
            },
            filter("wordwrap", ["width", "break_long_words", "wrapstring", "break_on_hyphens"]) {
                (interpreter, value, arguments) throws(TemplateError) in
                try wrapped(interpreter, value, arguments)
            },
        ]
    ).merging([
        "format": { (interpreter, value, arguments) throws(TemplateError) in
            try formatted(interpreter, value, arguments)
        }
    ]) { first, _ in first }

    // MARK: Helpers

    static func keepingKind(of value: Value, _ text: String) -> Value {
        if case .markup = value { .markup(text) } else { .string(text) }
    }

    private static func charged(_ text: String, _ interpreter: Interpreter) throws(TemplateError) -> String {
        try interpreter.chargeText(text.utf8.count)
        try interpreter.checkLength(text.utf8.count)
        return text
    }

    private static func mapped(
        _ value: Value, _ interpreter: Interpreter, _ transform: (String) -> String
    ) throws(TemplateError) -> Value {
        keepingKind(of: value, try charged(transform(try interpreter.text(value)), interpreter))
    }

    private static func escaped(_ value: Value, _ interpreter: Interpreter) throws(TemplateError) -> Value {
        if case .markup = value { return value }
        return .markup(try charged(Markup.escape(try interpreter.text(value)), interpreter))
    }

    /// What needs a string, where Python would fail for anything else.
    private static func string(
        _ value: Value, _ interpreter: Interpreter, _ filter: String
    ) throws(TemplateError) -> String {
        if case .undefined(let undefined) = value { throw interpreter.failure(undefined) }
        guard let text = value.text else {
            throw interpreter.failure("the filter '\(filter)' needs a string, not \(value.described)")
        }
        return try charged(text, interpreter)
    }

    /// Words begin after white space, hyphens and opening brackets.
    private static func titled(_ text: String) -> String {
        var result = ""
        var begins = true
        for scalar in text.unicodeScalars {
            let divides = PythonText.isSpace(scalar) || "-({[<".unicodeScalars.contains(scalar)
            if divides {
                result.unicodeScalars.append(scalar)
            } else {
                result += begins ? scalar.properties.uppercaseMapping : scalar.properties.lowercaseMapping
            }
            begins = divides
        }
        return result
    }

    private static func wordCount(_ text: String) -> Int {
        var count = 0
        var isInside = false
        for scalar in text.unicodeScalars {
            let isWord = TextWrapper.isWord(scalar)
            if isWord, !isInside { count += 1 }
            isInside = isWord
        }
        return count
    }

    private static func formatted(
        _ interpreter: Interpreter, _ value: Value, _ arguments: Arguments
    ) throws(TemplateError) -> Value {
        guard arguments.positional.isEmpty || arguments.keywords.isEmpty else {
            throw interpreter.failure("'format' takes plain or named arguments, not both")
        }
        let format = keepingKind(of: value, try interpreter.text(value))
        if arguments.keywords.isEmpty {
            let values = TupleObject(arguments.positional, heap: interpreter.heap)
            return try PrintfFormatter.format(format, .tuple(values), in: interpreter)
        }
        let dict = DictObject(heap: interpreter.heap)
        for (name, value) in arguments.keywords { dict.set(name, to: value) }
        return try PrintfFormatter.format(format, .dict(dict), in: interpreter)
    }

    private static func indented(
        _ interpreter: Interpreter, _ value: Value, _ arguments: BoundArguments
    ) throws(TemplateError) -> Value {
        let text = try string(value, interpreter, "indent")
        let indentation: String
        if let width = arguments[0]?.text {
            indentation = width
        } else {
            indentation = try interpreter.repeated(" ", try arguments.integer(0, default: 4))
        }
        let indentsFirst = try arguments.truth(1)
        let indentsBlank = try arguments.truth(2)
        let lines = PythonText.lines(of: text + "\n")
        try interpreter.checkLength(text.utf8.count + lines.count * indentation.utf8.count)
        try interpreter.chargeText(lines.count * indentation.utf8.count)
        var result = ""
        for (index, line) in lines.enumerated() {
            if index > 0 { result += "\n" }
            if index == 0 ? indentsFirst : indentsBlank || !line.isEmpty { result += indentation }
            result += line
        }
        return keepingKind(of: value, result)
    }

    private static func truncated(
        _ interpreter: Interpreter, _ value: Value, _ arguments: BoundArguments
    ) throws(TemplateError) -> Value {
        let text = try string(value, interpreter, "truncate")
        let length = try arguments.integer(0, default: 255)
        let end = try arguments.text(2, default: "...")
        let leeway = try arguments.integerIfGiven(3) ?? 5
        guard length >= end.unicodeScalars.count else {
            throw interpreter.failure("'truncate' needs a length of at least that of its end")
        }
        let room = length - end.unicodeScalars.count
        guard leeway >= 0 else { throw interpreter.failure("'truncate' needs a leeway of zero or more") }
        let scalars = text.unicodeScalars
        guard scalars.count - leeway > length else { return value }
        var kept = String(scalars.prefix(room))
        let cutsWords = try arguments.truth(1)
        if !cutsWords { kept = TextSplitter.split(kept, by: " ", limit: 1, fromRight: true)[0] }
        return keepingKind(of: value, kept + end)
    }

    private static func wrapped(
        _ interpreter: Interpreter, _ value: Value, _ arguments: BoundArguments
    ) throws(TemplateError) -> Value {
        let text = try string(value, interpreter, "wordwrap")
        let wrapper = TextWrapper(
            width: try arguments.integer(0, default: 79), breaksLongWords: try arguments.truth(1, default: true),
            breaksOnHyphens: try arguments.truth(3, default: true))
        guard wrapper.width > 0 else { throw interpreter.failure("'wordwrap' needs a width above zero") }
        let separator = try arguments.textIfGiven(2) ?? "\n"
        var wrapped: [String] = []
        for line in PythonText.lines(of: text) {
            let parts = wrapper.wrap(line)
            wrapped.append(parts.joined(separator: separator))
            try interpreter.charge(parts.count)
            try interpreter.chargeText(parts.count * separator.utf8.count)
        }
        return .string(try charged(wrapped.joined(separator: separator), interpreter))
    }
}
