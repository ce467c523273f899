extension JSONValue {
    /// Whether both are equal when numbers are compared by value: `1`, `1.0` and `1e0` are the same, `true` is not.
    ///
    /// Integers of any size are compared exactly, also with floating-point numbers; a NaN equals nothing. Key order is ignored.
    public func isNumericallyEqual(to other: JSONValue) -> Bool {
        equals(other, booleansAreNumbers: false)
    }

    /// Whether Python's `==` holds between what `json.loads` makes of both: `1 == 1.0 == true`, deeply, key order ignored.
    ///
    /// Integers of any size are compared exactly, also with floats. A NaN equals nothing, where Python calls two containers of
    /// the very same NaN object equal.
    public func pythonEquals(_ other: JSONValue) -> Bool {
        equals(other, booleansAreNumbers: true)
    }

    private func equals(_ other: JSONValue, booleansAreNumbers: Bool) -> Bool {
        switch (self, other) {
        case (.null, .null): return true
        case (.bool(let left), .bool(let right)): return left == right
        case (.int(let left), .int(let right)): return left == right
        case (.string(let left), .string(let right)): return hasSameBytes(left, right)
        case (.array(let left), .array(let right)):
            return left.count == right.count
                && zip(left, right).allSatisfy { $0.equals($1, booleansAreNumbers: booleansAreNumbers) }
        case (.object(let left), .object(let right)):
            guard left.count == right.count else { return false }
            return left.matches(right) { $0.equals($1, booleansAreNumbers: booleansAreNumbers) }
        default:
            guard let left = ExactNumber(self, booleansAreNumbers: booleansAreNumbers),
                let right = ExactNumber(other, booleansAreNumbers: booleansAreNumbers)
            else { return false }
            return left == right
        }
    }
}

/// A number as Python holds it: an integer of any size or a double.
enum ExactNumber: Equatable {
    /// An integer, as its sign and digits without leading zeros; zero has no sign.
    case integer(isNegative: Bool, digits: String)
    case float(Double)

    init?(_ value: JSONValue, booleansAreNumbers: Bool) {
        switch value {
        case .bool(let value) where booleansAreNumbers: self = .integer(isNegative: false, digits: value ? "1" : "0")
        case .int(let value): self = .integer(isNegative: value < 0, digits: String(value.magnitude))
        case .number(let text):
            let isNegative = text.utf8.first == UInt8(ascii: "-")
            let digits = isNegative ? text.dropFirst() : text[...]
            if digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
                self = .integer(isNegative: isNegative && digits != "0", digits: String(digits))
            } else if let value = Double(text) {
                self = .float(value)
            } else {
                return nil
            }
        default: return nil
        }
    }

    static func == (left: ExactNumber, right: ExactNumber) -> Bool {
        switch (left, right) {
        case (.integer(let leftSign, let leftDigits), .integer(let rightSign, let rightDigits)):
            leftSign == rightSign && leftDigits == rightDigits
        case (.float(let left), .float(let right)): left == right
        case (.integer(let isNegative, let digits), .float(let float)),
            (.float(let float), .integer(let isNegative, let digits)):
            // The digits first give the only double that could be equal, then that double's own digits decide.
            Double(digits) == float.magnitude && (float == 0 || isNegative == (float < 0))
                && exactDigits(of: float.magnitude) == digits
        }
    }
}

/// All decimal digits of a finite, integral, non-negative value; nil for others.
private func exactDigits(of value: Double) -> String? {
    guard value.isFinite, value == value.rounded(.towardZero) else { return nil }
    if let small = UInt64(exactly: value) { return String(small) }
    // Beyond 64 bits: the significand, doubled as often as the exponent says, in groups of nine decimal digits.
    let doublings = Int(value.exponent) - Double.significandBitCount
    var groups: [UInt64] = []  // least significant first
    var significand = value.significandBitPattern | 1 << UInt64(Double.significandBitCount)
    while significand > 0 {
        groups.append(significand % 1_000_000_000)
        significand /= 1_000_000_000
    }
    for _ in 0..<doublings {
        var carry: UInt64 = 0
        for place in groups.indices {
            let doubled = groups[place] * 2 + carry
            groups[place] = doubled % 1_000_000_000
            carry = doubled / 1_000_000_000
        }
        if carry > 0 { groups.append(carry) }
    }
    let head = groups.last.map { String($0) } ?? "0"
    return groups.dropLast().reversed().reduce(head) { text, group in
        let digits = String(group)
        return text + String(repeating: "0", count: 9 - digits.utf8.count) + digits
    }
}
