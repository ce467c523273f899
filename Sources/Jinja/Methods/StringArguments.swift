/// A string's method call: the text, its arguments, and how to give the result the receiver's kind back.
struct StringCall {
    let interpreter: Interpreter
    let receiver: Value
    let text: String
    let arguments: BoundArguments

    init(
        _ interpreter: Interpreter, _ receiver: Value, _ arguments: Arguments, _ signature: Signature
    ) throws(TemplateError) {
        guard let text = receiver.text else { throw interpreter.failure("this is a method of strings") }
        try interpreter.chargeText(text.utf8.count)
        self.interpreter = interpreter
        self.receiver = receiver
        self.text = text
        self.arguments = try interpreter.bind(arguments, to: signature)
    }

    /// A text of the receiver's kind: what safe text is made into stays safe.
    func result(_ text: String) throws(TemplateError) -> Value {
        try interpreter.checkLength(text.utf8.count)
        try interpreter.chargeText(text.utf8.count)
        if case .markup = receiver { return .markup(text) }
        return .string(text)
    }

    func list(_ texts: [String]) throws(TemplateError) -> Value {
        try interpreter.charge(texts.count)
        let isMarkup = if case .markup = receiver { true } else { false }
        return .list(
            ListObject(texts.map { isMarkup ? .markup($0) : .string($0) }, heap: interpreter.heap))
    }

    /// An argument that is text; safe text escapes what it is joined with.
    func text(_ index: Int) throws(TemplateError) -> String {
        let text = try arguments.text(index)
        guard case .markup = receiver, case .string = arguments.value(index) else { return text }
        return Markup.escape(text)
    }

    /// The part of the text between the positions that two arguments give, and where it begins.
    func window(_ start: Int, _ stop: Int) throws(TemplateError) -> (scalars: ArraySlice<Unicode.Scalar>, isValid: Bool)
    {
        let scalars = Array(text.unicodeScalars)
        func clamped(_ index: Int) -> Int { index < 0 ? max(index + scalars.count, 0) : min(index, scalars.count) }
        let first = try arguments.integerIfGiven(start) ?? 0
        let last = clamped(try arguments.integerIfGiven(stop) ?? scalars.count)
        let isValid = first <= scalars.count && clamped(first) <= last
        return (isValid ? scalars[clamped(first)..<last] : scalars[0..<0], isValid)
    }
}

/// A method of strings, made from its signature and what it does.
func stringMethod(
    _ name: String, _ parameters: [String] = [], required: Int = 0,
    _ body: @escaping @Sendable (StringCall) throws(TemplateError) -> Value
) -> (String, Method) {
    let signature = Signature(name, parameters, required: required)
    return (
        name,
        { (interpreter, receiver, arguments) throws(TemplateError) in
            try body(try StringCall(interpreter, receiver, arguments, signature))
        }
    )
}
