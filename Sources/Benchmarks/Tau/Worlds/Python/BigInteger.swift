/// An integer of any size, as Python's `int` is one.
///
/// Made for the few sums that tools do, not for speed: schoolbook algorithms on 32-bit limbs. Whoever lets a caller choose the
/// operands bounds their ``bitWidth`` first.
struct BigInteger: Hashable, Sendable {
    /// The absolute value, least significant limb first, without leading zero limbs; zero has none.
    private(set) var limbs: [UInt32]
    /// Whether the value is below zero; never set for zero.
    private(set) var isNegative: Bool

    init(limbs: [UInt32], isNegative: Bool) {
        var limbs = limbs
        while limbs.last == 0 { limbs.removeLast() }
        self.limbs = limbs
        self.isNegative = isNegative && !limbs.isEmpty
    }

    init(_ value: some BinaryInteger) {
        var rest = UInt64(value.magnitude)
        var limbs: [UInt32] = []
        while rest > 0 {
            limbs.append(UInt32(truncatingIfNeeded: rest))
            rest >>= 32
        }
        self.init(limbs: limbs, isNegative: value < 0)
    }

    /// How many digits Python converts to an integer, or back, before it refuses.
    static let maximumDigits = 4300

    /// Reads decimal digits with an optional minus sign; nil for anything else and for more digits than Python takes.
    init?(decimal text: some StringProtocol) {
        let isNegative = text.utf8.first == UInt8(ascii: "-")
        let digits = text.utf8.dropFirst(isNegative ? 1 : 0)
        guard !digits.isEmpty, digits.count <= Self.maximumDigits else { return nil }
        var limbs: [UInt32] = []
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            var carry = UInt64(digit - 0x30)
            for place in limbs.indices {
                let product = UInt64(limbs[place]) * 10 + carry
                limbs[place] = UInt32(truncatingIfNeeded: product)
                carry = product >> 32
            }
            if carry > 0 { limbs.append(UInt32(carry)) }
        }
        self.init(limbs: limbs, isNegative: isNegative)
    }

    static let zero = BigInteger(limbs: [], isNegative: false)

    var isZero: Bool { limbs.isEmpty }

    var isOdd: Bool { (limbs.first ?? 0) & 1 == 1 }

    /// The number of bits of the absolute value; zero has none.
    var bitWidth: Int {
        guard let top = limbs.last else { return 0 }
        return limbs.count * 32 - top.leadingZeroBitCount
    }

    var magnitude: BigInteger { BigInteger(limbs: limbs, isNegative: false) }

    /// The value in 64 bits, or nil when it does not fit.
    var int64: Int64? {
        guard limbs.count <= 2 else { return nil }
        let magnitude = limbs.reversed().reduce(0 as UInt64) { $0 << 32 | UInt64($1) }
        if isNegative { return magnitude <= Int64.min.magnitude ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil }
        return Int64(exactly: magnitude)
    }

    static prefix func - (value: BigInteger) -> BigInteger {
        BigInteger(limbs: value.limbs, isNegative: !value.isNegative)
    }
}

extension BigInteger: CustomStringConvertible {
    /// The decimal digits.
    var description: String {
        if let small = int64 { return String(small) }
        var groups: [UInt32] = []
        var rest = limbs
        while !rest.isEmpty {
            groups.append(Self.divide(&rest, by: 1_000_000_000))
        }
        var text = isNegative ? "-" : ""
        text += groups.last.map { String($0) } ?? "0"
        for group in groups.dropLast().reversed() {
            let digits = String(group)
            text += String(repeating: "0", count: 9 - digits.utf8.count) + digits
        }
        return text
    }

    /// Divides limbs in place, drops leading zeros and returns the remainder.
    private static func divide(_ limbs: inout [UInt32], by divisor: UInt32) -> UInt32 {
        var remainder: UInt64 = 0
        for place in limbs.indices.reversed() {
            let dividend = remainder << 32 | UInt64(limbs[place])
            limbs[place] = UInt32(dividend / UInt64(divisor))
            remainder = dividend % UInt64(divisor)
        }
        while limbs.last == 0 { limbs.removeLast() }
        return UInt32(remainder)
    }
}

extension BigInteger: Comparable {
    static func < (left: BigInteger, right: BigInteger) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        let order = compareMagnitudes(left.limbs, right.limbs)
        return left.isNegative ? order > 0 : order < 0
    }

    /// Negative, zero or positive as `left` is smaller than, equal to or greater than `right`.
    static func compareMagnitudes(_ left: [UInt32], _ right: [UInt32]) -> Int {
        if left.count != right.count { return left.count < right.count ? -1 : 1 }
        for (one, other) in zip(left.reversed(), right.reversed()) where one != other {
            return one < other ? -1 : 1
        }
        return 0
    }
}
