extension Methods {
    static let lists: [String: Method] = [
        "append": { (interpreter, receiver, arguments) throws(TemplateError) in
            let list = try list(receiver, interpreter)
            let bound = try interpreter.bind(arguments, to: Signature("append", ["object"], required: 1))
            list.elements.append(bound.value(0))
            return .none
        },
        "extend": { (interpreter, receiver, arguments) throws(TemplateError) in
            let list = try list(receiver, interpreter)
            let bound = try interpreter.bind(arguments, to: Signature("extend", ["iterable"], required: 1))
            let elements = try interpreter.elements(of: bound.value(0))
            list.elements.append(contentsOf: elements)
            return .none
        },
        "insert": { (interpreter, receiver, arguments) throws(TemplateError) in
            let list = try list(receiver, interpreter)
            let bound = try interpreter.bind(arguments, to: Signature("insert", ["index", "object"], required: 2))
            let index = try bound.integer(0, default: 0)
            try interpreter.charge(list.count / 64)
            let position = index < 0 ? max(index, -list.count) + list.count : min(index, list.count)
            list.elements.insert(bound.value(1), at: position)
            return .none
        },
        "pop": { (interpreter, receiver, arguments) throws(TemplateError) in
            let list = try list(receiver, interpreter)
            let bound = try interpreter.bind(arguments, to: Signature("pop", ["index"]))
            let index = try bound.integer(0, default: -1)
            let position = index < 0 ? index + list.count : index
            guard position >= 0, position < list.count else {
                throw interpreter.failure(
                    list.count == 0 ? "'pop' from an empty list" : "the index of 'pop' is out of range")
            }
            try interpreter.charge(list.count / 64)
            return list.elements.remove(at: position)
        },
        "remove": { (interpreter, receiver, arguments) throws(TemplateError) in
            let list = try list(receiver, interpreter)
            let bound = try interpreter.bind(arguments, to: Signature("remove", ["value"], required: 1))
            guard let position = try position(of: bound.value(0), in: list.elements, 0..<list.count, interpreter) else {
                throw interpreter.failure("'remove': the value is not in the list")
            }
            list.elements.remove(at: position)
            return .none
        },
        "clear": { (interpreter, receiver, arguments) throws(TemplateError) in
            _ = try interpreter.bind(arguments, to: Signature("clear"))
            try list(receiver, interpreter).elements.removeAll()
            return .none
        },
        "reverse": { (interpreter, receiver, arguments) throws(TemplateError) in
            _ = try interpreter.bind(arguments, to: Signature("reverse"))
            let list = try list(receiver, interpreter)
            try interpreter.charge(list.count)
            list.elements.reverse()
            return .none
        },
        "sort": { (interpreter, receiver, arguments) throws(TemplateError) in
            let list = try list(receiver, interpreter)
            guard arguments.positional.isEmpty else { throw interpreter.failure("'sort' takes no plain arguments") }
            let bound = try interpreter.bind(arguments, to: Signature("sort", ["key", "reverse"]))
            let isReverse = try bound.truth(1)
            let key = bound.given(0)
            list.elements = try interpreter.sorted(list.elements, reverse: isReverse) { element throws(TemplateError) in
                guard let key else { return element }
                return try interpreter.call(key, Arguments(positional: [element]))
            }
            return .none
        },
        "copy": { (interpreter, receiver, arguments) throws(TemplateError) in
            _ = try interpreter.bind(arguments, to: Signature("copy"))
            let elements = try interpreter.elements(of: receiver)
            return .list(ListObject(elements, heap: interpreter.heap))
        },
        "index": { (interpreter, receiver, arguments) throws(TemplateError) in
            try index(interpreter, receiver, arguments)
        },
        "count": { (interpreter, receiver, arguments) throws(TemplateError) in
            try count(interpreter, receiver, arguments)
        },
    ]

    static let tuples: [String: Method] = [
        "index": { (interpreter, receiver, arguments) throws(TemplateError) in
            try index(interpreter, receiver, arguments)
        },
        "count": { (interpreter, receiver, arguments) throws(TemplateError) in
            try count(interpreter, receiver, arguments)
        },
    ]

    private static func list(_ receiver: Value, _ interpreter: Interpreter) throws(TemplateError) -> ListObject {
        guard case .list(let list) = receiver else { throw interpreter.failure("this is a method of lists") }
        return list
    }

    private static func position(
        of value: Value, in elements: [Value], _ range: Range<Int>, _ interpreter: Interpreter
    ) throws(TemplateError) -> Int? {
        for index in range {
            try interpreter.charge()
            if try interpreter.areEqual(elements[index], value) { return index }
        }
        return nil
    }

    private static func index(
        _ interpreter: Interpreter, _ receiver: Value, _ arguments: Arguments
    ) throws(TemplateError) -> Value {
        let elements = try interpreter.elements(of: receiver)
        let bound = try interpreter.bind(arguments, to: Signature("index", ["value", "start", "stop"], required: 1))
        func clamped(_ index: Int) -> Int { index < 0 ? max(index + elements.count, 0) : min(index, elements.count) }
        let start = clamped(try bound.integer(1, default: 0))
        let stop = max(start, clamped(try bound.integer(2, default: elements.count)))
        guard let position = try position(of: bound.value(0), in: elements, start..<stop, interpreter) else {
            throw interpreter.failure("'index': the value is not in the \(receiver.typeName)")
        }
        return .int(position)
    }

    private static func count(
        _ interpreter: Interpreter, _ receiver: Value, _ arguments: Arguments
    ) throws(TemplateError) -> Value {
        let bound = try interpreter.bind(arguments, to: Signature("count", ["value"], required: 1))
        var count = 0
        for element in try interpreter.elements(of: receiver) where try interpreter.areEqual(element, bound.value(0)) {
            count += 1
        }
        return .int(count)
    }
}
