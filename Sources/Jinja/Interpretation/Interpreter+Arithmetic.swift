import Glibc

extension Interpreter {
    func arithmetic(
        _ operation: Expression.Arithmetic, _ left: Expression, _ right: Expression, at place: Position
    ) throws(TemplateError) -> Value {
        let left = try evaluate(left)
        let right = try evaluate(right)
        position = place
        return try arithmetic(operation, left, right)
    }

    /// Reckons as Python does: integers stay integers, `/` always gives a float, strings and lists add and repeat.
    func arithmetic(
        _ operation: Expression.Arithmetic, _ left: Value, _ right: Value
    ) throws(TemplateError) -> Value {
        if let left = left.integer, let right = right.integer { return try integers(operation, left, right) }
        if case .undefined(let undefined) = left { throw failure(undefined) }
        if operation == .modulo, left.isString { return try PrintfFormatter.format(left, right, in: self) }
        if case .undefined(let undefined) = right { throw failure(undefined) }
        try checkBigIntegers(left, right)
        if let left = left.double, let right = right.double { return .float(try floats(operation, left, right)) }
        switch operation {
        case .add: if let sum = try joined(left, right) { return sum }
        case .multiply:
            if let count = right.integer, let repeated = try repeated(left, count) { return repeated }
            if let count = left.integer, let repeated = try repeated(right, count) { return repeated }
        default: break
        }
        throw failure("'\(operation.rawValue)' does not work on \(left.described) and \(right.described)")
    }

    /// An integer beyond 64 bits goes along with a float, which is no more exact, and with nothing else.
    private func checkBigIntegers(_ left: Value, _ right: Value) throws(TemplateError) {
        switch (left, right) {
        case (.bigInteger, .float), (.float, .bigInteger): return
        case (.bigInteger, _), (_, .bigInteger): throw tooLarge
        default: return
        }
    }

    private var tooLarge: TemplateError { failure("the integer does not fit 64 bits") }

    private func integers(
        _ operation: Expression.Arithmetic, _ left: Int, _ right: Int
    ) throws(TemplateError) -> Value {
        let result: (partialValue: Int, overflow: Bool)
        switch operation {
        case .add: result = left.addingReportingOverflow(right)
        case .subtract: result = left.subtractingReportingOverflow(right)
        case .multiply: result = left.multipliedReportingOverflow(by: right)
        case .divide: return .float(try floats(.divide, Double(left), Double(right)))
        case .power:
            if right < 0 { return .float(try floats(.power, Double(left), Double(right))) }
            result = Self.power(left, right)
        case .floorDivide, .modulo:
            guard right != 0 else { throw failure("division by zero") }
            if operation == .modulo, right == -1 { return .int(0) }
            var (quotient, overflow) = left.dividedReportingOverflow(by: right)
            guard !overflow else { throw tooLarge }
            var remainder = left - quotient * right
            // Python rounds towards minus infinity, so the remainder has the divisor's sign.
            if remainder != 0, (remainder < 0) != (right < 0) {
                quotient -= 1
                remainder += right
            }
            return .int(operation == .modulo ? remainder : quotient)
        }
        guard !result.overflow else { throw tooLarge }
        return .int(result.partialValue)
    }

    private static func power(_ base: Int, _ exponent: Int) -> (partialValue: Int, overflow: Bool) {
        switch (base, exponent) {
        case (_, 0), (1, _): return (1, false)
        case (0, _): return (0, false)
        case (-1, _): return (exponent.isMultiple(of: 2) ? 1 : -1, false)
        default: break
        }
        guard exponent < 64 else { return (0, true) }
        var result = 1
        for _ in 0..<exponent {
            let (product, overflow) = result.multipliedReportingOverflow(by: base)
            if overflow { return (0, true) }
            result = product
        }
        return (result, false)
    }

    private func floats(
        _ operation: Expression.Arithmetic, _ left: Double, _ right: Double
    ) throws(TemplateError) -> Double {
        switch operation {
        case .add: return left + right
        case .subtract: return left - right
        case .multiply: return left * right
        case .divide:
            guard right != 0 else { throw failure("division by zero") }
            return left / right
        case .floorDivide, .modulo:
            guard right != 0 else { throw failure("division by zero") }
            var remainder = fmod(left, right)
            var quotient = (left - remainder) / right
            if remainder != 0, (remainder < 0) != (right < 0) {
                remainder += right
                quotient -= 1
            }
            if operation == .modulo { return remainder == 0 ? copysign(0, right) : remainder }
            guard quotient != 0 else { return copysign(0, left / right) }
            let floored = floor(quotient)
            return quotient - floored > 0.5 ? floored + 1 : floored
        case .power:
            guard left != 0 || right >= 0 else { throw failure("zero cannot be raised to a negative power") }
            guard left >= 0 || right.rounded() == right || right.isInfinite || right.isNaN else {
                throw failure("a negative number with a fraction as power is no real number")
            }
            let result = pow(left, right)
            guard !result.isInfinite || left.isInfinite || right.isInfinite else {
                throw failure("the power is too large")
            }
            return result
        }
    }

    // MARK: Signs

    func negated(_ operand: Expression, at place: Position) throws(TemplateError) -> Value {
        let value = try evaluate(operand)
        position = place
        if let integer = value.integer {
            guard integer != .min else { throw tooLarge }
            return .int(-integer)
        }
        if case .float(let double) = value { return .float(-double) }
        throw unsigned(value, "-")
    }

    func unsigned(_ operand: Expression, at place: Position) throws(TemplateError) -> Value {
        let value = try evaluate(operand)
        position = place
        if let integer = value.integer { return .int(integer) }
        switch value {
        case .float, .bigInteger: return value
        default: throw unsigned(value, "+")
        }
    }

    private func unsigned(_ value: Value, _ sign: String) -> TemplateError {
        switch value {
        case .undefined(let undefined): failure(undefined)
        case .bigInteger: tooLarge
        default: failure("'\(sign)' does not work on \(value.described)")
        }
    }

    // MARK: Texts and lists

    private func joined(_ left: Value, _ right: Value) throws(TemplateError) -> Value? {
        switch (left, right) {
        case (.string(let left), .string(let right)): return .string(try joined(left, right))
        case (.markup(let left), .markup(let right)): return .markup(try joined(left, right))
        case (.markup(let left), .string(let right)): return .markup(try joined(left, Markup.escape(right)))
        case (.string(let left), .markup(let right)): return .markup(try joined(Markup.escape(left), right))
        case (.list(let left), .list(let right)):
            try charge(left.count + right.count)
            return .list(ListObject(left.elements + right.elements, heap: heap))
        case (.tuple(let left), .tuple(let right)):
            try charge(left.elements.count + right.elements.count)
            return .tuple(TupleObject(left.elements + right.elements, heap: heap))
        default: return nil
        }
    }

    private func joined(_ left: String, _ right: String) throws(TemplateError) -> String {
        let length = left.utf8.count + right.utf8.count
        try chargeText(length)
        try checkLength(length)
        return left + right
    }

    private func repeated(_ value: Value, _ count: Int) throws(TemplateError) -> Value? {
        let count = max(count, 0)
        switch value {
        case .string(let text): return .string(try repeated(text, count))
        case .markup(let text): return .markup(try repeated(text, count))
        case .list(let list): return .list(ListObject(try repeated(list.elements, count), heap: heap))
        case .tuple(let tuple): return .tuple(TupleObject(try repeated(tuple.elements, count), heap: heap))
        default: return nil
        }
    }

    func repeated(_ text: String, _ count: Int) throws(TemplateError) -> String {
        let (length, overflow) = text.utf8.count.multipliedReportingOverflow(by: max(count, 0))
        try checkLength(overflow ? .max : length)
        try chargeText(length)
        return text.isEmpty ? "" : String(repeating: text, count: max(count, 0))
    }

    private func repeated(_ elements: [Value], _ count: Int) throws(TemplateError) -> [Value] {
        let (length, overflow) = elements.count.multipliedReportingOverflow(by: count)
        try charge(overflow ? .max : length)
        var result: [Value] = []
        guard !elements.isEmpty else { return result }
        for _ in 0..<count { result += elements }
        return result
    }

    func concatenation(_ parts: [Expression]) throws(TemplateError) -> Value {
        let values = try evaluate(parts)
        var result = ""
        for (value, part) in zip(values, parts) {
            position = part.position
            let text = try text(value)
            try chargeText(text.utf8.count)
            result += text
            try checkLength(result.utf8.count)
        }
        return .string(result)
    }
}
