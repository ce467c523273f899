extension Interpreter {
    func evaluate(_ expression: Expression) throws(TemplateError) -> Value {
        try charge()
        switch expression.kind {
        case .constant(let constant): return Value(constant)
        case .name(let name): return lookUp(name)
        default: return try deeper { () throws(TemplateError) in try compound(expression) }
        }
    }

    private func compound(_ expression: Expression) throws(TemplateError) -> Value {
        let place = expression.position
        switch expression.kind {
        case .constant(let constant): return Value(constant)
        case .name(let name): return lookUp(name)
        case .list(let elements): return .list(ListObject(try evaluate(elements), heap: heap))
        case .tuple(let elements): return .tuple(TupleObject(try evaluate(elements), heap: heap))
        case .dict(let entries): return try dict(entries, at: place)
        case .not(let operand): return .bool(!(try condition(operand)))
        case .negate(let operand): return try negated(operand, at: place)
        case .plus(let operand): return try unsigned(operand, at: place)
        case .and(let left, let right): return try and(left, right)
        case .or(let left, let right): return try or(left, right)
        case .arithmetic(let operation, let left, let right): return try arithmetic(operation, left, right, at: place)
        case .concatenation(let parts): return try concatenation(parts)
        case .comparison(let left, let comparisons): return try chain(left, comparisons, at: place)
        case .conditional(let condition, let then, let otherwise): return try choose(condition, then, otherwise)
        case .attribute(let base, let name): return try attribute(base, name, at: place)
        case .item(let base, let key): return try item(base, key, at: place)
        case .slice(let base, let slice): return try self.slice(base, slice, at: place)
        case .call(let callee, let arguments): return try call(callee, arguments, at: place)
        case .filter(let base, let filter): return try apply(filter, to: try evaluate(base))
        case .test(let base, let test): return .bool(try check(test, base, at: place))
        }
    }

    func evaluate(_ expressions: [Expression]) throws(TemplateError) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(expressions.count)
        for expression in expressions { values.append(try evaluate(expression)) }
        return values
    }

    private func dict(_ entries: [Expression.DictEntry], at place: Position) throws(TemplateError) -> Value {
        let dict = DictObject(heap: heap)
        for entry in entries {
            let key = try evaluate(entry.key)
            let value = try evaluate(entry.value)
            position = place
            dict.set(key, hash: try hashKey(key), to: value)
        }
        return .dict(dict)
    }

    // MARK: Logic

    private func condition(_ expression: Expression) throws(TemplateError) -> Bool {
        let value = try evaluate(expression)
        position = expression.position
        return try isTrue(value)
    }

    private func and(_ left: Expression, _ right: Expression) throws(TemplateError) -> Value {
        let value = try evaluate(left)
        position = left.position
        return try isTrue(value) ? try evaluate(right) : value
    }

    private func or(_ left: Expression, _ right: Expression) throws(TemplateError) -> Value {
        let value = try evaluate(left)
        position = left.position
        return try isTrue(value) ? value : try evaluate(right)
    }

    private func choose(
        _ test: Expression, _ then: Expression, _ otherwise: Expression?
    ) throws(TemplateError) -> Value {
        if try condition(test) { return try evaluate(then) }
        guard let otherwise else {
            let message = "the condition of the inline 'if' is false and there is no 'else'"
            return .undefined(Undefined(.message(message), isLenient: true))
        }
        return try evaluate(otherwise)
    }

    private func chain(
        _ left: Expression, _ comparisons: [Expression.Comparison], at place: Position
    ) throws(TemplateError) -> Value {
        var left = try evaluate(left)
        for comparison in comparisons {
            let right = try evaluate(comparison.operand)
            position = place
            guard try holds(comparison.relation, left, right) else { return .bool(false) }
            left = right
        }
        return .bool(true)
    }

    private func check(_ test: TestCall, _ base: Expression, at place: Position) throws(TemplateError) -> Bool {
        let value = try evaluate(base)
        let arguments = try evaluate(test.arguments)
        position = place
        return try test.function(self, value, arguments)
    }

    // MARK: Members

    private func attribute(_ base: Expression, _ name: String, at place: Position) throws(TemplateError) -> Value {
        let owner = try evaluate(base)
        position = place
        return try attribute(name, of: owner) ?? absent(.string(name), of: owner, written: base)
    }

    private func item(_ base: Expression, _ key: Expression, at place: Position) throws(TemplateError) -> Value {
        let owner = try evaluate(base)
        let key = try evaluate(key)
        position = place
        return try item(key, of: owner) ?? absent(key, of: owner, written: base)
    }

    private func absent(_ key: Value, of owner: Value, written base: Expression) -> Value {
        let suffix: String? =
            switch key {
            case .string(let name), .markup(let name): ".\(name)"
            case .int(let index): "[\(index)]"
            default: nil
            }
        let path = suffix.flatMap { suffix in base.path.map { $0 + suffix } }
        return .undefined(Undefined(.member(owner: owner, key: key, path: path)))
    }

    private func slice(
        _ base: Expression, _ slice: Expression.Slice, at place: Position
    ) throws(TemplateError) -> Value {
        let owner = try evaluate(base)
        var bounds: [Value] = []
        for bound in [slice.start, slice.stop, slice.step] {
            if let bound { bounds.append(try evaluate(bound)) } else { bounds.append(.none) }
        }
        position = place
        return try self.slice(owner, start: bounds[0], stop: bounds[1], step: bounds[2])
    }

    // MARK: Calls

    private func call(
        _ callee: Expression, _ arguments: CallArguments, at place: Position
    ) throws(TemplateError) -> Value {
        // A method of a value is called without making an object of it first.
        if case .attribute(let base, let name) = callee.kind {
            let owner = try evaluate(base)
            if let method = Methods.named(name, of: owner) {
                let arguments = try evaluate(arguments)
                position = callee.position
                return try method(self, owner, arguments)
            }
            position = callee.position
            let function = try attribute(name, of: owner) ?? absent(.string(name), of: owner, written: base)
            return try call(function, arguments, at: callee.position)
        }
        return try call(try evaluate(callee), arguments, at: place)
    }

    private func call(
        _ function: Value, _ arguments: CallArguments, at place: Position
    ) throws(TemplateError) -> Value {
        let arguments = try evaluate(arguments)
        position = place
        return try call(function, arguments)
    }

    func call(_ function: Value, _ arguments: Arguments) throws(TemplateError) -> Value {
        switch function {
        case .object(let object): return try object.call(arguments, in: self)
        case .undefined(let undefined): throw failure(undefined)
        default: throw failure("\(function.described) is not callable")
        }
    }

    func apply(_ filter: FilterCall, to value: Value) throws(TemplateError) -> Value {
        let arguments = try evaluate(filter.arguments)
        position = filter.position
        return try filter.function(self, value, arguments)
    }

    func evaluate(_ arguments: CallArguments) throws(TemplateError) -> Arguments {
        guard !arguments.isEmpty else { return Arguments() }
        var result = Arguments(positional: try evaluate(arguments.positional))
        for keyword in arguments.keywords {
            result.keywords.append((name: keyword.name, value: try evaluate(keyword.value)))
        }
        if let spread = arguments.spread {
            let value = try evaluate(spread)
            position = spread.position
            result.positional += try elements(of: value)
        }
        if let spread = arguments.keywordSpread {
            let value = try evaluate(spread)
            position = spread.position
            try add(keywords: value, to: &result)
        }
        return result
    }

    private func add(keywords value: Value, to arguments: inout Arguments) throws(TemplateError) {
        guard case .dict(let dict) = value else { throw failure("what follows '**' must be a dict") }
        for (key, value) in dict.entries {
            try charge()
            guard let name = key.text else { throw failure("the keys of a dict after '**' must be strings") }
            guard !arguments.keywords.contains(where: { $0.name == name }) else {
                throw failure("the argument '\(name)' is given twice")
            }
            arguments.keywords.append((name: name, value: value))
        }
    }
}

extension Value {
    init(_ constant: Expression.Constant) {
        switch constant {
        case .none: self = .none
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .int(value)
        case .float(let value): self = .float(value)
        case .string(let value): self = .string(value)
        }
    }
}
