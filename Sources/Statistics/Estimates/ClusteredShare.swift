/// A mean of values between 0 and 1 that come in clusters, such as trials of tasks, with its interval over clusters.
public struct ClusteredShare: Sendable, Hashable {
    /// The mean of all values.
    public let mean: Double
    /// The interval, cut to between 0 and 1; nil where one cluster says nothing about others.
    public let interval: Interval?

    /// Takes values, each with the cluster that it is of; nil without values.
    ///
    /// Where all values of every cluster are the same 0 or 1, and the clusters count alike, they are so many draws of a share,
    /// and the interval is Wilson's: Student's would shrink to a point as soon as all clusters agree. Clusters of several
    /// sizes that disagree have Student's, since the mean is of the values and the share of the clusters another one.
    public init?<Cluster: Hashable>(_ values: [Double], clusters: [Cluster], level: Double = 0.95) {
        guard let estimate = ClusteredMean(values, clusters: clusters) else { return nil }
        mean = estimate.mean
        let byCluster = Dictionary(grouping: zip(clusters, values), by: \.0).values.map { $0.map(\.1) }
        let areDraws = byCluster.allSatisfy { of in of.allSatisfy { $0 == of[0] && ($0 == 0 || $0 == 1) } }
        let countAlike = Set(byCluster.map(\.count)).count == 1 || mean == 0 || mean == 1
        if areDraws, countAlike {
            let share = Proportion(successes: byCluster.count { $0[0] == 1 }, of: byCluster.count)
            interval = share?.wilsonInterval(level: level)
        } else {
            interval = estimate.studentInterval(level: level).map { Interval(max(0, $0.lower), min(1, $0.upper)) }
        }
    }
}
