extension Filters {
    static let general = Dictionary(
        uniqueKeysWithValues: [
            filter("default", ["default_value", "boolean"]) { (interpreter, value, arguments) throws(TemplateError) in
                try defaulted(interpreter, value, arguments)
            },
            filter("d", ["default_value", "boolean"]) { (interpreter, value, arguments) throws(TemplateError) in
                try defaulted(interpreter, value, arguments)
            },
            filter("attr", ["name"], required: 1) { (interpreter, value, arguments) throws(TemplateError) in
                let name = try arguments.text(0)
                return try interpreter.plainAttribute(name, of: value)
                    ?? .undefined(Undefined(.member(owner: value, key: .string(name), path: nil)))
            },
            filter("tojson", ["indent"]) { (interpreter, value, arguments) throws(TemplateError) in
                var indent = arguments[0]?.text
                if indent == nil, let width = try arguments.integerIfGiven(0) {
                    indent = try interpreter.repeated(" ", width)
                }
                return .markup(try JSONText.htmlSafe(value, indent: indent, in: interpreter))
            },
        ])

    private static func defaulted(
        _ interpreter: Interpreter, _ value: Value, _ arguments: BoundArguments
    ) throws(TemplateError) -> Value {
        let other = arguments[0] ?? .emptyString
        if value.isUndefined { return other }
        guard try arguments.truth(1) else { return value }
        return try interpreter.isTrue(value) ? value : other
    }
}
