/// The tests of the language, under their names.
enum Predicates {
    static let all: [String: Predicate] = kinds.merging(comparisons) { first, _ in first }

    private static func test(
        _ name: String, _ parameters: [String] = [],
        _ body: @escaping @Sendable (Interpreter, Value, BoundArguments) throws(TemplateError) -> Bool
    ) -> (String, Predicate) {
        let signature = Signature(name, parameters, required: parameters.count)
        return (
            name,
            { (interpreter, value, arguments) throws(TemplateError) in
                try body(interpreter, value, try interpreter.bind(arguments, to: signature))
            }
        )
    }

    private static let kinds = Dictionary(
        uniqueKeysWithValues: [
            test("defined") { (_, value, _) in !value.isUndefined },
            test("undefined") { (_, value, _) in value.isUndefined },
            test("none") { (_, value, _) in if case .none = value { true } else { false } },
            test("boolean") { (_, value, _) in if case .bool = value { true } else { false } },
            test("true") { (_, value, _) in if case .bool(true) = value { true } else { false } },
            test("false") { (_, value, _) in if case .bool(false) = value { true } else { false } },
            test("integer") { (_, value, _) in value.typeName == "int" },
            test("float") { (_, value, _) in if case .float = value { true } else { false } },
            test("number") { (_, value, _) in value.double != nil },
            test("string") { (_, value, _) in value.isString },
            test("mapping") { (_, value, _) in if case .dict = value { true } else { false } },
            test("escaped") { (_, value, _) in if case .markup = value { true } else { false } },
            test("sequence") { (_, value, _) in isSequence(value) },
            test("iterable") { (interpreter, value, _) throws(TemplateError) in try isIterable(value, interpreter) },
            test("callable") { (_, value, _) in
                switch value {
                // Calling something undefined is an error of its own, so Jinja counts it as callable.
                case .undefined: true
                case .object(let object): object.isCallable
                default: false
                }
            },
            test("lower") { (interpreter, value, _) throws(TemplateError) in
                Methods.hasCase(try interpreter.text(value), upper: false)
            },
            test("upper") { (interpreter, value, _) throws(TemplateError) in
                Methods.hasCase(try interpreter.text(value), upper: true)
            },
            test("filter") { (interpreter, value, _) throws(TemplateError) in
                _ = try interpreter.hashKey(value)
                return value.text.map { Filters.all[$0] != nil } ?? false
            },
            test("test") { (interpreter, value, _) throws(TemplateError) in
                _ = try interpreter.hashKey(value)
                return value.text.map { all[$0] != nil } ?? false
            },
        ])

    private static let comparisons: [String: Predicate] = {
        var tests = Dictionary(
            uniqueKeysWithValues: [
                test("odd") { (interpreter, value, _) throws(TemplateError) in
                    try remainder(of: value, by: .int(2), is: 1, interpreter)
                },
                test("even") { (interpreter, value, _) throws(TemplateError) in
                    try remainder(of: value, by: .int(2), is: 0, interpreter)
                },
                test("divisibleby", ["num"]) { (interpreter, value, arguments) throws(TemplateError) in
                    try remainder(of: value, by: arguments.value(0), is: 0, interpreter)
                },
                test("sameas", ["other"]) { (_, value, arguments) in isSame(value, arguments.value(0)) },
                test("in", ["seq"]) { (interpreter, value, arguments) throws(TemplateError) in
                    try interpreter.contains(arguments.value(0), value)
                },
            ])
        let relations: [(Expression.Relation, [String])] = [
            (.equal, ["==", "eq", "equalto"]), (.notEqual, ["!=", "ne"]), (.less, ["<", "lt", "lessthan"]),
            (.lessOrEqual, ["<=", "le"]), (.greater, [">", "gt", "greaterthan"]), (.greaterOrEqual, [">=", "ge"]),
        ]
        for (relation, names) in relations {
            for name in names {
                tests[name] =
                    test(name, ["other"]) { (interpreter, value, arguments) throws(TemplateError) in
                        try interpreter.holds(relation, value, arguments.value(0))
                    }.1
            }
        }
        return tests
    }()

    private static func isSequence(_ value: Value) -> Bool {
        switch value {
        case .list, .tuple, .dict, .string, .markup: true
        case .object(let object): object is RangeObject
        case .undefined(let undefined): undefined.isLenient
        default: false
        }
    }

    private static func isIterable(_ value: Value, _ interpreter: Interpreter) throws(TemplateError) -> Bool {
        switch value {
        case .list, .tuple, .dict, .string, .markup: return true
        case .object(let object): return object.isIterable
        case .undefined(let undefined):
            guard undefined.isLenient else { throw interpreter.failure(undefined) }
            return true
        default: return false
        }
    }

    private static func remainder(
        of value: Value, by divisor: Value, is expected: Int, _ interpreter: Interpreter
    ) throws(TemplateError) -> Bool {
        let remainder = try interpreter.arithmetic(.modulo, value, divisor)
        return try interpreter.areEqual(remainder, .int(expected))
    }

    /// Python's `is`: the same object, or the same value where Python keeps one object per value.
    private static func isSame(_ left: Value, _ right: Value) -> Bool {
        switch (left, right) {
        case (.none, .none): true
        case (.bool(let left), .bool(let right)): left == right
        case (.int(let left), .int(let right)): left == right
        case (.float(let left), .float(let right)): left == right
        case (.string(let left), .string(let right)): ExactText(left) == ExactText(right)
        case (.list(let left), .list(let right)): left === right
        case (.tuple(let left), .tuple(let right)): left === right
        case (.dict(let left), .dict(let right)): left === right
        case (.object(let left), .object(let right)): left === right
        default: false
        }
    }
}
