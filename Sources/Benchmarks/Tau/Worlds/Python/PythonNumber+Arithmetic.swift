import Glibc

extension PythonNumber {
    static func + (left: PythonNumber, right: PythonNumber) throws(PythonException) -> PythonNumber {
        if case (.integer(let left), .integer(let right)) = (left, right) { return .integer(left + right) }
        return try .float(left.float() + right.float())
    }

    static func - (left: PythonNumber, right: PythonNumber) throws(PythonException) -> PythonNumber {
        if case (.integer(let left), .integer(let right)) = (left, right) { return .integer(left - right) }
        return try .float(left.float() - right.float())
    }

    static func * (left: PythonNumber, right: PythonNumber) throws(PythonException) -> PythonNumber {
        if case (.integer(let left), .integer(let right)) = (left, right) { return .integer(left * right) }
        return try .float(left.float() * right.float())
    }

    static func / (left: PythonNumber, right: PythonNumber) throws(PythonException) -> PythonNumber {
        if case (.integer(let left), .integer(let right)) = (left, right) {
            guard !right.isZero else { throw PythonException(.zeroDivisionError, "division by zero") }
            guard let quotient = left.quotient(dividingBy: right) else {
                throw PythonException(.overflowError, "integer division result too large for a float")
            }
            return .float(quotient)
        }
        let (dividend, divisor) = (try left.float(), try right.float())
        guard divisor != 0 else { throw PythonException(.zeroDivisionError, "float division by zero") }
        return .float(dividend / divisor)
    }

    /// The quotient rounded towards minus infinity, Python's `//`.
    static func floorQuotient(
        _ left: PythonNumber, _ right: PythonNumber
    ) throws(PythonException) -> PythonNumber {
        if case (.integer(let left), .integer(let right)) = (left, right) {
            guard !right.isZero else {
                throw PythonException(.zeroDivisionError, "integer division or modulo by zero")
            }
            return .integer(left.floorQuotient(by: right))
        }
        let (dividend, divisor) = (try left.float(), try right.float())
        guard divisor != 0 else { throw PythonException(.zeroDivisionError, "float floor division by zero") }
        return .float(floorQuotient(dividend, divisor))
    }

    /// CPython's own way to a floored quotient, which differs from `floor(a / b)` where that rounds up.
    private static func floorQuotient(_ dividend: Double, _ divisor: Double) -> Double {
        let remainder = fmod(dividend, divisor)
        var quotient = (dividend - remainder) / divisor
        if remainder != 0, (divisor < 0) != (remainder < 0) { quotient -= 1 }
        guard quotient != 0 else { return (dividend / divisor).sign == .minus ? -0.0 : 0.0 }
        let floored = quotient.rounded(.down)
        return quotient - floored > 0.5 ? floored + 1 : floored
    }

    static prefix func - (value: PythonNumber) -> PythonNumber {
        switch value {
        case .integer(let value): .integer(-value)
        case .float(let value): .float(-value)
        }
    }

    /// Whether the values are equal, integers and floats compared exactly.
    static func equal(_ left: PythonNumber, _ right: PythonNumber) -> Bool {
        order(left, right) == 0
    }

    /// Python's `<`.
    static func isLess(_ left: PythonNumber, _ right: PythonNumber) -> Bool {
        order(left, right).map { $0 < 0 } ?? false
    }

    /// Negative, zero or positive by the exact order of both values; nil when one is not a number.
    private static func order(_ left: PythonNumber, _ right: PythonNumber) -> Int? {
        switch (left, right) {
        case (.integer(let left), .integer(let right)): return left < right ? -1 : left == right ? 0 : 1
        case (.float(let left), .float(let right)):
            guard !left.isNaN, !right.isNaN else { return nil }
            return left < right ? -1 : left == right ? 0 : 1
        case (.integer(let left), .float(let right)): return order(left, right)
        case (.float(let left), .integer(let right)): return order(right, left).map { -$0 }
        }
    }

    private static func order(_ integer: BigInteger, _ float: Double) -> Int? {
        guard !float.isNaN else { return nil }
        guard float.isFinite else { return float < 0 ? 1 : -1 }
        let whole = BigInteger(truncating: float)
        if integer != whole { return integer < whole ? -1 : 1 }
        let fraction = float - float.rounded(.towardZero)
        return fraction > 0 ? -1 : fraction < 0 ? 1 : 0
    }
}
