import Glibc
import JSON
import Statistics

/// How the values of one quantity are spread, in memory that does not grow with them.
///
/// The first values are kept as they are. Beyond them they are counted in buckets whose ends differ by 2 %, so that every
/// quantile is at most 1 % off, however many values there are. Values are never negative; count, sum, least and largest
/// are exact.
struct Distribution {
    /// How many values are kept exactly.
    private static let exactLimit = 512
    private static let growth = 1.02
    private static let logGrowth = log(growth)

    private(set) var count = 0
    private(set) var sum = 0.0
    private(set) var least = Double.infinity
    private(set) var largest = -Double.infinity
    private var exact: [Double] = []
    private var zeros = 0
    private var buckets: [Int: Int] = [:]

    /// Takes a value; one that is negative or not finite is left out.
    mutating func add(_ value: Double) {
        guard value.isFinite, value >= 0 else { return }
        count += 1
        sum += value
        least = min(least, value)
        largest = max(largest, value)
        if count <= Self.exactLimit {
            exact.append(value)
            if count == Self.exactLimit {
                exact.forEach { addToBucket($0) }
            }
        } else {
            exact = []
            addToBucket(value)
        }
    }

    private mutating func addToBucket(_ value: Double) {
        guard value > 1e-9 else {
            zeros += 1
            return
        }
        buckets[Int((log(value) / Self.logGrowth).rounded(.up)), default: 0] += 1
    }

    /// The mean; nil of nothing.
    var mean: Double? { count == 0 ? nil : sum / Double(count) }

    /// The values with how often they occur, in order: exact for few, the buckets' middles for many.
    var points: [(value: Double, count: Int)] {
        if !exact.isEmpty { return exact.sorted().map { ($0, 1) } }
        let head = zeros > 0 ? [(value: 0.0, count: zeros)] : []
        return head
            + buckets.sorted { $0.key < $1.key }.map { key, count in
                let upper = pow(Self.growth, Double(key))
                // The point of a bucket that is at most 1 % from both of its ends.
                let middle = 2 * upper / (Self.growth + 1)
                return (min(max(middle, least), largest), count)
            }
    }

    /// The quantiles of these shares, which must ascend.
    func quantiles(_ shares: [Double]) -> [Double] {
        guard count > 0 else { return [] }
        if !exact.isEmpty { return shares.compactMap { exact.quantile($0) } }
        var results: [Double] = []
        var seen = 0
        var value = least
        var rest = points[...]
        for share in shares {
            let place = share * Double(count - 1)
            while Double(seen) <= place, let point = rest.popFirst() {
                seen += point.count
                value = point.value
            }
            results.append(share >= 1 ? largest : share <= 0 ? least : value)
        }
        return results
    }

    private static let names = ["p5", "p25", "p50", "p75", "p95"]
    private static let shares = [0.05, 0.25, 0.5, 0.75, 0.95]

    /// `{count, mean, min, p5, p25, p50, p75, p95, max}`.
    var figures: JSONObject {
        guard let mean else { return ["count": 0] }
        var object: JSONObject = ["count": JSONValue(count), "mean": JSONValue(mean), "min": JSONValue(least)]
        for (name, value) in zip(Self.names, quantiles(Self.shares)) { object[name] = JSONValue(value) }
        object["max"] = JSONValue(largest)
        return object
    }

    /// The figures and a histogram: `bins: {lower, width, counts, above}`.
    ///
    /// `counts` are of ranges of equal width from `lower` on; what lies beyond the last is counted in `above`. Counts of
    /// things get ranges that begin and end between whole numbers.
    func json(wholeNumbers: Bool) -> JSONValue {
        var object = figures
        if count > 0 { object["bins"] = bins(wholeNumbers: wholeNumbers) }
        return .object(object)
    }

    private static let binCount = 24.0

    private func bins(wholeNumbers: Bool) -> JSONValue {
        // A few values far out shall not press all others into one range.
        let (middle, high) = (quantiles([0.5])[0], quantiles([0.99])[0])
        let top = largest > 3 * high && high > middle ? high * 1.5 : largest
        var width = NiceNumbers.step(over: max(top - least, 0), parts: Self.binCount)
        if wholeNumbers { width = max(1, width.rounded(.up)) }
        var lower = (least / width).rounded(.down) * width
        if wholeNumbers, width == 1 { lower = least }
        let places = max(1, Int(((top - lower) / width).rounded(.down)) + 1)
        var counts = [Int](repeating: 0, count: min(places, 60))
        var above = 0
        for point in points {
            let place = Int(((point.value - lower) / width).rounded(.down))
            if place < counts.count { counts[max(0, place)] += point.count } else { above += point.count }
        }
        return [
            "lower": JSONValue(lower), "width": JSONValue(width), "counts": .array(counts.map { JSONValue($0) }),
            "above": JSONValue(above),
        ]
    }
}
