import Glibc

extension CalculatorValue {
    /// Python's `**`.
    func raised(to exponent: CalculatorValue) throws(PythonException) -> CalculatorValue {
        if let (base, exponent) = Self.integers(self, exponent), !exponent.isNegative {
            return .number(.integer(Self.power(base, exponent)))
        }
        if case (.number(let base), .number(let exponent)) = (self, exponent) {
            return try Self.power(base.float(), exponent.float())
        }
        return try complexResult("** or pow()", exponent, Self.complexPower)
    }

    private static func power(_ base: BigInteger, _ exponent: BigInteger) -> BigInteger {
        // The machine has refused every other exponent that does not fit.
        if let exponent = exponent.int64 { return base.power(Int(exponent)) }
        return base.isZero || base == BigInteger(1) ? base : exponent.isOdd ? base : -base
    }

    private static func power(_ base: Double, _ exponent: Double) throws(PythonException) -> CalculatorValue {
        if base == 0, exponent < 0 {
            throw PythonException(.zeroDivisionError, "0.0 cannot be raised to a negative power")
        }
        let isWhole = exponent == exponent.rounded(.down)
        if base.isFinite, base < 0, exponent.isFinite, !isWhole {
            return try complexPower((base, 0), (exponent, 0))
        }
        let result = pow(base, exponent)
        if result.isInfinite, base.isFinite, exponent.isFinite {
            throw PythonException(.overflowError, "(34, 'Numerical result out of range')")
        }
        return .number(.float(result))
    }

    private static func complexPower(_ base: Complex, _ exponent: Complex) throws(PythonException) -> CalculatorValue {
        if exponent.real == 0, exponent.imaginary == 0 { return .complex(real: 1, imaginary: 0) }
        if base.real == 0, base.imaginary == 0 {
            guard exponent.imaginary == 0, exponent.real > 0 else {
                throw PythonException(.zeroDivisionError, "0.0 to a negative or complex power")
            }
            return .complex(real: 0, imaginary: 0)
        }
        let size = hypot(base.real, base.imaginary)
        let angle = atan2(base.imaginary, base.real)
        let length = pow(size, exponent.real) * exp(-angle * exponent.imaginary)
        let phase = angle * exponent.real + exponent.imaginary * log(size)
        guard length.isFinite else { throw PythonException(.overflowError, "complex exponentiation") }
        return .complex(real: length * cos(phase), imaginary: length * sin(phase))
    }
}
