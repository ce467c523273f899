import Statistics
import Testing

@Suite struct RunningClusteredMeanTests {
    /// Values around a mean that is large beside their spread, in clusters of several sizes.
    private static func values(_ count: Int, around centre: Double) -> [(value: Double, cluster: Int)] {
        var generator = SplitMix64(seed: 11)
        var cluster = 0
        return (0..<count).map { place in
            if place > 0, generator.next() % 3 == 0 { cluster += 1 }
            return (centre + Double(generator.next() % 1000) / 1000, cluster)
        }
    }

    @Test(arguments: [(1, 0.0), (2, 0), (7, 0), (1000, 0), (1000, 1e3), (20_000, 1e6)])
    func isWhatAllValuesAtOnceGive(count: Int, centre: Double) throws {
        let rows = Self.values(count, around: centre)
        var running = RunningClusteredMean()
        var last: Int?
        for row in rows {
            running.add(row.value, beginsCluster: row.cluster != last)
            last = row.cluster
        }
        let whole = try #require(ClusteredMean(rows.map(\.value), clusters: rows.map(\.cluster)))
        let found = try #require(running.estimate)
        #expect(found.mean == whole.mean && found.count == count && found.clusterCount == whole.clusterCount)
        #expect((found.standardError == nil) == (whole.standardError == nil))
        // Far from zero, deviations from the mean have lost digits before they are squared.
        if let error = whole.standardError { #expect(agree(found.standardError, error, within: 1e-10)) }
        // Asking does not close the cluster that is open.
        running.add(centre, beginsCluster: false)
        #expect(running.estimate?.clusterCount == whole.clusterCount)
    }

    @Test func knowsWhichValuesThereWere() {
        var running = RunningClusteredMean()
        #expect(running.estimate == nil && running.first == nil)
        running.add(1, beginsCluster: true)
        running.add(1, beginsCluster: false)
        #expect(running.isBinary && !running.doesVary && running.ones == 2 && running.clusterCount == 1)
        running.add(0, beginsCluster: true)
        #expect(running.isBinary && running.doesVary && running.first == 1)
        running.add(0.5, beginsCluster: true)
        #expect(!running.isBinary && running.count == 4 && running.clusterCount == 3)
    }

    @Test func valuesThatDoNotVaryHaveNoError() {
        var running = RunningClusteredMean()
        for _ in 0..<1000 { running.add(0.25, beginsCluster: true) }
        #expect(running.estimate?.standardError == 0)
    }
}
