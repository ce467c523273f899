extension Methods {
    static let stringTrimming = Dictionary(
        uniqueKeysWithValues: [
            stringMethod("strip", ["chars"]) { (call) throws(TemplateError) in
                try call.result(PythonText.strip(call.text, try call.arguments.textIfGiven(0)))
            },
            stringMethod("lstrip", ["chars"]) { (call) throws(TemplateError) in
                try call.result(PythonText.strip(call.text, try call.arguments.textIfGiven(0), right: false))
            },
            stringMethod("rstrip", ["chars"]) { (call) throws(TemplateError) in
                try call.result(PythonText.strip(call.text, try call.arguments.textIfGiven(0), left: false))
            },
            stringMethod("removeprefix", ["prefix"], required: 1) { (call) throws(TemplateError) in
                let prefix = try call.arguments.text(0).unicodeScalars
                let scalars = call.text.unicodeScalars
                return try call.result(
                    scalars.starts(with: prefix) ? String(scalars.dropFirst(prefix.count)) : call.text)
            },
            stringMethod("removesuffix", ["suffix"], required: 1) { (call) throws(TemplateError) in
                let suffix = try call.arguments.text(0).unicodeScalars
                let scalars = call.text.unicodeScalars
                let hasSuffix = !suffix.isEmpty && scalars.reversed().starts(with: suffix.reversed())
                return try call.result(hasSuffix ? String(scalars.dropLast(suffix.count)) : call.text)
            },
            stringMethod("center", ["width", "fillchar"], required: 1) { (call) throws(TemplateError) in
                try call.result(try Padding(call).centered())
            },
            stringMethod("ljust", ["width", "fillchar"], required: 1) { (call) throws(TemplateError) in
                try call.result(try Padding(call).padded(left: false))
            },
            stringMethod("rjust", ["width", "fillchar"], required: 1) { (call) throws(TemplateError) in
                try call.result(try Padding(call).padded(left: true))
            },
            stringMethod("zfill", ["width"], required: 1) { (call) throws(TemplateError) in
                let hasSign = call.text.utf8.first == UInt8(ascii: "-") || call.text.utf8.first == UInt8(ascii: "+")
                let sign = hasSign ? String(call.text.prefix(1)) : ""
                let width = try call.arguments.integer(0, default: 0)
                let missing = Padding(call.text, width: width, call.interpreter).missing
                return try call.result(
                    sign + (try call.interpreter.repeated("0", missing)) + call.text.dropFirst(sign.count))
            },
        ])
}

/// Filling a text up to a width.
struct Padding {
    let text: String
    let fill: String
    let missing: Int
    let width: Int
    let interpreter: Interpreter

    init(_ text: String, width: Int, fill: String = " ", _ interpreter: Interpreter) {
        self.text = text
        self.fill = fill
        self.width = width
        self.interpreter = interpreter
        missing = width < 0 ? 0 : max(0, width - text.unicodeScalars.count)
    }

    fileprivate init(_ call: StringCall) throws(TemplateError) {
        let fill = try call.arguments.text(1, default: " ")
        guard fill.unicodeScalars.count == 1 else {
            throw call.interpreter.failure("the text to fill up with must be one character")
        }
        self.init(call.text, width: try call.arguments.integer(0, default: 0), fill: fill, call.interpreter)
    }

    /// The odd space goes to the left when the width is odd, as Python has it.
    func centered() throws(TemplateError) -> String {
        let left = missing / 2 + (missing & width & 1)
        return try interpreter.repeated(fill, left) + text + interpreter.repeated(fill, missing - left)
    }

    func padded(left: Bool) throws(TemplateError) -> String {
        let padding = try interpreter.repeated(fill, missing)
        return left ? padding + text : text + padding
    }
}
