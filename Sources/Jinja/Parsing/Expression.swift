/// An expression of a template.
struct Expression: Sendable {
    indirect enum Kind: Sendable {
        case constant(Constant)
        case name(String)
        case list([Expression])
        case tuple([Expression])
        case dict([DictEntry])
        case not(Expression)
        case negate(Expression)
        case plus(Expression)
        case and(Expression, Expression)
        case or(Expression, Expression)
        case arithmetic(Arithmetic, Expression, Expression)
        case concatenation([Expression])
        case comparison(Expression, [Comparison])
        case conditional(condition: Expression, then: Expression, otherwise: Expression?)
        case attribute(Expression, String)
        case item(Expression, Expression)
        case slice(Expression, Slice)
        case call(Expression, CallArguments)
        case filter(Expression, FilterCall)
        case test(Expression, TestCall)
    }

    enum Constant: Sendable, Hashable {
        case none
        case bool(Bool)
        case int(Int)
        case float(Double)
        case string(String)
    }

    struct DictEntry: Sendable {
        var key: Expression
        var value: Expression
    }

    struct Slice: Sendable {
        var start: Expression?
        var stop: Expression?
        var step: Expression?
    }

    enum Arithmetic: String, Sendable {
        case add = "+"
        case subtract = "-"
        case multiply = "*"
        case divide = "/"
        case floorDivide = "//"
        case modulo = "%"
        case power = "** or pow()"
    }

    struct Comparison: Sendable {
        var relation: Relation
        var operand: Expression
    }

    enum Relation: String, Sendable {
        case equal = "=="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case within = "in"
        case notWithin = "not in"
    }

    var kind: Kind
    var position: Position
    /// How many levels of expressions are below this one; evaluation recurses as deep.
    var height: Int
}

/// The arguments of a call as they are written.
struct CallArguments: Sendable {
    struct Keyword: Sendable {
        var name: String
        var value: Expression
    }

    var positional: [Expression] = []
    var keywords: [Keyword] = []
    /// The expression after `*`, which gives more plain arguments.
    var spread: Expression?
    /// The expression after `**`, which gives more named arguments.
    var keywordSpread: Expression?

    var isEmpty: Bool { positional.isEmpty && keywords.isEmpty && spread == nil && keywordSpread == nil }

    var expressions: [Expression] {
        positional + keywords.map(\.value) + [spread, keywordSpread].compactMap(\.self)
    }
}

/// One `| name(arguments)`.
struct FilterCall: Sendable {
    var name: String
    var function: Filter
    var arguments: CallArguments
    var position: Position
}

/// One `is name argument`.
struct TestCall: Sendable {
    var name: String
    var function: Predicate
    var arguments: CallArguments
}

extension Expression {
    /// The expression as a dotted path, if it is a name with attributes.
    var path: String? {
        switch kind {
        case .name(let name): return name
        case .attribute(let base, let name): return base.path.map { "\($0).\(name)" }
        case .item(let base, let key):
            guard case .constant(let constant) = key.kind, let path = base.path else { return nil }
            switch constant {
            case .int(let index): return "\(path)[\(index)]"
            case .string(let name): return "\(path).\(name)"
            default: return nil
            }
        default: return nil
        }
    }
}
