/// Python's `round(value, 2)`: to the nearest hundredth of the exact binary value, ties to even.
func pythonRoundedToCents(_ value: Double) -> Double {
    // From 2^46 on, doubles lie further apart than a cent, so that the nearest one to the rounded value is the value.
    let limit = 70_368_744_177_664.0
    guard value.magnitude < limit else { return value }  // not a number included
    guard value != 0 else { return value }
    // value = significand × 2^-shift exactly, and a hundred times the significand still fits in 64 bits.
    let significand: UInt64
    let shift: Int
    if value.isNormal {
        significand = value.significandBitPattern | 1 << UInt64(Double.significandBitCount)
        shift = Double.significandBitCount - Int(value.exponent)
    } else {
        (significand, shift) = (value.significandBitPattern, 1074)
    }
    let hundredfold = significand * 100
    var cents: UInt64 = 0
    if shift < 64 {  // and more than zero, below the limit
        cents = hundredfold >> UInt64(shift)
        let rest = hundredfold & ((1 as UInt64) << UInt64(shift) - 1)
        let half = (1 as UInt64) << UInt64(shift - 1)
        if rest > half || (rest == half && cents & 1 == 1) { cents += 1 }
    }
    // Both operands are exact, so the division rounds once.
    let rounded = Double(cents) / 100
    return value < 0 ? -rounded : rounded
}
