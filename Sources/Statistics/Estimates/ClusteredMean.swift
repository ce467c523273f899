/// A mean of values that come in clusters, such as several trials of the same task.
///
/// Values of one cluster resemble each other, so that the plain standard error is too small: sixteen trials of ten tasks are not
/// 160 independent observations. The standard error here is cluster-robust (Liang and Zeger 1986; Miller, "Adding Error Bars to
/// Evals", 2024): clusters are independent, values within one may depend on each other in any way.
public struct ClusteredMean: Sendable, Hashable {
    /// The mean of all values.
    public let mean: Double
    /// The number of values.
    public let count: Int
    /// The number of clusters.
    public let clusterCount: Int
    /// The cluster-robust standard error, with the factor G/(G-1) for G clusters; nil with fewer than two clusters.
    ///
    /// With one value in each cluster it is the plain standard error.
    public let standardError: Double?

    /// Computes the mean of `values`, of which the one at each place belongs to the cluster named at that place.
    ///
    /// Nil without values, or when the two lists differ in length.
    public init?<Cluster: Hashable>(_ values: [Double], clusters: [Cluster]) {
        guard let mean = values.mean, values.count == clusters.count else { return nil }
        var places: [Cluster: Int] = [:]
        var deviations: [Double] = []
        for (value, cluster) in zip(values, clusters) {
            let place = places[cluster] ?? deviations.count
            if place == deviations.count {
                places[cluster] = place
                deviations.append(0)
            }
            deviations[place] += value - mean
        }
        let squares = deviations.reduce(0) { $0 + $1 * $1 }
        let groups = Double(deviations.count)
        self.mean = mean
        count = values.count
        clusterCount = deviations.count
        standardError =
            deviations.count > 1 ? (squares * groups / (groups - 1)).squareRoot() / Double(values.count) : nil
    }

    init(mean: Double, count: Int, clusterCount: Int, standardError: Double?) {
        self.mean = mean
        self.count = count
        self.clusterCount = clusterCount
        self.standardError = standardError
    }

    /// The t interval with one degree of freedom less than there are clusters; nil with fewer than two clusters.
    public func studentInterval(level: Double = 0.95) -> Interval? {
        guard let standardError else { return nil }
        let factor = StudentDistribution(degreesOfFreedom: Double(clusterCount - 1)).quantile(0.5 + level / 2)
        return Interval(mean - factor * standardError, mean + factor * standardError)
    }
}
