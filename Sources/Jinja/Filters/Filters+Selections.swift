extension Filters {
    static let selections: [String: Filter] = [
        "map": { (interpreter, value, arguments) throws(TemplateError) in
            var transform: ((Value) throws(TemplateError) -> Value)?
            return over(value, interpreter) { element throws(TemplateError) in
                // Python looks at the arguments when the first element is asked for, and so are errors placed.
                let function: (Value) throws(TemplateError) -> Value
                if let transform { function = transform } else { function = try mapping(interpreter, arguments) }
                transform = function
                return try function(element)
            }
        },
        "select": { (interpreter, value, arguments) throws(TemplateError) in
            selection(interpreter, value, arguments, attribute: false, keeps: true)
        },
        "reject": { (interpreter, value, arguments) throws(TemplateError) in
            selection(interpreter, value, arguments, attribute: false, keeps: false)
        },
        "selectattr": { (interpreter, value, arguments) throws(TemplateError) in
            selection(interpreter, value, arguments, attribute: true, keeps: true)
        },
        "rejectattr": { (interpreter, value, arguments) throws(TemplateError) in
            selection(interpreter, value, arguments, attribute: true, keeps: false)
        },
    ]

    /// Goes lazily over a value that counts as true; elements that give `nil` are left out.
    private static func over(
        _ value: Value, _ interpreter: Interpreter, _ transform: @escaping (Value) throws(TemplateError) -> Value?
    ) -> Value {
        var source: IteratorObject?
        return interpreter.lazy { () throws(TemplateError) -> Value? in
            if source == nil {
                guard try interpreter.isTrue(value) else { return nil }
                source = try interpreter.iterator(over: value)
            }
            while let element = try source?.next() {
                try interpreter.charge()
                if let transformed = try transform(element) { return transformed }
            }
            return nil
        }
    }

    private static func mapping(
        _ interpreter: Interpreter, _ arguments: Arguments
    ) throws(TemplateError) -> (Value) throws(TemplateError) -> Value {
        var arguments = arguments
        if arguments.positional.isEmpty, let attribute = arguments.takeKeyword("attribute") {
            let defaultValue = given(arguments.takeKeyword("default"))
            if let name = arguments.keywords.first?.name {
                throw interpreter.failure("'map' has no argument '\(name)' beside 'attribute'")
            }
            let path = try interpreter.path(attribute)
            return { element throws(TemplateError) in
                try interpreter.member(of: element, at: path, default: defaultValue)
            }
        }
        guard !arguments.positional.isEmpty else {
            throw interpreter.failure("'map' needs the name of a filter, or 'attribute='")
        }
        let filter = try interpreter.filter(named: arguments.positional.removeFirst())
        let rest = arguments
        return { element throws(TemplateError) in try filter(interpreter, element, rest) }
    }

    /// An argument unless it was left out or is none.
    private static func given(_ value: Value?) -> Value? {
        if case .some(.none) = value { return nil }
        return value
    }

    private static func selection(
        _ interpreter: Interpreter, _ value: Value, _ arguments: Arguments, attribute: Bool, keeps: Bool
    ) -> Value {
        var test: ((Value) throws(TemplateError) -> Bool)?
        return over(value, interpreter) { element throws(TemplateError) in
            let function: (Value) throws(TemplateError) -> Bool
            if let test {
                function = test
            } else {
                function = try Self.test(interpreter, arguments, attribute: attribute)
            }
            test = function
            return try function(element) == keeps ? element : nil
        }
    }

    private static func test(
        _ interpreter: Interpreter, _ arguments: Arguments, attribute: Bool
    ) throws(TemplateError) -> (Value) throws(TemplateError) -> Bool {
        var arguments = arguments
        var path: [Value] = []
        if attribute {
            guard !arguments.positional.isEmpty else { throw interpreter.failure("the attribute's name is missing") }
            path = try interpreter.path(arguments.positional.removeFirst())
        }
        let steps = path
        guard !arguments.positional.isEmpty else {
            return { element throws(TemplateError) in
                try interpreter.isTrue(try interpreter.member(of: element, at: steps))
            }
        }
        let predicate = try interpreter.predicate(named: arguments.positional.removeFirst())
        let rest = arguments
        return { element throws(TemplateError) in
            try predicate(interpreter, try interpreter.member(of: element, at: steps), rest)
        }
    }
}
