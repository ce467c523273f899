/// How long calls took, in bounded memory: counts in ranges that grow by a tenth, from a tenth of a millisecond on.
///
/// A quantile is off by at most a twentieth of itself.
struct LatencyHistogram: Sendable {
    private static let least = 1e-4
    private static let growth = 1.1
    private static let size = 200

    private var counts: [Int] = []
    private var total = 0
    private(set) var longest = 0.0

    mutating func add(_ seconds: Double) {
        if counts.isEmpty { counts = Array(repeating: 0, count: Self.size) }
        counts[Self.place(of: seconds)] += 1
        total += 1
        longest = max(longest, seconds)
    }

    /// The time that this share of the calls did not exceed; 0 without calls.
    func quantile(_ share: Double) -> Double {
        guard total > 0 else { return 0 }
        var left = Int((share * Double(total)).rounded(.up))
        for (place, count) in counts.enumerated() {
            left -= count
            if left <= 0 { return min(longest, Self.middle(of: place)) }
        }
        return longest
    }

    private static func place(of seconds: Double) -> Int {
        // Comparisons in place of a logarithm: no dependency, and 200 steps are nothing beside a call.
        var (place, bound) = (0, least)
        while seconds > bound, place < size - 1 {
            place += 1
            bound *= growth
        }
        return place
    }

    private static func middle(of place: Int) -> Double {
        var bound = least
        for _ in 0..<place { bound *= growth }
        return place == 0 ? bound : bound * (1 + 1 / growth) / 2
    }
}
