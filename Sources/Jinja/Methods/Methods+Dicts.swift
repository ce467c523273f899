extension Methods {
    static let dicts: [String: Method] = [
        "get": { (interpreter, receiver, arguments) throws(TemplateError) in
            let dict = try dict(receiver, interpreter)
            let bound = try interpreter.bind(arguments, to: Signature("get", ["key", "default"], required: 1))
            return dict[try interpreter.hashKey(bound.value(0))] ?? bound.value(1)
        },
        "keys": { (interpreter, receiver, arguments) throws(TemplateError) in
            try view(.keys, interpreter, receiver, arguments)
        },
        "values": { (interpreter, receiver, arguments) throws(TemplateError) in
            try view(.values, interpreter, receiver, arguments)
        },
        "items": { (interpreter, receiver, arguments) throws(TemplateError) in
            try view(.items, interpreter, receiver, arguments)
        },
        "pop": { (interpreter, receiver, arguments) throws(TemplateError) in
            let dict = try dict(receiver, interpreter)
            let bound = try interpreter.bind(arguments, to: Signature("pop", ["key", "default"], required: 1))
            try interpreter.charge(dict.count / 8)
            if let entry = dict.remove(try interpreter.hashKey(bound.value(0))) { return entry.value }
            guard let defaultValue = bound[1] else {
                throw interpreter.failure("'pop': there is no key \(try interpreter.repr(bound.value(0)))")
            }
            return defaultValue
        },
        "popitem": { (interpreter, receiver, arguments) throws(TemplateError) in
            let dict = try dict(receiver, interpreter)
            _ = try interpreter.bind(arguments, to: Signature("popitem"))
            guard let last = dict.allKeys.last, let entry = dict.remove(try interpreter.hashKey(last)) else {
                throw interpreter.failure("'popitem' from an empty dict")
            }
            return .tuple(TupleObject([entry.key, entry.value], heap: interpreter.heap))
        },
        "setdefault": { (interpreter, receiver, arguments) throws(TemplateError) in
            let dict = try dict(receiver, interpreter)
            let bound = try interpreter.bind(arguments, to: Signature("setdefault", ["key", "default"], required: 1))
            let hash = try interpreter.hashKey(bound.value(0))
            if let value = dict[hash] { return value }
            dict.set(bound.value(0), hash: hash, to: bound.value(1))
            return bound.value(1)
        },
        "update": { (interpreter, receiver, arguments) throws(TemplateError) in
            let dict = try dict(receiver, interpreter)
            guard arguments.positional.count <= 1 else {
                throw interpreter.failure("'update' takes one plain argument")
            }
            if let source = arguments.positional.first { try interpreter.update(dict, from: source) }
            for (name, value) in arguments.keywords { dict.set(name, to: value) }
            return .none
        },
        "copy": { (interpreter, receiver, arguments) throws(TemplateError) in
            _ = try interpreter.bind(arguments, to: Signature("copy"))
            let copy = DictObject(heap: interpreter.heap)
            try interpreter.update(copy, from: receiver)
            return .dict(copy)
        },
        "clear": { (interpreter, receiver, arguments) throws(TemplateError) in
            _ = try interpreter.bind(arguments, to: Signature("clear"))
            try dict(receiver, interpreter).removeAll()
            return .none
        },
    ]

    private static func dict(_ receiver: Value, _ interpreter: Interpreter) throws(TemplateError) -> DictObject {
        guard case .dict(let dict) = receiver else { throw interpreter.failure("this is a method of dicts") }
        return dict
    }

    private static func view(
        _ kind: DictView.Kind, _ interpreter: Interpreter, _ receiver: Value, _ arguments: Arguments
    ) throws(TemplateError) -> Value {
        _ = try interpreter.bind(arguments, to: Signature("\(kind)"))
        return .object(DictView(kind, of: try dict(receiver, interpreter), heap: interpreter.heap))
    }
}
