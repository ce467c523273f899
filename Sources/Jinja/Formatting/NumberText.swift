import Glibc

/// Digits of numbers in the forms that format strings ask for.
enum NumberText {
    /// A number's digits without sign: `conversion` is one of `e`, `f` and `g`, `alternate` keeps the point and zeros.
    static func float(_ value: Double, _ conversion: Character, precision: Int, alternate: Bool = false) -> String {
        if value.isNaN { return "nan" }
        if value.isInfinite { return "inf" }
        let format = "%\(alternate ? "#" : "").\(precision)\(conversion)"
        return withVaList([value.magnitude]) { arguments in
            // A float has at most 309 digits before its point; the rest is precision and exponent.
            let capacity = 340 + max(0, precision)
            return String(unsafeUninitializedCapacity: capacity) { buffer in
                buffer.withMemoryRebound(to: CChar.self) { characters in
                    Int(vsnprintf(characters.baseAddress, capacity, format, arguments))
                }
            }
        }
    }

    /// The digits with a separator between groups of so many, counted from the right.
    static func grouped(_ digits: String, by size: Int = 3, with separator: String) -> String {
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.utf8.count - index).isMultiple(of: size) { result += separator }
            result.append(digit)
        }
        return result
    }
}
