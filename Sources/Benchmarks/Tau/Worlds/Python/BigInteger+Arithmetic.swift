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

    /// Quotient and remainder of the absolute values; the divisor is not zero.
    func magnitudeQuotientAndRemainder(by divisor: BigInteger) -> (quotient: BigInteger, remainder: BigInteger) {
        if Self.compareMagnitudes(limbs, divisor.limbs) < 0 { return (.zero, magnitude) }
        // Long division by bits: the operands are bounded and division is rare.
        var quotient = [UInt32](repeating: 0, count: limbs.count)
        var remainder: [UInt32] = []
        for place in limbs.indices.reversed() {
            for bit in (0..<32).reversed() {
                Self.shiftLeftOnce(&remainder, bringingIn: limbs[place] >> UInt32(bit) & 1)
                if Self.compareMagnitudes(remainder, divisor.limbs) >= 0 {
                    remainder = Self.subtractMagnitudes(remainder, divisor.limbs)
                    while remainder.last == 0 { remainder.removeLast() }
                    quotient[place] |= 1 << UInt32(bit)
                }
            }
        }
        return (BigInteger(limbs: quotient, isNegative: false), BigInteger(limbs: remainder, isNegative: false))
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

    private static func shiftLeftOnce(_ limbs: inout [UInt32], bringingIn bit: UInt32) {
        var carry = bit
        for place in limbs.indices {
            let next = limbs[place] >> 31
            limbs[place] = limbs[place] << 1 | carry
            carry = next
        }
        if carry > 0 { limbs.append(carry) }
    }
}
