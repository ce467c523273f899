extension Interpreter {
    /// Whether a relation holds, by Python's rules.
    func holds(
        _ relation: Expression.Relation, _ left: Value, _ right: Value
    ) throws(TemplateError) -> Bool {
        switch relation {
        case .equal: try areEqual(left, right)
        case .notEqual: try !areEqual(left, right)
        case .less: try isOrdered(left, right, relation)
        case .lessOrEqual: try isOrdered(left, right, relation)
        case .greater: try isOrdered(left, right, relation)
        case .greaterOrEqual: try isOrdered(left, right, relation)
        case .within: try contains(right, left)
        case .notWithin: try !contains(right, left)
        }
    }

    // MARK: Equality

    func areEqual(_ left: Value, _ right: Value) throws(TemplateError) -> Bool {
        switch (left, right) {
        case (.undefined(let undefined), let other), (let other, .undefined(let undefined)):
            guard undefined.isLenient else { throw failure(undefined) }
            if case .undefined(let otherUndefined) = other, !otherUndefined.isLenient {
                throw failure(otherUndefined)
            }
            return other.isUndefined
        case (.none, .none): return true
        case (.list(let left), .list(let right)):
            if left === right { return true }
            return try areEqual(left.elements, right.elements)
        case (.tuple(let left), .tuple(let right)): return try areEqual(left.elements, right.elements)
        case (.dict(let left), .dict(let right)): return try areEqual(left, right)
        case (.object(let left), .object(let right)): return areEqual(left, right)
        default: break
        }
        if let left = left.text, let right = right.text { return ExactText(left) == ExactText(right) }
        return numbersCompare(left, right) == .equal
    }

    func areEqual(_ left: [Value], _ right: [Value]) throws(TemplateError) -> Bool {
        guard left.count == right.count else { return false }
        return try deeper { () throws(TemplateError) in
            for (left, right) in zip(left, right) {
                try charge()
                guard try areEqual(left, right) else { return false }
            }
            return true
        }
    }

    private func areEqual(_ left: DictObject, _ right: DictObject) throws(TemplateError) -> Bool {
        guard left !== right else { return true }
        guard left.count == right.count else { return false }
        return try deeper { () throws(TemplateError) in
            for (key, value) in left.entries {
                try charge()
                guard let other = right[try hashKey(key)], try areEqual(value, other) else { return false }
            }
            return true
        }
    }

    private func areEqual(_ left: TemplateObject, _ right: TemplateObject) -> Bool {
        if let left = left as? RangeObject, let right = right as? RangeObject {
            guard left.count == right.count, left.count > 0 else { return left.count == right.count }
            return left.start == right.start && (left.count == 1 || left.step == right.step)
        }
        return left === right
    }

    // MARK: Order

    private enum Order { case less, equal, greater, unordered }

    private func numbersCompare(_ left: Value, _ right: Value) -> Order? {
        if let left = left.integer, let right = right.integer {
            return left < right ? .less : left == right ? .equal : .greater
        }
        if case .bigInteger(let left) = left, case .bigInteger(let right) = right, left == right { return .equal }
        guard let left = left.double, let right = right.double else { return nil }
        return left < right ? .less : left == right ? .equal : left > right ? .greater : .unordered
    }

    private func isOrdered(
        _ left: Value, _ right: Value, _ relation: Expression.Relation
    ) throws(TemplateError) -> Bool {
        let order = try order(left, right, relation)
        return switch relation {
        case .less: order == .less
        case .lessOrEqual: order == .less || order == .equal
        case .greater: order == .greater
        default: order == .greater || order == .equal
        }
    }

    private func order(
        _ left: Value, _ right: Value, _ relation: Expression.Relation
    ) throws(TemplateError) -> Order {
        if let order = numbersCompare(left, right) { return order }
        if let left = left.text, let right = right.text {
            try chargeText(min(left.utf8.count, right.utf8.count))
            if ExactText(left) == ExactText(right) { return .equal }
            return left.utf8.lexicographicallyPrecedes(right.utf8) ? .less : .greater
        }
        switch (left, right) {
        case (.list(let left), .list(let right)): return try order(left.elements, right.elements, relation)
        case (.tuple(let left), .tuple(let right)): return try order(left.elements, right.elements, relation)
        case (.undefined(let undefined), _), (_, .undefined(let undefined)): throw failure(undefined)
        default:
            throw failure("'\(relation.rawValue)' does not compare \(left.described) with \(right.described)")
        }
    }

    private func order(
        _ left: [Value], _ right: [Value], _ relation: Expression.Relation
    ) throws(TemplateError) -> Order {
        try deeper { () throws(TemplateError) in
            for (left, right) in zip(left, right) {
                try charge()
                if try areEqual(left, right) { continue }
                return try order(left, right, relation)
            }
            return left.count < right.count ? .less : left.count == right.count ? .equal : .greater
        }
    }

    func isLess(_ left: Value, _ right: Value) throws(TemplateError) -> Bool { try isOrdered(left, right, .less) }

    // MARK: Membership and hashing

    func contains(_ container: Value, _ value: Value) throws(TemplateError) -> Bool {
        switch container {
        case .string(let text), .markup(let text):
            if case .undefined(let undefined) = value { throw failure(undefined) }
            guard let part = value.text else {
                throw failure("'in' looks for a string in a string, not for \(value.described)")
            }
            try chargeText(text.utf8.count)
            return TextSearch.first(part, in: text) != nil
        case .dict(let dict): return dict[try hashKey(value)] != nil
        case .undefined(let undefined): throw failure(undefined)
        case .object(let object):
            if let range = object as? RangeObject, let value = value.integer { return range.contains(value) }
            if let namespace = object as? NamespaceObject { return namespace.attributes[try hashKey(value)] != nil }
        case .list(let list): return try contains(list.elements, value)
        case .tuple(let tuple): return try contains(tuple.elements, value)
        default: break
        }
        let source = try iterator(over: container)
        while let element = try source.next() {
            try charge()
            if try areEqual(element, value) { return true }
        }
        return false
    }

    private func contains(_ elements: [Value], _ value: Value) throws(TemplateError) -> Bool {
        for element in elements {
            try charge()
            if try areEqual(element, value) { return true }
        }
        return false
    }

    func isHashable(_ value: Value) throws(TemplateError) -> Bool {
        switch value {
        case .list, .dict: return false
        case .tuple(let tuple):
            return try deeper { () throws(TemplateError) in
                for element in tuple.elements {
                    try charge()
                    guard try isHashable(element) else { return false }
                }
                return true
            }
        default: return true
        }
    }

    /// A value as the key of a dict.
    func hashKey(_ value: Value) throws(TemplateError) -> HashKey {
        switch value {
        case .undefined(let undefined): throw failure(undefined)
        case .none: return .none
        case .bool(let value): return .int(value ? 1 : 0)
        case .int(let value): return .int(value)
        case .float(let value): return Int(exactly: value).map { .int($0) } ?? .float(value)
        case .bigInteger(let digits): return .bigInteger(digits)
        case .string(let text), .markup(let text): return .string(ExactText(text))
        case .tuple(let tuple):
            return try deeper { () throws(TemplateError) in
                var keys: [HashKey] = []
                for element in tuple.elements {
                    try charge()
                    keys.append(try hashKey(element))
                }
                return .tuple(keys)
            }
        case .object(let object): return .object(ObjectIdentifier(object))
        case .list, .dict: throw failure("\(value.described) cannot be the key of a dict")
        }
    }
}
