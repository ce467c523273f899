/// The functions that every template can call.
enum Globals {
    static let all: [String: Method] = [
        "range": { (interpreter, _, arguments) throws(TemplateError) in try range(interpreter, arguments) },
        "dict": { (interpreter, _, arguments) throws(TemplateError) in
            .dict(try dict(interpreter, arguments, function: "dict"))
        },
        "namespace": { (interpreter, _, arguments) throws(TemplateError) in
            .object(NamespaceObject(try dict(interpreter, arguments, function: "namespace")))
        },
        "cycler": { (interpreter, _, arguments) throws(TemplateError) in
            guard !arguments.positional.isEmpty, arguments.keywords.isEmpty else {
                throw interpreter.failure("'cycler' needs the values to go round")
            }
            return .object(CyclerObject(arguments.positional, heap: interpreter.heap))
        },
        "joiner": { (interpreter, _, arguments) throws(TemplateError) in
            let bound = try interpreter.bind(arguments, to: Signature("joiner", ["sep"]))
            return .object(JoinerObject(bound[0] ?? .string(", "), heap: interpreter.heap))
        },
        "lipsum": { (interpreter, _, _) throws(TemplateError) in
            throw interpreter.failure("'lipsum' is not available: it gives random text")
        },
    ]

    private static func range(_ interpreter: Interpreter, _ arguments: Arguments) throws(TemplateError) -> Value {
        guard arguments.keywords.isEmpty, (1...3).contains(arguments.positional.count) else {
            throw interpreter.failure("'range' takes one to three integers")
        }
        var bounds: [Int] = []
        for value in arguments.positional {
            if case .undefined(let undefined) = value { throw interpreter.failure(undefined) }
            guard let bound = value.integer else {
                throw interpreter.failure("'range' needs integers, not \(value.described)")
            }
            bounds.append(bound)
        }
        let step = bounds.count == 3 ? bounds[2] : 1
        guard step != 0 else { throw interpreter.failure("the step of a range cannot be zero") }
        let start = bounds.count == 1 ? 0 : bounds[0]
        let stop = bounds.count == 1 ? bounds[0] : bounds[1]
        guard let range = RangeObject(start: start, stop: stop, step: step) else {
            throw interpreter.failure("the range is too large")
        }
        return .object(range)
    }

    private static func dict(
        _ interpreter: Interpreter, _ arguments: Arguments, function: String
    ) throws(TemplateError) -> DictObject {
        guard arguments.positional.count <= 1 else {
            throw interpreter.failure("'\(function)' takes at most one plain argument")
        }
        let dict = DictObject(heap: interpreter.heap)
        if let source = arguments.positional.first { try interpreter.update(dict, from: source) }
        for (name, value) in arguments.keywords { dict.set(name, to: value) }
        return dict
    }
}

extension Interpreter {
    /// Adds the entries of a dict, or of a list of pairs.
    func update(_ dict: DictObject, from source: Value) throws(TemplateError) {
        if case .dict(let other) = source {
            for (key, value) in other.entries {
                try charge()
                dict.set(key, hash: try hashKey(key), to: value)
            }
            return
        }
        for pair in try elements(of: source) {
            let parts = try elements(of: pair)
            guard parts.count == 2 else { throw failure("a dict is made of pairs, not of \(parts.count) values") }
            dict.set(parts[0], hash: try hashKey(parts[0]), to: parts[1])
        }
    }
}
