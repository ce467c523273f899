extension Methods {
    static let stringFormatting: [String: Method] = [
        "format": { (interpreter, receiver, arguments) throws(TemplateError) in
            let text = try BraceFormatter.format(receiver, arguments, in: interpreter)
            if case .markup = receiver { return .markup(text) }
            return .string(text)
        },
        "format_map": { (interpreter, receiver, arguments) throws(TemplateError) in
            let bound = try interpreter.bind(arguments, to: Signature("format_map", ["mapping"], required: 1))
            guard case .dict(let dict) = bound.value(0) else { throw interpreter.failure("'format_map' needs a dict") }
            var fields = Arguments()
            for (key, value) in dict.entries {
                if let name = key.text { fields.keywords.append((name: name, value: value)) }
            }
            return .string(try BraceFormatter.format(receiver, fields, in: interpreter))
        },
        "expandtabs": { (interpreter, receiver, arguments) throws(TemplateError) in
            let call = try StringCall(interpreter, receiver, arguments, Signature("expandtabs", ["tabsize"]))
            let size = try call.arguments.integer(0, default: 8)
            try interpreter.checkLength(size)
            var result = ""
            var column = 0
            for scalar in call.text.unicodeScalars {
                switch scalar {
                case "\t":
                    let count = size > 0 ? size - column % size : 0
                    result += try interpreter.repeated(" ", count)
                    try interpreter.checkLength(result.utf8.count)
                    column += count
                default:
                    result.unicodeScalars.append(scalar)
                    column = scalar == "\n" || scalar == "\r" ? 0 : column + 1
                }
            }
            return try call.result(result)
        },
    ]
}
