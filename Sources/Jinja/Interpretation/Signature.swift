/// What a function of the language takes.
struct Signature: Sendable {
    let function: String
    let parameters: [String]
    /// How many of the first parameters must be given.
    let required: Int

    init(_ function: String, _ parameters: [String] = [], required: Int = 0) {
        self.function = function
        self.parameters = parameters
        self.required = required
    }
}

/// The arguments of a call in the order of the function's parameters.
struct BoundArguments {
    private let signature: Signature
    private let values: [Value?]
    private let interpreter: Interpreter

    init(_ signature: Signature, _ values: [Value?], _ interpreter: Interpreter) {
        self.signature = signature
        self.values = values
        self.interpreter = interpreter
    }

    /// The argument of a parameter, or `nil` if it was left out.
    subscript(index: Int) -> Value? { values[index] }

    /// The argument of a required parameter.
    func value(_ index: Int) -> Value { values[index] ?? .none }

    /// The argument unless it was left out or is none.
    func given(_ index: Int) -> Value? {
        guard let value = values[index] else { return nil }
        if case .none = value { return nil }
        return value
    }

    func integer(_ index: Int, default defaultValue: Int) throws(TemplateError) -> Int {
        guard let value = values[index] else { return defaultValue }
        return try integer(value, index)
    }

    /// The integer of an argument that may be left out or none.
    func integerIfGiven(_ index: Int) throws(TemplateError) -> Int? {
        guard let value = given(index) else { return nil }
        return try integer(value, index)
    }

    private func integer(_ value: Value, _ index: Int) throws(TemplateError) -> Int {
        if let integer = value.integer { return integer }
        throw wrong(value, index, "an integer")
    }

    func text(_ index: Int, default defaultValue: String = "") throws(TemplateError) -> String {
        guard let value = values[index] else { return defaultValue }
        guard let text = value.text else { throw wrong(value, index, "a string") }
        return text
    }

    func textIfGiven(_ index: Int) throws(TemplateError) -> String? {
        given(index) == nil ? nil : try text(index)
    }

    /// Whether an argument counts as true.
    func truth(_ index: Int, default defaultValue: Bool = false) throws(TemplateError) -> Bool {
        guard let value = values[index] else { return defaultValue }
        return try interpreter.isTrue(value)
    }

    private func wrong(_ value: Value, _ index: Int, _ expected: String) -> TemplateError {
        if case .undefined(let undefined) = value { return interpreter.failure(undefined) }
        let parameter = signature.parameters[index]
        return interpreter.failure(
            "'\(signature.function)' needs \(expected) as '\(parameter)', not \(value.described)")
    }
}

extension Interpreter {
    /// Matches arguments with parameters as Python does.
    func bind(_ arguments: Arguments, to signature: Signature) throws(TemplateError) -> BoundArguments {
        let function = signature.function
        guard arguments.positional.count <= signature.parameters.count else {
            let most = signature.parameters.count
            throw failure("'\(function)' takes \(most == 0 ? "no" : "at most \(most)") argument\(most == 1 ? "" : "s")")
        }
        var values: [Value?] = arguments.positional
        values += Array(repeating: nil, count: signature.parameters.count - values.count)
        for (name, value) in arguments.keywords {
            guard let index = signature.parameters.firstIndex(of: name) else {
                let hint = NearMiss.hint(for: name, among: signature.parameters)
                throw failure("'\(function)' has no argument '\(name)'\(hint)")
            }
            guard values[index] == nil else { throw failure("'\(function)' is given '\(name)' twice") }
            values[index] = value
        }
        for index in 0..<signature.required where values[index] == nil {
            throw failure("'\(function)' needs the argument '\(signature.parameters[index])'")
        }
        return BoundArguments(signature, values, self)
    }
}
