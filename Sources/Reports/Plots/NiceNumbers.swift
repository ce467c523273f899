import Glibc

/// Round numbers for axes and ranges.
enum NiceNumbers {
    /// The smallest of 1, 2, 5 times a power of ten that divides a range into at most so many parts.
    static func step(over range: Double, parts: Double) -> Double {
        guard range > 0, range.isFinite, parts >= 1 else { return 1 }
        let rough = range / parts
        let power = pow(10, log10(rough).rounded(.down))
        for factor in [1.0, 2, 5] where factor * power >= rough * (1 - 1e-9) { return factor * power }
        return 10 * power
    }

    /// The multiples of a nice step within a range, for marks on an axis: about so many.
    static func marks(from lower: Double, to upper: Double, about count: Int) -> [Double] {
        guard upper > lower else { return [lower] }
        let step = step(over: upper - lower, parts: Double(max(1, count)))
        let first = Int((lower / step).rounded(.up))
        let last = Int((upper / step + 1e-9).rounded(.down))
        guard last >= first, last - first < 1_000 else { return [lower, upper] }
        return (first...last).map { Double($0) * step }
    }
}
