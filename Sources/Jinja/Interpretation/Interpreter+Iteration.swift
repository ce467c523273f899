extension Interpreter {
    /// The elements of a value, one after the other.
    func iterator(over value: Value) throws(TemplateError) -> IteratorObject {
        switch value {
        case .list(let list):
            var index = 0
            // Elements that the loop's body appends are gone through too, as in Python.
            return IteratorObject("list_iterator", heap: heap) { () throws(TemplateError) -> Value? in
                guard index < list.count else { return nil }
                defer { index += 1 }
                return list.elements[index]
            }
        case .object(let object):
            guard let iterator = try object.iterator(in: self) else { break }
            return iterator
        default: break
        }
        return iterator(over: try elements(of: value))
    }

    func iterator(over elements: [Value]) -> IteratorObject {
        var index = 0
        return IteratorObject("list_iterator", heap: heap) { () throws(TemplateError) -> Value? in
            guard index < elements.count else { return nil }
            defer { index += 1 }
            return elements[index]
        }
    }

    /// All elements of a value; a dict gives its keys, a string its characters.
    func elements(of value: Value) throws(TemplateError) -> [Value] {
        let elements: [Value]
        switch value {
        case .list(let list): elements = list.elements
        case .tuple(let tuple): elements = tuple.elements
        case .dict(let dict): elements = dict.allKeys
        case .string(let text), .markup(let text):
            try charge(text.utf8.count)
            return text.unicodeScalars.map { .string(String($0)) }
        case .undefined(let undefined):
            guard undefined.isLenient else { throw failure(undefined) }
            return []
        case .object(let object):
            guard let iterator = try object.iterator(in: self) else { throw notIterable(value) }
            var gathered: [Value] = []
            while let element = try iterator.next() {
                try charge()
                gathered.append(element)
            }
            return gathered
        default: throw notIterable(value)
        }
        try charge(elements.count)
        return elements
    }

    private func notIterable(_ value: Value) -> TemplateError {
        failure("\(value.described) cannot be iterated over")
    }

    /// How many elements a value has, or `nil` if Python's `len` would refuse it.
    func lengthIfSized(_ value: Value) throws(TemplateError) -> Int? {
        switch value {
        case .list(let list): return list.count
        case .tuple(let tuple): return tuple.elements.count
        case .dict(let dict): return dict.count
        case .string(let text), .markup(let text): return text.unicodeScalars.count
        case .object(let object): return object.length
        case .undefined(let undefined):
            guard undefined.isLenient else { throw failure(undefined) }
            return 0
        default: return nil
        }
    }

    func length(_ value: Value) throws(TemplateError) -> Int {
        if let length = try lengthIfSized(value) { return length }
        var hint = ""
        if case .object(let object) = value, object is IteratorObject { hint = ": make a list of it first" }
        throw failure("\(value.described) has no length\(hint)")
    }

    /// Whether a value counts as true.
    func isTrue(_ value: Value) throws(TemplateError) -> Bool {
        switch value {
        case .undefined(let undefined):
            guard undefined.isLenient else { throw failure(undefined) }
            return false
        case .none: return false
        case .bool(let value): return value
        case .int(let value): return value != 0
        case .float(let value): return value != 0
        case .bigInteger: return true
        case .string(let text), .markup(let text): return !text.isEmpty
        case .list(let list): return list.count > 0
        case .tuple(let tuple): return !tuple.elements.isEmpty
        case .dict(let dict): return dict.count > 0
        case .object(let object): return object.isTruthy
        }
    }
}
