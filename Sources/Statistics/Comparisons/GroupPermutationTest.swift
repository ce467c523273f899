/// Whether groups of values have the same mean: labels are dealt anew to the values, again and again.
///
/// The groups are independent, such as the differences of two environments' tasks; they need not be of one size.
public struct GroupPermutationTest: Sendable, Hashable {
    /// The sum over groups of size times squared distance from the common mean, and its p value.
    ///
    /// The observed deal is counted with the random ones, so that the p value is never zero.
    public let result: TestResult

    /// Deals the labels `deals` times with a seed; nil unless two groups have values.
    public init?(_ groups: [[Double]], deals: Int = 10_000, seed: UInt64 = 0) {
        let groups = groups.filter { !$0.isEmpty }
        guard groups.count > 1 else { return nil }
        var values = groups.flatMap { $0 }
        let sizes = groups.map(\.count)
        let observed = GroupPermutationTest.spread(values, sizes)
        let slack = 1e-12 * values.reduce(1) { $0 + $1 * $1 }
        var generator = SplitMix64(seed: seed)
        var extreme = 1
        for _ in 0..<max(1, deals) {
            for place in stride(from: values.count - 1, to: 0, by: -1) {
                values.swapAt(place, generator.below(place + 1))
            }
            if GroupPermutationTest.spread(values, sizes) >= observed - slack { extreme += 1 }
        }
        result = TestResult(statistic: observed, pValue: Double(extreme) / Double(max(1, deals) + 1))
    }

    private static func spread(_ values: [Double], _ sizes: [Int]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        var start = 0
        var sum = 0.0
        for size in sizes {
            var total = 0.0
            for place in start..<(start + size) { total += values[place] }
            let distance = total / Double(size) - mean
            sum += Double(size) * distance * distance
            start += size
        }
        return sum
    }
}
