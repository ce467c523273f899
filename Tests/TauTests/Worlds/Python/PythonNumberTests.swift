import Testing

@testable import Tau

@Suite("Python numbers")
struct PythonNumberTests {
    private static let ten40 = "1" + String(repeating: "0", count: 40)

    @Test(
        "integers of any size add, subtract and multiply",
        arguments: [
            ("99999999999999999999", "1", "100000000000000000000", "99999999999999999998", "99999999999999999999"),
            ("-4294967296", "4294967296", "0", "-8589934592", "-18446744073709551616"),
            ("0", "-7", "-7", "7", "0"),
        ])
    func arithmetic(left: String, right: String, sum: String, difference: String, product: String) throws {
        let left = try #require(BigInteger(decimal: left))
        let right = try #require(BigInteger(decimal: right))
        #expect((left + right).description == sum)
        #expect((left - right).description == difference)
        #expect((left * right).description == product)
    }

    @Test(
        "floored division",
        arguments: [
            ("7", "2", "3"), ("-7", "2", "-4"), ("7", "-2", "-4"), ("-8", "2", "-4"),
            (ten40 + "7", "10000000000000000003", "9999999999999999997000"),
            ("-" + ten40, "3", "-3333333333333333333333333333333333333334"),
            ("340282366920938463463374607431768211455", "18446744073709551616", "18446744073709551615"),
        ])
    func flooredDivision(dividend: String, divisor: String, quotient: String) throws {
        let dividend = try #require(BigInteger(decimal: dividend))
        let divisor = try #require(BigInteger(decimal: divisor))
        let result = dividend.floorQuotient(by: divisor)
        #expect(result.description == quotient)
        // Whatever the digits, the quotient times the divisor lies within one divisor below the dividend.
        let rest = dividend - result * divisor
        #expect(rest.isZero || rest.isNegative == divisor.isNegative)
        #expect(rest.magnitude < divisor.magnitude)
    }

    @Test(
        "true division rounds once",
        arguments: [
            ("1", "3", 1.0 / 3), (ten40, "10000000000000000000", 1e21), ("5", "-2", -2.5), ("0", "-7", -0.0),
            ("9007199254740993", "1", 9007199254740992.0),
        ])
    func trueDivision(dividend: String, divisor: String, quotient: Double) throws {
        let dividend = try #require(BigInteger(decimal: dividend))
        let divisor = try #require(BigInteger(decimal: divisor))
        let result = try #require(dividend.quotient(dividingBy: divisor))
        #expect(result.bitPattern == quotient.bitPattern)
    }

    @Test func tinyQuotientsAreSubnormalOrZero() throws {
        let one = BigInteger(1)
        #expect(one.quotient(dividingBy: BigInteger(2).power(1074)) == Double.leastNonzeroMagnitude)
        #expect(one.quotient(dividingBy: BigInteger(2).power(1076)) == 0)
    }

    @Test func hugeIntegersAreNoFloats() {
        #expect(BigInteger(10).power(400).double == nil)
        #expect(BigInteger(2).power(1023).double == 0x1p1023)
        #expect(throws: PythonException(.overflowError, "int too large to convert to float")) {
            try PythonNumber.integer(BigInteger(10).power(400)).float()
        }
    }

    @Test func integersAndFloatsCompareExactly() {
        let big = PythonNumber.integer(BigInteger(9_007_199_254_740_993))
        #expect(!PythonNumber.equal(big, .float(9_007_199_254_740_992)))
        #expect(PythonNumber.isLess(.float(9_007_199_254_740_992), big))
        #expect(PythonNumber.equal(PythonNumber(1), .float(1)))
        #expect(PythonNumber.isLess(PythonNumber(2), .float(2.5)))
        #expect(PythonNumber.isLess(PythonNumber(-3), .float(-2.5)))
        #expect(!PythonNumber.isLess(PythonNumber(1), .float(.nan)))
    }

    @Test(
        "rounding to cents is half-even on the binary value",
        arguments: [
            (2.675, 2.67), (0.125, 0.12), (0.375, 0.38), (1.005, 1.0), (2.5, 2.5), (-0.001, -0.0), (1e300, 1e300),
            (70_368_744_177_664.015, 70_368_744_177_664.02), (Double.leastNonzeroMagnitude, 0.0), (-1234.565, -1234.57),
            (0.0, 0.0),
        ])
    func rounding(value: Double, rounded: Double) {
        #expect(pythonRoundedToCents(value).bitPattern == rounded.bitPattern)
    }

    @Test func roundingKeepsWhatIsNoNumber() {
        #expect(pythonRoundedToCents(.nan).isNaN)
        #expect(pythonRoundedToCents(-.infinity) == -.infinity)
    }
}
