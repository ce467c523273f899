extension Interpreter {
    /// What `value.name` is: an attribute or method, else an element; `nil` if there is neither.
    func attribute(_ name: String, of value: Value) throws(TemplateError) -> Value? {
        if let found = try plainAttribute(name, of: value) { return found }
        switch value {
        case .dict(let dict): return dict[name]
        case .object(let object): return try object.item(.string(name), in: self)
        default: return nil
        }
    }

    /// What Python's `getattr` gives, elements not counted.
    func plainAttribute(_ name: String, of value: Value) throws(TemplateError) -> Value? {
        if let method = Methods.named(name, of: value) { return .object(FunctionObject(name, of: value, method)) }
        switch value {
        case .undefined(let undefined): throw failure(undefined)
        case .tuple(let tuple): return tuple.fieldNames.firstIndex(of: name).map { tuple.elements[$0] }
        case .object(let object): return try object.attribute(name, in: self)
        default: return nil
        }
    }

    /// What `value[key]` is: an element, else for a string an attribute; `nil` if there is neither.
    func item(_ key: Value, of value: Value) throws(TemplateError) -> Value? {
        if case .undefined(let undefined) = value { throw failure(undefined) }
        if let found = try element(key, of: value) { return found }
        guard let name = key.text else { return nil }
        return try plainAttribute(name, of: value)
    }

    private func element(_ key: Value, of value: Value) throws(TemplateError) -> Value? {
        switch value {
        case .dict(let dict):
            if case .undefined(let undefined) = key { throw failure(undefined) }
            return try isHashable(key) ? dict[try hashKey(key)] : nil
        case .list(let list): return element(key, of: list.elements)
        case .tuple(let tuple): return element(key, of: tuple.elements)
        case .string(let text), .markup(let text):
            guard let index = key.integer else { return nil }
            try chargeText(text.utf8.count)
            let scalars = text.unicodeScalars
            let position = index < 0 ? index + scalars.count : index
            guard position >= 0, position < scalars.count else { return nil }
            let character = String(scalars[scalars.index(scalars.startIndex, offsetBy: position)])
            if case .markup = value { return .markup(character) }
            return .string(character)
        case .object(let object): return try object.item(key, in: self)
        default: return nil
        }
    }

    private func element(_ key: Value, of elements: [Value]) -> Value? {
        guard let index = key.integer else { return nil }
        let position = index < 0 ? index + elements.count : index
        return elements.indices.contains(position) ? elements[position] : nil
    }

    // MARK: Slices

    func slice(_ value: Value, start: Value, stop: Value, step: Value) throws(TemplateError) -> Value {
        switch value {
        case .list(let list):
            return .list(ListObject(try pick(list.elements, start, stop, step), heap: heap))
        case .tuple(let tuple):
            return .tuple(TupleObject(try pick(tuple.elements, start, stop, step), heap: heap))
        case .string(let text): return .string(try slice(text, start, stop, step))
        case .markup(let text): return .markup(try slice(text, start, stop, step))
        case .object(let object):
            guard let range = object as? RangeObject else { break }
            let picked = try indices(count: range.count, start, stop, step)
            guard let sliced = range.sliced(picked.start, picked.stop, picked.step) else {
                throw failure("the range is too large")
            }
            return .object(sliced)
        case .undefined(let undefined): throw failure(undefined)
        default: break
        }
        throw failure("\(value.described) cannot be sliced")
    }

    private func slice(
        _ text: String, _ start: Value, _ stop: Value, _ step: Value
    ) throws(TemplateError) -> String {
        try chargeText(text.utf8.count)
        var result = String.UnicodeScalarView()
        result.append(contentsOf: try pick(Array(text.unicodeScalars), start, stop, step))
        return String(result)
    }

    private func pick<Element>(
        _ elements: [Element], _ start: Value, _ stop: Value, _ step: Value
    ) throws(TemplateError) -> [Element] {
        let picked = try indices(count: elements.count, start, stop, step)
        var result: [Element] = []
        var index = picked.start
        while picked.step > 0 ? index < picked.stop : index > picked.stop {
            result.append(elements[index])
            let (next, overflow) = index.addingReportingOverflow(picked.step)
            if overflow { break }
            index = next
        }
        try charge(result.count)
        return result
    }

    /// Python's rules for the bounds of a slice: negative ones count from the end, all are cut to what there is.
    private func indices(
        count: Int, _ start: Value, _ stop: Value, _ step: Value
    ) throws(TemplateError) -> (start: Int, stop: Int, step: Int) {
        let step = try bound(step) ?? 1
        guard step != 0 else { throw failure("the step of a slice cannot be zero") }
        let lowest = step > 0 ? 0 : -1
        let highest = step > 0 ? count : count - 1
        func cut(_ value: Int) -> Int {
            let position = value < 0 ? max(value, -count - 1) + count : value
            return min(max(position, lowest), highest)
        }
        let start = try bound(start).map(cut) ?? (step > 0 ? lowest : highest)
        let stop = try bound(stop).map(cut) ?? (step > 0 ? highest : lowest)
        return (start, stop, step)
    }

    private func bound(_ value: Value) throws(TemplateError) -> Int? {
        if case .none = value { return nil }
        if let integer = value.integer { return integer }
        if case .undefined(let undefined) = value { throw failure(undefined) }
        throw failure("the bounds of a slice must be integers, not \(value.described)")
    }
}
