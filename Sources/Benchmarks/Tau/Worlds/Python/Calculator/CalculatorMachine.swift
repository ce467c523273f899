/// A step of evaluating an expression.
enum CalculatorInstruction {
    /// How a call passes its argument.
    enum Passing {
        case nothing
        case plain
        case spread
        case spreadPairs
    }

    case push(CalculatorValue)
    case add
    case subtract
    case multiply
    case divide
    case divideFloored
    case raise
    case negate
    case affirm
    case call(Passing)
}

/// Evaluates instructions with a stack, so that the length of an expression does not cost depth.
struct CalculatorMachine {
    /// How wide an integer may become.
    ///
    /// One wider is not a float any more, which is what every result ends as.
    private static let maximumBits = 1 << 16
    /// How many multiplications of limbs an expression may cost.
    private static let maximumWork = 1 << 26

    private var stack: [CalculatorValue] = []
    private var work = 0

    /// What the last instruction has left.
    var result: CalculatorValue { stack.last ?? .tuple }

    mutating func perform(_ instruction: CalculatorInstruction) throws(PythonException) {
        switch instruction {
        case .push(let value): stack.append(value)
        case .negate, .affirm:
            let value = pop()
            stack.append(instruction.isNegation ? try value.negated() : try value.affirmed())
        case .call(let passing): try call(passing)
        case .add, .subtract, .multiply, .divide, .divideFloored, .raise:
            let right = pop()
            let left = pop()
            try charge(instruction, left, right)
            switch instruction {
            case .add: stack.append(try left.plus(right))
            case .subtract: stack.append(try left.minus(right))
            case .multiply: stack.append(try left.times(right))
            case .divide: stack.append(try left.over(right))
            case .divideFloored: stack.append(try left.flooredOver(right))
            default: stack.append(try left.raised(to: right))
            }
        }
    }

    private mutating func pop() -> CalculatorValue {
        guard let value = stack.popLast() else {
            // The parser writes operands before every operation.
            preconditionFailure("an operation without an operand")
        }
        return value
    }

    /// Nothing that an expression can make is callable; what stands in the parentheses has its own errors before that.
    private mutating func call(_ passing: CalculatorInstruction.Passing) throws(PythonException) {
        let argument = passing == .nothing ? nil : pop()
        let function = pop()
        if let argument, passing == .spread, argument.typeName != "tuple" {
            throw .type("\(function) argument after * must be an iterable, not \(argument.typeName)")
        }
        if let argument, passing == .spreadPairs {
            throw .type("\(function) argument after ** must be a mapping, not \(argument.typeName)")
        }
        throw .type("'\(function.typeName)' object is not callable")
    }

    /// Refuses what would take unbounded time or memory, with the text that CPython would come to in the end.
    private mutating func charge(
        _ instruction: CalculatorInstruction, _ left: CalculatorValue, _ right: CalculatorValue
    ) throws(PythonException) {
        guard let (left, right) = CalculatorValue.integers(left, right) else { return }
        let tooLarge = PythonException(.overflowError, "int too large to convert to float")
        let bits: Int
        switch instruction {
        case .multiply: bits = left.bitWidth + right.bitWidth
        case .raise:
            guard left.bitWidth > 1, !right.isNegative else { return }
            guard let exponent = right.int64, exponent <= Self.maximumBits else { throw tooLarge }
            bits = (left.bitWidth - 1) * Int(exponent)
        default: bits = max(left.bitWidth, right.bitWidth)
        }
        guard bits <= Self.maximumBits else { throw tooLarge }
        work += 1 + (bits / 32) * (bits / 32)
        guard work <= Self.maximumWork else { throw PythonException(.memoryError, "expression is too costly") }
    }
}

extension CalculatorInstruction {
    fileprivate var isNegation: Bool {
        if case .negate = self { true } else { false }
    }
}
