/// What two variants came to on the same attempts, where attempts at one sample resemble each other.
///
/// A pair is one attempt at one sample under both; the differences are the second's value minus the first's. Samples are
/// independent, attempts at one sample may depend on each other in any way.
public struct ClusteredPairs: Sendable {
    /// How ``interval(level:)`` is computed.
    public enum Method: String, Sendable, Hashable {
        /// Tango's score interval: successes and failures, as many draws as samples.
        case tango
        /// Student's t with the standard error clustered by sample.
        case clusteredStudent = "clustered_student"
        /// No interval: one sample, or all samples differ by the same.
        case none
    }

    /// The number of pairs, at least one.
    public let count: Int
    /// The number of samples.
    public let clusterCount: Int
    /// The first's mean over the pairs.
    public let firstMean: Double
    /// The second's mean over the pairs.
    public let secondMean: Double
    /// Whether every value is 0 or 1.
    public let isBinary: Bool
    /// How many pairs the second has the larger value on.
    public let higher: Int
    /// How many pairs the second has the smaller value on.
    public let lower: Int
    /// The pairs as successes and failures; nil where values are neither.
    public let mcNemar: McNemarTest?
    /// The differences summed by sample, in the order in which the samples first came.
    public let clusterSums: [Double]
    private let differences: ClusteredMean
    private let draws: PairedProportions?

    /// Takes both values of every pair, and the sample that it is of; nil without pairs, or for lists of several lengths.
    public init?<Cluster: Hashable>(_ first: [Double], _ second: [Double], clusters: [Cluster]) {
        guard first.count == second.count, let firstMean = first.mean, let secondMean = second.mean,
            let differences = ClusteredMean(zip(second, first).map(-), clusters: clusters)
        else { return nil }
        count = first.count
        clusterCount = differences.clusterCount
        self.firstMean = firstMean
        self.secondMean = secondMean
        self.differences = differences
        higher = zip(first, second).count { $0 < $1 }
        lower = zip(first, second).count { $0 > $1 }
        isBinary = zip(first, second).allSatisfy { ($0 == 0 || $0 == 1) && ($1 == 0 || $1 == 1) }
        mcNemar = isBinary ? McNemarTest(firstOnly: lower, secondOnly: higher, tasks: first.count) : nil
        var groups = Groups()
        for ((before, after), cluster) in zip(zip(first, second), clusters) { groups.add(before, after, cluster) }
        clusterSums = groups.sums
        draws = isBinary ? groups.draws : nil
    }

    /// The pairs of each sample.
    private struct Groups {
        private(set) var sums: [Double] = []
        private var pairs: [(first: Double, second: Double, count: Int, areAlike: Bool)] = []
        private var places: [AnyHashable: Int] = [:]

        mutating func add(_ first: Double, _ second: Double, _ cluster: AnyHashable) {
            if let place = places[cluster] {
                sums[place] += second - first
                pairs[place].count += 1
                if pairs[place].first != first || pairs[place].second != second { pairs[place].areAlike = false }
            } else {
                places[cluster] = sums.count
                sums.append(second - first)
                pairs.append((first, second, 1, true))
            }
        }

        /// The samples as single draws, where all attempts at each sample came to the same and samples count alike.
        var draws: PairedProportions? {
            guard pairs.allSatisfy(\.areAlike), Set(pairs.map(\.count)).count == 1 || sums.allSatisfy({ $0 == 0 })
            else { return nil }
            return PairedProportions(
                firstOnly: pairs.count { $0.first > $0.second }, secondOnly: pairs.count { $0.first < $0.second },
                of: pairs.count)
        }
    }

    /// The mean difference over the pairs: the second's mean minus the first's.
    public var difference: Double { differences.mean }

    /// The standard error of ``difference``, clustered by sample; nil of one sample.
    public var standardError: Double? { differences.standardError }

    /// How ``interval(level:)`` is computed.
    public var method: Method {
        if draws != nil { return .tango }
        return (standardError ?? 0) > 0 ? .clusteredStudent : .none
    }

    /// The interval of ``difference``; nil where the pairs say nothing about others.
    public func interval(level: Double = 0.95) -> Interval? {
        if let draws { return draws.scoreInterval(level: level) }
        return (standardError ?? 0) > 0 ? differences.studentInterval(level: level) : nil
    }
}
