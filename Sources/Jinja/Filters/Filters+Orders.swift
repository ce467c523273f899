extension Filters {
    static let orders = Dictionary(
        uniqueKeysWithValues: [
            filter("sort", ["reverse", "case_sensitive", "attribute"]) {
                (interpreter, value, arguments) throws(TemplateError) in
                try sorted(interpreter, value, arguments)
            },
            filter("dictsort", ["case_sensitive", "by", "reverse"]) {
                (interpreter, value, arguments) throws(TemplateError) in
                try dictSorted(interpreter, value, arguments)
            },
            filter("unique", ["case_sensitive", "attribute"]) { (interpreter, value, arguments) throws(TemplateError) in
                try unique(interpreter, value, arguments)
            },
            filter("groupby", ["attribute", "default", "case_sensitive"], required: 1) {
                (interpreter, value, arguments) throws(TemplateError) in
                try grouped(interpreter, value, arguments)
            },
            filter("min", ["case_sensitive", "attribute"]) { (interpreter, value, arguments) throws(TemplateError) in
                try extreme(.less, interpreter, value, arguments)
            },
            filter("max", ["case_sensitive", "attribute"]) { (interpreter, value, arguments) throws(TemplateError) in
                try extreme(.greater, interpreter, value, arguments)
            },
            filter("sum", ["attribute", "start"]) { (interpreter, value, arguments) throws(TemplateError) in
                try sum(interpreter, value, arguments)
            },
        ])

    private static func sorted(
        _ interpreter: Interpreter, _ value: Value, _ arguments: BoundArguments
    ) throws(TemplateError) -> Value {
        let isReverse = try arguments.truth(0)
        let caseSensitive = try arguments.truth(1)
        var paths: [[Value]] = []
        if let text = arguments[2]?.text {
            for part in TextSplitter.split(text, by: ",", limit: -1) {
                paths.append(try interpreter.path(.string(part)))
            }
        } else {
            paths = [try interpreter.path(arguments[2])]
        }
        let elements = try interpreter.elements(of: value)
        let sorted = try interpreter.sorted(elements, reverse: isReverse) { element throws(TemplateError) in
            var key: [Value] = []
            for path in paths {
                let member = try interpreter.member(of: element, at: path)
                key.append(interpreter.comparable(member, caseSensitive: caseSensitive))
            }
            return .list(ListObject(key, heap: interpreter.heap))
        }
        return .list(ListObject(sorted, heap: interpreter.heap))
    }

    private static func dictSorted(
        _ interpreter: Interpreter, _ value: Value, _ arguments: BoundArguments
    ) throws(TemplateError) -> Value {
        let caseSensitive = try arguments.truth(0)
        let by = try arguments.text(1, default: "key")
        guard by == "key" || by == "value" else { throw interpreter.failure("'dictsort' sorts by 'key' or 'value'") }
        let isReverse = try arguments.truth(2)
        if case .undefined(let undefined) = value { throw interpreter.failure(undefined) }
        guard case .dict(let dict) = value else {
            throw interpreter.failure("the filter 'dictsort' needs a dict, not \(value.described)")
        }
        let items = DictView(.items, of: dict, heap: interpreter.heap).elements(heap: interpreter.heap)
        let sorted = try interpreter.sorted(items, reverse: isReverse) { item throws(TemplateError) in
            guard case .tuple(let tuple) = item else { return item }
            return interpreter.comparable(tuple.elements[by == "key" ? 0 : 1], caseSensitive: caseSensitive)
        }
        return .list(ListObject(sorted, heap: interpreter.heap))
    }

    private static func unique(
        _ interpreter: Interpreter, _ value: Value, _ arguments: BoundArguments
    ) throws(TemplateError) -> Value {
        let caseSensitive = try arguments.truth(0)
        let path = try interpreter.path(arguments[1])
        var source: IteratorObject?
        var seen: Set<HashKey> = []
        return interpreter.lazy { () throws(TemplateError) -> Value? in
            if source == nil { source = try interpreter.iterator(over: value) }
            while let element = try source?.next() {
                try interpreter.charge()
                let member = try interpreter.member(of: element, at: path)
                let key = try interpreter.hashKey(interpreter.comparable(member, caseSensitive: caseSensitive))
                if seen.insert(key).inserted { return element }
            }
            return nil
        }
    }

    private static func grouped(
        _ interpreter: Interpreter, _ value: Value, _ arguments: BoundArguments
    ) throws(TemplateError) -> Value {
        let path = try interpreter.path(arguments.value(0))
        let defaultValue = arguments.given(1)
        let caseSensitive = try arguments.truth(2)
        func key(_ element: Value) throws(TemplateError) -> Value {
            let member = try interpreter.member(of: element, at: path, default: defaultValue)
            return interpreter.comparable(member, caseSensitive: caseSensitive)
        }
        let elements = try interpreter.elements(of: value)
        var groups: [(key: Value, elements: [Value])] = []
        for element in try interpreter.sorted(elements, reverse: false, key: key) {
            let key = try key(element)
            if let last = groups.indices.last, try interpreter.areEqual(groups[last].key, key) {
                groups[last].elements.append(element)
            } else {
                groups.append((key: key, elements: [element]))
            }
        }
        var tuples: [Value] = []
        for group in groups {
            // The group is called what its first element says, not the lower case that was compared.
            let name = try interpreter.member(of: group.elements[0], at: path, default: defaultValue)
            let list = Value.list(ListObject(group.elements, heap: interpreter.heap))
            tuples.append(
                .tuple(TupleObject([name, list], fieldNames: ["grouper", "list"], heap: interpreter.heap)))
        }
        return .list(ListObject(tuples, heap: interpreter.heap))
    }

    private static func extreme(
        _ relation: Expression.Relation, _ interpreter: Interpreter, _ value: Value, _ arguments: BoundArguments
    ) throws(TemplateError) -> Value {
        let caseSensitive = try arguments.truth(0)
        let path = try interpreter.path(arguments[1])
        let source = try interpreter.iterator(over: value)
        var best: (key: Value, element: Value)?
        while let element = try source.next() {
            try interpreter.charge()
            let member = try interpreter.member(of: element, at: path)
            let key = interpreter.comparable(member, caseSensitive: caseSensitive)
            guard let current = best else {
                best = (key, element)
                continue
            }
            if try interpreter.holds(relation, key, current.key) { best = (key, element) }
        }
        return best?.element
            ?? .undefined(Undefined(.message("there is no smallest or largest item: the sequence is empty")))
    }

    private static func sum(
        _ interpreter: Interpreter, _ value: Value, _ arguments: BoundArguments
    ) throws(TemplateError) -> Value {
        let path = try interpreter.path(arguments[0])
        var total = arguments[1] ?? .int(0)
        guard !total.isString else { throw interpreter.failure("'sum' does not add strings: use 'join'") }
        let source = try interpreter.iterator(over: value)
        while let element = try source.next() {
            try interpreter.charge()
            total = try interpreter.arithmetic(.add, total, try interpreter.member(of: element, at: path))
        }
        return total
    }
}

extension Interpreter {
    /// Sorts by keys, keeping the order of equal elements, also when the order is turned round.
    func sorted(
        _ elements: [Value], reverse: Bool, key: (Value) throws(TemplateError) -> Value
    ) throws(TemplateError) -> [Value] {
        var keyed: [(key: Value, element: Value)] = []
        keyed.reserveCapacity(elements.count)
        for element in elements { keyed.append((try key(element), element)) }
        if reverse { keyed.reverse() }
        keyed = try mergeSorted(keyed[...])
        if reverse { keyed.reverse() }
        return keyed.map(\.element)
    }

    private func mergeSorted(
        _ pairs: ArraySlice<(key: Value, element: Value)>
    ) throws(TemplateError) -> [(key: Value, element: Value)] {
        guard pairs.count > 1 else { return Array(pairs) }
        let middle = pairs.startIndex + pairs.count / 2
        let left = try mergeSorted(pairs[..<middle])
        let right = try mergeSorted(pairs[middle...])
        var merged: [(key: Value, element: Value)] = []
        merged.reserveCapacity(pairs.count)
        var (first, second) = (0, 0)
        while first < left.count, second < right.count {
            try charge()
            if try isLess(right[second].key, left[first].key) {
                merged.append(right[second])
                second += 1
            } else {
                merged.append(left[first])
                first += 1
            }
        }
        return merged + left[first...] + right[second...]
    }
}
