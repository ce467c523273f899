import Glibc

/// What an arithmetic expression can come to in Python.
enum CalculatorValue {
    case number(PythonNumber)
    /// Roots of negative numbers.
    case complex(real: Double, imaginary: Double)
    /// `()`, the only tuple that can be written without a comma.
    case tuple
    /// `...`
    case ellipsis

    var typeName: String {
        switch self {
        case .number(let number): number.typeName
        case .complex: "complex"
        case .tuple: "tuple"
        case .ellipsis: "ellipsis"
        }
    }

    /// The value as Python's `float` converts it.
    func float() throws(PythonException) -> Double {
        guard case .number(let number) = self else {
            throw .type("float() argument must be a string or a real number, not '\(typeName)'")
        }
        return try number.float()
    }

    /// Both values when they are integers.
    static func integers(_ left: CalculatorValue, _ right: CalculatorValue) -> (BigInteger, BigInteger)? {
        guard case .number(.integer(let left)) = left, case .number(.integer(let right)) = right else { return nil }
        return (left, right)
    }

    func negated() throws(PythonException) -> CalculatorValue {
        switch self {
        case .number(let number): return .number(-number)
        case .complex(let real, let imaginary): return .complex(real: -real, imaginary: -imaginary)
        default: throw .type("bad operand type for unary -: '\(typeName)'")
        }
    }

    func affirmed() throws(PythonException) -> CalculatorValue {
        switch self {
        case .number, .complex: return self
        default: throw .type("bad operand type for unary +: '\(typeName)'")
        }
    }

    func plus(_ other: CalculatorValue) throws(PythonException) -> CalculatorValue {
        switch (self, other) {
        case (.number(let left), .number(let right)): return .number(try left + right)
        case (.tuple, .tuple): return .tuple
        case (.tuple, _): throw .type("can only concatenate tuple (not \"\(other.typeName)\") to tuple")
        default:
            return try complexResult("+", other) {
                .complex(real: $0.real + $1.real, imaginary: $0.imaginary + $1.imaginary)
            }
        }
    }

    func minus(_ other: CalculatorValue) throws(PythonException) -> CalculatorValue {
        if case (.number(let left), .number(let right)) = (self, other) { return .number(try left - right) }
        return try complexResult("-", other) {
            .complex(real: $0.real - $1.real, imaginary: $0.imaginary - $1.imaginary)
        }
    }

    func times(_ other: CalculatorValue) throws(PythonException) -> CalculatorValue {
        switch (self, other) {
        case (.number(let left), .number(let right)): return .number(try left * right)
        case (.tuple, .number(.integer(let count))), (.number(.integer(let count)), .tuple):
            guard count.int64 != nil else {
                throw PythonException(.overflowError, "cannot fit 'int' into an index-sized integer")
            }
            return .tuple
        case (.tuple, let factor), (let factor, .tuple):
            throw .type("can't multiply sequence by non-int of type '\(factor.typeName)'")
        default:
            return try complexResult("*", other) {
                .complex(
                    real: $0.real * $1.real - $0.imaginary * $1.imaginary,
                    imaginary: $0.real * $1.imaginary + $0.imaginary * $1.real)
            }
        }
    }

    func over(_ other: CalculatorValue) throws(PythonException) -> CalculatorValue {
        if case (.number(let left), .number(let right)) = (self, other) { return .number(try left / right) }
        return try complexResult("/", other) { dividend, divisor throws(PythonException) in
            let size = divisor.real * divisor.real + divisor.imaginary * divisor.imaginary
            guard divisor.real != 0 || divisor.imaginary != 0 else {
                throw PythonException(.zeroDivisionError, "complex division by zero")
            }
            return .complex(
                real: (dividend.real * divisor.real + dividend.imaginary * divisor.imaginary) / size,
                imaginary: (dividend.imaginary * divisor.real - dividend.real * divisor.imaginary) / size)
        }
    }

    func flooredOver(_ other: CalculatorValue) throws(PythonException) -> CalculatorValue {
        guard case (.number(let left), .number(let right)) = (self, other) else {
            throw .unsupportedOperands("//", typeName, other.typeName)
        }
        return .number(try PythonNumber.floorQuotient(left, right))
    }

    /// The result of an operation on complex numbers, when one operand is complex and the other a number.
    func complexResult(
        _ symbol: String, _ other: CalculatorValue,
        _ operation: (Complex, Complex) throws(PythonException) -> CalculatorValue
    ) throws(PythonException) -> CalculatorValue {
        guard let left = try complex(), let right = try other.complex() else {
            throw .unsupportedOperands(symbol, typeName, other.typeName)
        }
        return try operation(left, right)
    }

    typealias Complex = (real: Double, imaginary: Double)

    private func complex() throws(PythonException) -> Complex? {
        switch self {
        case .number(let number): (try number.float(), 0)
        case .complex(let real, let imaginary): (real, imaginary)
        default: nil
        }
    }
}

extension CalculatorValue: CustomStringConvertible {
    /// What `str` gives, as the name of something called in an error text.
    var description: String {
        switch self {
        case .number(let number): number.description
        case .complex(let real, let imaginary): "(\(pythonText(of: real))+\(pythonText(of: imaginary))j)"
        case .tuple: "()"
        case .ellipsis: "Ellipsis"
        }
    }
}
