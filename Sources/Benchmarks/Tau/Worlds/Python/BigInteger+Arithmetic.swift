extension BigInteger {
    static func + (left: BigInteger, right: BigInteger) -> BigInteger {
        guard left.isNegative != right.isNegative else {
            return BigInteger(limbs: addMagnitudes(left.limbs, right.limbs), isNegative: left.isNegative)
        }
        if compareMagnitudes(left.limbs, right.limbs) >= 0 {
            return BigInteger(limbs: subtractMagnitudes(left.limbs, right.limbs), isNegative: left.isNegative)
        }
        return BigInteger(limbs: subtractMagnitudes(right.limbs, left.limbs), isNegative: right.isNegative)
    }

    static func - (left: BigInteger, right: BigInteger) -> BigInteger { left + -right }

    static func * (left: BigInteger, right: BigInteger) -> BigInteger {
        guard !left.isZero, !right.isZero else { return .zero }
        var product = [UInt32](repeating: 0, count: left.limbs.count + right.limbs.count)
        for (place, limb) in left.limbs.enumerated() {
            var carry: UInt64 = 0
            for (offset, other) in right.limbs.enumerated() {
                let sum = UInt64(limb) * UInt64(other) + UInt64(product[place + offset]) + carry
                product[place + offset] = UInt32(truncatingIfNeeded: sum)
                carry = sum >> 32
            }
            product[place + right.limbs.count] = UInt32(carry)
        }
        return BigInteger(limbs: product, isNegative: left.isNegative != right.isNegative)
    }

    static func << (value: BigInteger, count: Int) -> BigInteger {
        guard !value.isZero else { return .zero }
        let (whole, bits) = count.quotientAndRemainder(dividingBy: 32)
        var limbs = [UInt32](repeating: 0, count: whole)
        var carry: UInt32 = 0
        for limb in value.limbs {
            limbs.append(limb << UInt32(bits) | carry)
            carry = bits == 0 ? 0 : limb >> UInt32(32 - bits)
        }
        limbs.append(carry)
        return BigInteger(limbs: limbs, isNegative: value.isNegative)
    }

    static func >> (value: BigInteger, count: Int) -> BigInteger {
        let (whole, bits) = count.quotientAndRemainder(dividingBy: 32)
        guard whole < value.limbs.count else { return .zero }
        var limbs = Array(value.limbs[whole...])
        if bits > 0 {
            for place in limbs.indices {
                let higher = place + 1 < limbs.count ? limbs[place + 1] << UInt32(32 - bits) : 0
                limbs[place] = limbs[place] >> UInt32(bits) | higher
            }
        }
        return BigInteger(limbs: limbs, isNegative: value.isNegative)
    }

    /// Quotient and remainder of the absolute values; the divisor is not zero.
    func magnitudeQuotientAndRemainder(by divisor: BigInteger) -> (quotient: BigInteger, remainder: BigInteger) {
        if Self.compareMagnitudes(limbs, divisor.limbs) < 0 { return (.zero, magnitude) }
        // Knuth's algorithm D. Both are shifted so that the divisor's top bit is set, which makes every guess at a digit of the
        // quotient at most two too large; one limb more on either side spares the cases of short operands.
        let shift = (32 - divisor.bitWidth % 32) % 32
        let low = (divisor.magnitude << (shift + 32)).limbs
        var rest = (magnitude << (shift + 32)).limbs + [0, 0]
        var quotient = [UInt32](repeating: 0, count: rest.count - low.count)
        for place in quotient.indices.reversed() {
            quotient[place] = Self.takeDigit(from: &rest, at: place, divisor: low)
        }
        let remainder = BigInteger(limbs: rest, isNegative: false)
        return (BigInteger(limbs: quotient, isNegative: false), remainder >> (shift + 32))
    }

    /// Subtracts as many multiples of the divisor as fit at `place`, and says how many.
    private static func takeDigit(from rest: inout [UInt32], at place: Int, divisor: [UInt32]) -> UInt32 {
        let size = divisor.count
        let top = UInt64(rest[place + size]) << 32 | UInt64(rest[place + size - 1])
        let lead = UInt64(divisor[size - 1])
        var guess = min(top / lead, UInt64(UInt32.max))
        var left = top - guess * lead
        while left <= UInt64(UInt32.max),
            guess * UInt64(divisor[size - 2]) > left << 32 | UInt64(rest[place + size - 2])
        {
            guess -= 1
            left += lead
        }
        var borrow: Int64 = 0
        var carry: UInt64 = 0
        for offset in 0...size {
            let product = guess * UInt64(offset < size ? divisor[offset] : 0) + carry
            carry = product >> 32
            let difference = Int64(rest[place + offset]) - Int64(product & 0xFFFF_FFFF) - borrow
            rest[place + offset] = UInt32(truncatingIfNeeded: difference)
            borrow = difference < 0 ? 1 : 0
        }
        guard borrow > 0 else { return UInt32(guess) }
        // The guess was one too large: give one multiple back.
        carry = 0
        for offset in 0...size {
            let sum = UInt64(rest[place + offset]) + UInt64(offset < size ? divisor[offset] : 0) + carry
            rest[place + offset] = UInt32(truncatingIfNeeded: sum)
            carry = sum >> 32
        }
        return UInt32(guess - 1)
    }

    /// The quotient rounded towards minus infinity, as Python's `//`; the divisor is not zero.
    func floorQuotient(by divisor: BigInteger) -> BigInteger {
        let (quotient, remainder) = magnitudeQuotientAndRemainder(by: divisor)
        guard isNegative != divisor.isNegative else { return quotient }
        return -(remainder.isZero ? quotient : quotient + BigInteger(1))
    }

    /// This value to a power that is not negative.
    func power(_ exponent: Int) -> BigInteger {
        var result = BigInteger(1)
        var base = self
        var rest = exponent
        while rest > 0 {
            if rest & 1 == 1 { result = result * base }
            rest >>= 1
            if rest > 0 { base = base * base }
        }
        return result
    }

    private static func addMagnitudes(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        var sum: [UInt32] = []
        var carry: UInt64 = 0
        for place in 0..<max(left.count, right.count) {
            let total =
                carry + UInt64(place < left.count ? left[place] : 0) + UInt64(place < right.count ? right[place] : 0)
            sum.append(UInt32(truncatingIfNeeded: total))
            carry = total >> 32
        }
        if carry > 0 { sum.append(UInt32(carry)) }
        return sum
    }

    /// The difference of two magnitudes, the first not smaller than the second.
    private static func subtractMagnitudes(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        var difference = left
        var borrow: Int64 = 0
        for place in left.indices {
            var rest = Int64(left[place]) - borrow - Int64(place < right.count ? right[place] : 0)
            borrow = rest < 0 ? 1 : 0
            if rest < 0 { rest += 1 << 32 }
            difference[place] = UInt32(rest)
        }
        return difference
    }
}
