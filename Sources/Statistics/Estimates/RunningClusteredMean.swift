/// A mean of values in clusters that come one cluster after the other, in memory that does not grow with them.
///
/// What ``ClusteredMean`` computes from all values at once is computed here from sums over clusters. The sums carry twice
/// a double's digits, so that subtracting them loses nothing that matters.
public struct RunningClusteredMean: Sendable {
    /// The number of values.
    public private(set) var count = 0
    /// The number of clusters.
    public private(set) var clusterCount = 0
    /// How many values are 1.
    public private(set) var ones = 0
    /// Whether all values are 0 or 1.
    public private(set) var isBinary = true
    /// Whether not all values are the same.
    public private(set) var doesVary = false
    /// The first value; nil of nothing.
    public private(set) var first: Double?

    private var sum = 0.0
    private var open = (sum: 0.0, count: 0.0)
    private var squaredSums = LongSum()
    private var weightedSums = LongSum()
    private var squaredCounts = 0.0

    /// A mean of nothing.
    public init() {}

    /// Takes a value; `beginsCluster` says that it is the first of another cluster than the value before it.
    public mutating func add(_ value: Double, beginsCluster: Bool) {
        if beginsCluster || count == 0 {
            closeCluster()
            clusterCount += 1
        }
        count += 1
        sum += value
        open.sum += value
        open.count += 1
        if value == 1 { ones += 1 } else if value != 0 { isBinary = false }
        if let first { doesVary = doesVary || value != first } else { first = value }
    }

    /// The mean and its cluster-robust standard error; nil of nothing.
    public var estimate: ClusteredMean? {
        guard count > 0 else { return nil }
        var closed = self
        closed.closeCluster()
        let mean = sum / Double(count)
        let groups = Double(clusterCount)
        // The sum over clusters of (sum - size * mean)².
        var squares = closed.squaredSums
        squares.add(closed.weightedSums, times: -2 * mean)
        squares.add(squareOf: mean, times: closed.squaredCounts)
        let error = (max(0, squares.value) * groups / (groups - 1)).squareRoot() / Double(count)
        return ClusteredMean(
            mean: mean, count: count, clusterCount: clusterCount, standardError: clusterCount > 1 ? error : nil)
    }

    private mutating func closeCluster() {
        squaredSums.add(product: open.sum, open.sum)
        weightedSums.add(product: open.sum, open.count)
        squaredCounts += open.count * open.count
        open = (0, 0)
    }
}

/// A sum of products as a number and what rounding took from it.
private struct LongSum: Sendable {
    private var high = 0.0
    private var low = 0.0

    var value: Double { high + low }

    mutating func add(product left: Double, _ right: Double) {
        let product = left * right
        add(product, (-product).addingProduct(left, right))
    }

    mutating func add(_ other: LongSum, times factor: Double) {
        add(product: other.high, factor)
        add(product: other.low, factor)
    }

    mutating func add(squareOf number: Double, times factor: Double) {
        var square = LongSum()
        square.add(product: number, number)
        add(square, times: factor)
    }

    /// Knuth's sum of two numbers without loss, and the small parts beside it.
    private mutating func add(_ number: Double, _ rest: Double) {
        let sum = high + number
        let part = sum - high
        low += (high - (sum - part)) + (number - part) + rest
        high = sum
    }
}
