extension BigInteger {
    /// The nearest double, ties to even; nil when it would be infinite.
    var double: Double? {
        Self.nearestDouble(limbs: limbs, exponent: 0, isInexact: false, isNegative: isNegative)
    }

    /// The value of a finite double without its fraction.
    init(truncating value: Double) {
        let magnitude = value.magnitude.rounded(.towardZero)
        guard magnitude > 0 else {
            self = .zero
            return
        }
        let exponent = Int(magnitude.exponent) - Double.significandBitCount
        let significand = BigInteger(magnitude.significandBitPattern | 1 << UInt64(Double.significandBitCount))
        let shifted =
            exponent >= 0
            ? significand << exponent
            : BigInteger(UInt64(magnitude))  // below 2^52, where every whole number fits
        self.init(limbs: shifted.limbs, isNegative: value < 0)
    }

    /// The double nearest to the exact quotient, as Python's `/` gives it; nil when it would be infinite.
    ///
    /// The divisor is not zero.
    func quotient(dividingBy divisor: BigInteger) -> Double? {
        // Enough bits for any rounding: the quotient gets at least 66, and a remainder only says that more follow.
        let shift = Swift.max(0, 66 - (bitWidth - divisor.bitWidth))
        let (quotient, remainder) = (magnitude << shift).magnitudeQuotientAndRemainder(by: divisor)
        return Self.nearestDouble(
            limbs: quotient.limbs, exponent: -shift, isInexact: !remainder.isZero,
            isNegative: isNegative != divisor.isNegative)
    }

    /// Rounds `limbs` × 2^`exponent`, plus a little when `isInexact`, to the nearest double, ties to even.
    private static func nearestDouble(
        limbs: [UInt32], exponent: Int, isInexact: Bool, isNegative: Bool
    ) -> Double? {
        let value = BigInteger(limbs: limbs, isNegative: false)
        guard !value.isZero else { return isNegative ? -0.0 : 0.0 }
        let width = value.bitWidth
        // Subnormal results keep fewer than 53 bits.
        let kept = Swift.min(53, width + exponent + 1074)
        guard kept >= 0 else { return isNegative ? -0.0 : 0.0 }
        var significand = value.topBits(kept)
        let dropped = width - kept
        if dropped > 0 {
            let half = value.bit(dropped - 1)
            let more = isInexact || value.hasBits(below: dropped - 1)
            if half, more || significand & 1 == 1 { significand += 1 }
        }
        let result =
            dropped >= 0
            ? Double(sign: .plus, exponent: exponent + dropped, significand: Double(significand))
            : Double(sign: .plus, exponent: exponent, significand: Double(significand))
        guard result.isFinite else { return nil }
        return isNegative ? -result : result
    }

    /// The most significant `count` bits, at most 53, or all when there are fewer.
    private func topBits(_ count: Int) -> UInt64 {
        var bits: UInt64 = 0
        let width = bitWidth
        for place in (Swift.max(0, width - count)..<width).reversed() { bits = bits << 1 | (bit(place) ? 1 : 0) }
        return bits
    }

    private func bit(_ place: Int) -> Bool {
        limbs[place / 32] >> UInt32(place % 32) & 1 == 1
    }

    private func hasBits(below place: Int) -> Bool {
        let (whole, bits) = place.quotientAndRemainder(dividingBy: 32)
        return limbs[..<whole].contains { $0 != 0 } || (bits > 0 && limbs[whole] & (1 << UInt32(bits) - 1) != 0)
    }
}
