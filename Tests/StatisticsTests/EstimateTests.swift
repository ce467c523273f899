import Statistics
import Testing

@Suite struct MomentTests {
    @Test func areThoseOfTheTextbook() {
        let values = [2.0, 4, 4, 4, 5, 5, 7, 9]
        #expect(values.mean == 5)
        #expect(agree(values.sampleVariance, 32.0 / 7))
        #expect(agree(values.standardError, (32.0 / 7 / 8).squareRoot()))
        #expect(values.median == 4.5)
        #expect(values.quantile(0) == 2 && values.quantile(1) == 9 && values.quantile(0.25) == 4)
        #expect([1.0, 2].quantile(0.3) == 1.3)
    }

    @Test func areAbsentWithoutEnoughValues() {
        #expect([Double]().mean == nil && [Double]().median == nil && [1.0].sampleVariance == nil)
        #expect([1.0].studentInterval() == nil && [3.0].median == 3)
        #expect(ClusteredMean([Double](), clusters: [Int]()) == nil)
        #expect(ClusteredMean([1], clusters: [1, 2]) == nil)
        #expect(ClusteredMean([1, 2], clusters: ["a", "a"])?.standardError == nil)
    }

    @Test func theIntervalOfAShareIsOfTheMeanOfValuesWhereClustersDifferInSize() throws {
        // Three clusters of four misses and three of one hit: one in five of the values, half of the clusters.
        let values = [0.0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1]
        let clusters = [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 5, 6]
        let share = try #require(ClusteredShare(values, clusters: clusters))
        let interval = try #require(share.interval)
        #expect(share.mean == 0.2)
        let student = try #require(ClusteredMean(values, clusters: clusters)?.studentInterval())
        #expect(interval == Interval(max(0, student.lower), min(1, student.upper)))
        let none = try #require(ClusteredShare(values.map { _ in 0 }, clusters: clusters)?.interval)
        #expect(none.lower == 0 && none.upper > 0.3)
    }

    @Test func theStudentIntervalHasTheKnownFactor() throws {
        // t(0.975, 4) = 2.7764451051977987
        let interval = try #require([1.0, 2, 3, 4, 5].studentInterval())
        #expect(agree(interval.upper - 3, 2.7764451051977987 * 0.5.squareRoot()))
        #expect(agree(3 - interval.lower, interval.upper - 3))
    }

    @Test func clustersOfOneGiveThePlainStandardError() throws {
        let values = [0.3, 1.2, -0.7, 2.4, 0.1]
        let clustered = try #require(ClusteredMean(values, clusters: Array(values.indices)))
        #expect(agree(clustered.standardError, values.standardError ?? .nan))
        #expect(agree(clustered.studentInterval()?.lower, values.studentInterval()?.lower ?? .nan))
    }

    @Test func repeatedTrialsDoNotShrinkTheStandardErrorOfIdenticalOnes() throws {
        // Every task's four trials are the same, so there is no more information than in one trial of each.
        let tasks = [1.0, 0, 0, 1, 1, 0, 1]
        let repeated = try #require(
            ClusteredMean(tasks.flatMap { [$0, $0, $0, $0] }, clusters: tasks.indices.flatMap { [$0, $0, $0, $0] }))
        #expect(agree(repeated.standardError, tasks.standardError ?? .nan))
        #expect(repeated.clusterCount == 7 && repeated.count == 28)
    }
}

@Suite struct DistributionTests {
    @Test(arguments: [1e-300, 1e-100, 1e-10, 0.001, 0.2, 0.4999, 0.5, 0.7, 0.99, 1 - 1e-12])
    func quantilesInvertTheDistribution(share: Double) {
        #expect(agree(NormalDistribution.cumulative(NormalDistribution.quantile(share)), share, within: 1e-11))
        for freedom in [1, 2, 3.5, 10, 1000] where share > 1e-200 {
            let student = StudentDistribution(degreesOfFreedom: freedom)
            #expect(agree(student.cumulative(student.quantile(share)), share, within: 1e-11), "t(\(freedom))")
        }
        for (a, b) in [(0.5, 0.5), (1, 1), (2, 30), (300, 0.7), (1000, 900)] where share > 1e-200 {
            let beta = BetaDistribution(a, b)
            #expect(agree(beta.cumulative(beta.quantile(share)), share, within: 1e-9), "beta(\(a), \(b))")
        }
    }

    @Test func theCauchyDistributionIsStudentsWithOneDegree() {
        for share in [0.6, 0.75, 0.9, 0.999] {
            let expected = tangent(Double.pi * (share - 0.5))
            #expect(agree(StudentDistribution(degreesOfFreedom: 1).quantile(share), expected, within: 1e-12))
        }
    }

    @Test func quantilesAtTheEndsAreInfinite() {
        #expect(NormalDistribution.quantile(0) == -.infinity && NormalDistribution.quantile(1) == .infinity)
        #expect(StudentDistribution(degreesOfFreedom: 3).quantile(1) == .infinity)
        #expect(NormalDistribution.quantile(2).isNaN)
        #expect(BetaDistribution(2, 3).quantile(0) == 0 && BetaDistribution(2, 3).quantile(1) == 1)
    }

    @Test(arguments: [1, 2, 9, 40], [0.1, 0.5, 0.93])
    func binomialTailsAreSumsOfTheirTerms(count: Int, chance: Double) {
        let binomial = BinomialDistribution(count: count, chance: chance)
        var sum = 0.0
        for successes in 0...count {
            sum += binomial.mass(successes)
            #expect(agree(binomial.cumulative(successes), sum, within: 1e-12))
            #expect(agree([binomial.survival(successes)], [1 - sum], within: 1e-6, absolute: 1e-14))
        }
        #expect(agree(sum, 1))
    }
}

@Suite struct PassEstimateTests {
    static let table: [(Int, Int, Int, Double, Double)] = [
        (4, 2, 1, 0.5, 0.5), (4, 2, 2, 5.0 / 6, 1.0 / 6), (4, 2, 3, 1, 0), (4, 4, 4, 1, 1), (4, 0, 2, 0, 0),
        (10, 3, 5, 1 - 21.0 / 252, 0), (5, 3, 3, 1, 0.1),
    ]

    @Test(arguments: table)
    func countSubsets(count: Int, successes: Int, k: Int, at: Double, hat: Double) {
        let trials = TaskTrials(count: count, successes: successes)
        #expect(agree([trials.passAt(k) ?? .nan], [at]))
        #expect(agree([trials.passHat(k) ?? .nan], [hat]))
    }

    @Test func areAbsentBeyondTheNumberOfTrials() {
        #expect(TaskTrials(count: 3, successes: 1).passAt(4) == nil)
        #expect(TaskTrials(count: 3, successes: 1).passHat(0) == nil)
    }

    @Test func stopAtTheSmallestNumberOfTrials() {
        let estimates = PassEstimates([
            TaskTrials(count: 4, successes: 4), TaskTrials(count: 2, successes: 1), TaskTrials(count: 0, successes: 0),
        ])
        #expect(estimates.maximumK == 2 && estimates.tasks.count == 2)
        #expect(estimates.passHatK == [0.75, 0.5])
        #expect(estimates.passAtK == [0.75, 1])
        #expect(PassEstimates([]).maximumK == 0 && PassEstimates([]).passAtK.isEmpty)
    }

    @Test func doNotOverflowForManyTrials() {
        let trials = TaskTrials(count: 100_000, successes: 50_000)
        #expect(agree([trials.passAt(10) ?? .nan], [1 - 0.5.power(10)], within: 1e-3))
    }
}

@Suite struct BootstrapTests {
    @Test func isTheSameForTheSameSeedAndNotForAnother() throws {
        let values = (0..<30).map { Double($0 * 7 % 11) }
        let one = try #require(Bootstrap(meanOf: values, options: .init(replicates: 500, seed: 1)))
        let same = try #require(Bootstrap(meanOf: values, options: .init(replicates: 500, seed: 1)))
        let other = try #require(Bootstrap(meanOf: values, options: .init(replicates: 500, seed: 2)))
        #expect(one.replicates == same.replicates && one.replicates != other.replicates)
        #expect(one.percentileInterval().contains(one.estimate))
        #expect(agree(one.standardError, values.standardError ?? .nan, within: 0.15))
    }

    @Test func wholeClustersAreDrawn() throws {
        // Both clusters are constant, so every replicate is one of three means.
        let clusters = [[0.0, 0, 0], [1.0, 1, 1], []]
        let bootstrap = try #require(Bootstrap(meanOfClusters: clusters, options: .init(replicates: 300, seed: 5)))
        #expect(Set(bootstrap.replicates) == [0, 0.5, 1])
        #expect(bootstrap.estimate == 0.5)
    }

    @Test func anyStatisticOfTheUnitsCanBeResampled() throws {
        let tasks = (0..<20).map { TaskTrials(count: 4, successes: $0 % 5) }
        let bootstrap = try #require(
            Bootstrap(count: tasks.count, options: .init(replicates: 400, seed: 3)) { places in
                PassEstimates(places.map { tasks[$0] }).passHatK.last ?? .nan
            })
        #expect(agree(bootstrap.estimate, 0.2))
        #expect(bootstrap.percentileInterval().contains(0.2))
    }

    @Test func isAbsentWithoutUnits() {
        #expect(Bootstrap(meanOf: [], options: .init(seed: 1)) == nil)
        #expect(Bootstrap(meanOfClusters: [[]], options: .init(seed: 1)) == nil)
    }
}

@Suite struct PowerTests {
    @Test func needsAsManyTasksAsTheFormulaSays() {
        let analysis = PowerAnalysis(significance: 0.05 / 4, power: 0.8)
        #expect(analysis.tasksNeeded(difference: 0.10, discordance: 0.25) == 276)
        #expect(analysis.tasksNeeded(difference: 0.3, discordance: 0.25) == nil)
        #expect(analysis.tasksNeeded(difference: 0, discordance: 0.25) == nil)
    }

    @Test(arguments: [30, 50, 115, 276, 1000], [0.1, 0.25, 0.6])
    func theSmallestDifferenceNeedsExactlyTheTasksThereAre(tasks: Int, discordance: Double) throws {
        let analysis = PowerAnalysis()
        guard let difference = analysis.minimumDetectableDifference(tasks: tasks, discordance: discordance) else {
            #expect(tasks * Int(discordance * 100) < 100 * 30)
            return
        }
        let needed = try #require(analysis.tasksNeeded(difference: difference, discordance: discordance))
        #expect((tasks...(tasks + 1)).contains(needed))
    }

    @Test func smallMeansAreFoundWithMoreTasks() {
        let analysis = PowerAnalysis()
        #expect(agree(analysis.minimumDetectableMean(tasks: 100, deviation: 1), 0.28015852183873, within: 1e-10))
        #expect(analysis.minimumDetectableMean(tasks: 0, deviation: 1) == nil)
    }
}
