extension Parser {
    /// Operators of two operands by how tightly they bind; a comparison is a chain and built apart.
    private enum Precedence: Int {
        case or = 1
        case and, not, comparison, sum, concatenation, product, power
    }

    /// Reads one expression, or several with commas between, which make a tuple.
    mutating func tuple(
        allowsConditional: Bool = true, endName: String? = nil, allowsEmpty: Bool = false
    ) throws(TemplateError) -> Expression {
        let position = current.position
        var elements: [Expression] = []
        var isTuple = false
        while true {
            if isAtTupleEnd(endName) { break }
            elements.append(allowsConditional ? try expression() : try operation())
            guard skip(.comma) else { break }
            isTuple = true
        }
        if !isTuple {
            if let only = elements.first { return only }
            guard allowsEmpty else { throw unexpected("an expression") }
        }
        return try make(.tuple(elements), over: elements, at: position)
    }

    private func isAtTupleEnd(_ endName: String?) -> Bool {
        switch current.kind {
        case .variableEnd, .blockEnd, .symbol(.rightParenthesis): true
        case .name(let name): name == endName
        default: false
        }
    }

    /// Reads an expression that may be `a if condition else b`.
    mutating func expression() throws(TemplateError) -> Expression {
        try enter()
        defer { leave() }
        var result = try operation()
        while isAt(name: "if") {
            let position = current.position
            advance()
            let condition = try operation()
            let otherwise = skip(name: "else") ? try expression() : nil
            result = try make(
                .conditional(condition: condition, then: result, otherwise: otherwise),
                over: [condition, result] + (otherwise.map { [$0] } ?? []), at: position)
        }
        return result
    }

    // MARK: Operators

    /// Reads operands and operators by precedence climbing.
    private mutating func operation(from minimum: Precedence = .or) throws(TemplateError) -> Expression {
        var left = try operand(minimum)
        while let precedence = operatorPrecedence(), precedence.rawValue >= minimum.rawValue {
            let position = current.position
            switch precedence {
            case .comparison: left = try comparison(left)
            case .concatenation: left = try concatenation(left)
            case .or:
                advance()
                let right = try operation(from: .and)
                left = try make(.or(left, right), over: [left, right], at: position)
            case .and:
                advance()
                let right = try operation(from: .not)
                left = try make(.and(left, right), over: [left, right], at: position)
            case .not, .sum, .product, .power: left = try arithmetic(left, precedence)
            }
        }
        return left
    }

    private mutating func operand(_ minimum: Precedence) throws(TemplateError) -> Expression {
        guard isAt(name: "not"), minimum.rawValue <= Precedence.not.rawValue else { return try unary() }
        let position = current.position
        advance()
        try enter()
        defer { leave() }
        let inner = try operation(from: .not)
        return try make(.not(inner), over: [inner], at: position)
    }

    private func operatorPrecedence() -> Precedence? {
        switch current.kind {
        case .name("or"): .or
        case .name("and"): .and
        case .name("in"): .comparison
        case .name("not"): next.kind == .name("in") ? .comparison : nil
        case .symbol(let symbol):
            switch symbol {
            case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: .comparison
            case .add, .subtract: .sum
            case .tilde: .concatenation
            case .multiply, .divide, .floorDivide, .modulo: .product
            case .power: .power
            default: nil
            }
        default: nil
        }
    }

    /// All operators of one precedence group from the left, powers too, as Jinja has it.
    private mutating func arithmetic(
        _ left: Expression, _ precedence: Precedence
    ) throws(TemplateError) -> Expression {
        let position = current.position
        guard case .symbol(let symbol) = current.kind else { throw unexpected("an operator") }
        let operation: Expression.Arithmetic
        switch symbol {
        case .add: operation = .add
        case .subtract: operation = .subtract
        case .multiply: operation = .multiply
        case .divide: operation = .divide
        case .floorDivide: operation = .floorDivide
        case .modulo: operation = .modulo
        default: operation = .power
        }
        advance()
        let right: Expression
        switch precedence {
        case .sum: right = try self.operation(from: .concatenation)
        case .product: right = try self.operation(from: .power)
        default: right = try unary()
        }
        return try make(.arithmetic(operation, left, right), over: [left, right], at: position)
    }

    private mutating func concatenation(_ left: Expression) throws(TemplateError) -> Expression {
        let position = current.position
        var parts = [left]
        while skip(.tilde) { parts.append(try operation(from: .product)) }
        return try make(.concatenation(parts), over: parts, at: position)
    }

    private mutating func comparison(_ left: Expression) throws(TemplateError) -> Expression {
        let position = current.position
        var comparisons: [Expression.Comparison] = []
        while let relation = relation() {
            advance()
            if relation == .notWithin { advance() }
            comparisons.append(Expression.Comparison(relation: relation, operand: try operation(from: .sum)))
        }
        return try make(.comparison(left, comparisons), over: [left] + comparisons.map(\.operand), at: position)
    }

    private func relation() -> Expression.Relation? {
        switch current.kind {
        case .name("in"): .within
        case .name("not"): next.kind == .name("in") ? .notWithin : nil
        case .symbol(let symbol): Expression.Relation(rawValue: symbol.rawValue)
        default: nil
        }
    }

    // MARK: Building

    /// Makes an expression whose height is bounded, so that evaluating it cannot exhaust the stack.
    func make(
        _ kind: Expression.Kind, over parts: [Expression], at position: Position
    ) throws(TemplateError) -> Expression {
        let height = 1 + (parts.lazy.map(\.height).max() ?? 0)
        guard height <= Self.maximumDepth else {
            throw failure(
                "the expression has more than \(Self.maximumDepth) levels: divide it with 'set'", at: position)
        }
        return Expression(kind: kind, position: position, height: height)
    }
}
