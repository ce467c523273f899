extension Filters {
    static let sequences = Dictionary(
        uniqueKeysWithValues: [
            filter("length") { (interpreter, value, _) throws(TemplateError) in .int(try interpreter.length(value)) },
            filter("count") { (interpreter, value, _) throws(TemplateError) in .int(try interpreter.length(value)) },
            filter("list") { (interpreter, value, _) throws(TemplateError) in
                .list(ListObject(try interpreter.elements(of: value), heap: interpreter.heap))
            },
            filter("first") { (interpreter, value, _) throws(TemplateError) in
                try interpreter.iterator(over: value).next()
                    ?? .undefined(Undefined(.message("there is no first item: the sequence is empty")))
            },
            filter("last") { (interpreter, value, _) throws(TemplateError) in
                guard let reversed = try reversed(value, interpreter) else {
                    throw interpreter.failure(
                        "the filter 'last' needs a list, not \(value.described): use 'list' first")
                }
                return try reversed.next()
                    ?? .undefined(Undefined(.message("there is no last item: the sequence is empty")))
            },
            filter("reverse") { (interpreter, value, _) throws(TemplateError) in
                if let text = value.text {
                    try interpreter.chargeText(text.utf8.count)
                    var view = String.UnicodeScalarView()
                    view.append(contentsOf: text.unicodeScalars.reversed())
                    return keepingKind(of: value, String(view))
                }
                guard let reversed = try reversed(value, interpreter) else {
                    return .list(ListObject(try interpreter.elements(of: value).reversed(), heap: interpreter.heap))
                }
                return .object(reversed)
            },
            filter("join", ["d", "attribute"]) { (interpreter, value, arguments) throws(TemplateError) in
                try joined(interpreter, value, arguments)
            },
            filter("batch", ["linecount", "fill_with"], required: 1) {
                (interpreter, value, arguments) throws(TemplateError) in
                try batches(interpreter, value, arguments)
            },
            filter("slice", ["slices", "fill_with"], required: 1) {
                (interpreter, value, arguments) throws(TemplateError) in
                try slices(interpreter, value, arguments)
            },
            filter("items") { (interpreter, value, _) throws(TemplateError) in
                var entries: IteratorObject?
                return interpreter.lazy { () throws(TemplateError) -> Value? in
                    if entries == nil {
                        if value.isUndefined { return nil }
                        guard case .dict(let dict) = value else {
                            throw interpreter.failure("the filter 'items' needs a dict, not \(value.described)")
                        }
                        entries = try DictView(.items, of: dict, heap: interpreter.heap).iterator(in: interpreter)
                    }
                    return try entries?.next()
                }
            },
        ])

    /// The elements from the last on, for what Python can reverse without reading it first.
    private static func reversed(
        _ value: Value, _ interpreter: Interpreter
    ) throws(TemplateError) -> IteratorObject? {
        switch value {
        case .object(let object): return try object.reversed(in: interpreter)
        case .undefined(let undefined):
            guard undefined.isLenient else { throw interpreter.failure(undefined) }
            return interpreter.iterator(over: [])
        case .list, .tuple, .dict, .string, .markup:
            return interpreter.iterator(over: try interpreter.elements(of: value).reversed())
        default: return nil
        }
    }

    private static func joined(
        _ interpreter: Interpreter, _ value: Value, _ arguments: BoundArguments
    ) throws(TemplateError) -> Value {
        let separator = try interpreter.text(arguments[0] ?? .emptyString)
        let path = try interpreter.path(arguments[1])
        let source = try interpreter.iterator(over: value)
        var result = ""
        var isFirst = true
        while let element = try source.next() {
            if !isFirst { result += separator }
            isFirst = false
            let text = try interpreter.text(try interpreter.member(of: element, at: path))
            try interpreter.chargeText(text.utf8.count + separator.utf8.count)
            result += text
            try interpreter.checkLength(result.utf8.count)
        }
        return .string(result)
    }

    private static func batches(
        _ interpreter: Interpreter, _ value: Value, _ arguments: BoundArguments
    ) throws(TemplateError) -> Value {
        let size = try arguments.integer(0, default: 1)
        let filler = arguments.given(1)
        var source: IteratorObject?
        var pending: Value?
        return interpreter.lazy { () throws(TemplateError) -> Value? in
            let elements: IteratorObject
            if let source { elements = source } else { elements = try interpreter.iterator(over: value) }
            source = elements
            var batch: [Value] = []
            if let pending { batch.append(pending) }
            pending = nil
            while let element = try elements.next() {
                try interpreter.charge()
                // A batch is given out when the next element shows that it is full.
                if batch.count == size {
                    pending = element
                    return .list(ListObject(batch, heap: interpreter.heap))
                }
                batch.append(element)
            }
            guard !batch.isEmpty else { return nil }
            if let filler, batch.count < size {
                try interpreter.charge(size - batch.count)
                batch += Array(repeating: filler, count: size - batch.count)
            }
            return .list(ListObject(batch, heap: interpreter.heap))
        }
    }

    private static func slices(
        _ interpreter: Interpreter, _ value: Value, _ arguments: BoundArguments
    ) throws(TemplateError) -> Value {
        let count = try arguments.integer(0, default: 1)
        let filler = arguments.given(1)
        var elements: [Value]?
        var number = 0
        var start = 0
        return interpreter.lazy { () throws(TemplateError) -> Value? in
            let all: [Value]
            if let elements { all = elements } else { all = try interpreter.elements(of: value) }
            elements = all
            guard count != 0 else { throw interpreter.failure("'slice' needs more than zero slices") }
            guard number < count else { return nil }
            let isLonger = number < all.count % count
            let end = start + all.count / count + (isLonger ? 1 : 0)
            var slice = Array(all[start..<end])
            if let filler, !isLonger { slice.append(filler) }
            start = end
            number += 1
            try interpreter.charge(1 + slice.count)
            return .list(ListObject(slice, heap: interpreter.heap))
        }
    }
}
