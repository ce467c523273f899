import Evaluation
import JSON

/// The random stream of one stage of generation: xoshiro256** (Blackman and Vigna, 2018), seeded through SplitMix64.
///
/// The 64-bit seed is the first eight bytes (big endian) of the SHA-256 of `<seed>/<stage>`, so that a new stage never
/// changes another. All draws are made here with integer and basic floating-point arithmetic only, so that they are the
/// same on every machine.
public struct PauseStream: RandomNumberGenerator, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    /// Opens the stream of a stage.
    public init(seed: Int, stage: String) {
        let hex = sha256Hex("\(seed)/\(stage)".utf8).prefix(16)
        // Sixteen hexadecimal digits always fit.
        var mixer = SeededGenerator(seed: UInt64(hex, radix: 16) ?? 0)
        state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        let product = state.1 &* 5
        let result = (product << 7 | product >> 57) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = state.3 << 45 | state.3 >> 19
        return result
    }

    /// A number from 0 up to but not including 1, with 53 random bits.
    public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// An integer of the range, all equally likely.
    public mutating func integer(in range: ClosedRange<Int>) -> Int {
        let span = UInt64(range.upperBound - range.lowerBound) + 1
        guard span != 0 else { return Int(truncatingIfNeeded: next()) }
        var wide = next().multipliedFullWidth(by: span)
        if wide.low < span {
            // Lemire's rejection: the few products that would favour the lower values are drawn again.
            let threshold = (0 &- span) % span
            while wide.low < threshold { wide = next().multipliedFullWidth(by: span) }
        }
        return range.lowerBound + Int(wide.high)
    }

    /// A number between the bounds.
    public mutating func number(in range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * unit()
    }

    /// True with that probability.
    public mutating func chance(_ probability: Double) -> Bool { unit() < probability }

    /// A number that is nearly normally distributed: the sum of twelve uniform ones, so never beyond six deviations.
    public mutating func normal(mean: Double, deviation: Double) -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += unit() }
        return mean + deviation * sum
    }

    /// One of the elements, all equally likely; nil of none.
    public mutating func pick<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[integer(in: 0...elements.count - 1)]
    }

    /// The position of one of the weights, each as likely as it is heavy; the last one where rounding leaves a rest.
    public mutating func position(weights: [Double]) -> Int {
        var rest = unit() * weights.reduce(0, +)
        for (position, weight) in weights.enumerated() {
            rest -= weight
            if rest < 0 { return position }
        }
        return weights.count - 1
    }

    /// The elements in a random order.
    public mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var elements = elements
        guard elements.count > 1 else { return elements }
        for last in stride(from: elements.count - 1, to: 0, by: -1) {
            elements.swapAt(last, integer(in: 0...last))
        }
        return elements
    }

    /// Some of the elements, without repetition, in a random order.
    public mutating func sample<Element>(_ count: Int, of elements: [Element]) -> [Element] {
        Array(shuffled(elements).prefix(count))
    }
}
