import Statistics
import Testing

/// The expected numbers come from scipy and statsmodels: the constrained likelihood maximised numerically for Tango's
/// interval, OLS with clustered errors, McNemar's exact test and scipy's permutation test.
@Suite("Two variants on the same samples")
struct ClusteredPairsTests {
    @Test(arguments: [
        (0, 0, 20, 0.95, -0.161125158, 0.161125158), (5, 1, 40, 0.95, -0.026242048, 0.242273882),
        (1, 0, 44, 0.95, -0.059393231, 0.118077097), (12, 3, 50, 0.9, 0.057214050, 0.304974529),
        (10, 0, 10, 0.95, 0.444934400, 1), (30, 25, 200, 0.99, -0.072608037, 0.122895598),
    ])
    func tangosInterval(gained: Int, lost: Int, count: Int, level: Double, lower: Double, upper: Double) throws {
        let pairs = try #require(PairedProportions(firstOnly: lost, secondOnly: gained, of: count))
        let interval = pairs.scoreInterval(level: level)
        #expect(abs(interval.lower - lower) < 1e-8 && abs(interval.upper - upper) < 1e-8)
        let turned = try #require(PairedProportions(firstOnly: gained, secondOnly: lost, of: count))
        let mirrored = turned.scoreInterval(level: level)
        #expect(abs(mirrored.lower + upper) < 1e-8 && abs(mirrored.upper + lower) < 1e-8)
    }

    @Test func attemptsAtOneSampleAreNoIndependentPairs() throws {
        let pairs = try #require(
            ClusteredPairs(
                [0, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 0], [1, 1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1],
                clusters: [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]))
        #expect(pairs.isBinary && pairs.count == 12 && pairs.clusterCount == 4)
        #expect(pairs.higher == 4 && pairs.lower == 1 && pairs.difference == 0.25)
        #expect(agree(pairs.standardError, 0.083333333333, within: 1e-10))
        let interval = try #require(pairs.interval())
        #expect(pairs.method == .clusteredStudent)
        #expect(abs(interval.lower + 0.015203858774) < 1e-10 && abs(interval.upper - 0.515203858774) < 1e-10)
        let test = pairs.test()
        #expect(test.kind == .signFlipExact && abs(test.pValue - 0.25) < 1e-12)
    }

    @Test func numbersOfAnyKindInClustersOfSeveralSizes() throws {
        let pairs = try #require(
            ClusteredPairs(
                [0.2, 0.5, 0.9, 0.4, 0.1, 0.7, 0.3], [0.3, 0.5, 0.7, 0.9, 0.4, 0.8, 0.2],
                clusters: ["a", "a", "a", "b", "b", "c", "d"]))
        #expect(!pairs.isBinary && pairs.mcNemar == nil)
        #expect(agree(pairs.standardError, 0.123442679970, within: 1e-10))
        let interval = try #require(pairs.interval())
        #expect(abs(interval.lower + 0.292849700784) < 1e-10 && abs(interval.upper - 0.492849700784) < 1e-10)
        #expect(abs(pairs.test().pValue - 0.875) < 1e-12)
    }

    @Test(arguments: [(5, 1, 0.21875), (0, 6, 0.03125), (12, 3, 0.03515625)])
    func oneAttemptEachIsMcNemars(gained: Int, lost: Int, pValue: Double) throws {
        let first = Array(repeating: 0.0, count: gained) + Array(repeating: 1.0, count: lost) + [0, 1, 1]
        let second = Array(repeating: 1.0, count: gained) + Array(repeating: 0.0, count: lost) + [0, 1, 1]
        let pairs = try #require(ClusteredPairs(first, second, clusters: Array(first.indices)))
        let test = pairs.test()
        #expect(test.kind == .mcNemarExact && agree(test.pValue, pValue))
        #expect(pairs.method == .tango)
        let power = PowerAnalysis()
        let discordance = Double(gained + lost) / Double(first.count)
        #expect(
            pairs.minimumDetectableDifference(power)
                == power.minimumDetectableDifference(tasks: first.count, discordance: discordance))
    }

    @Test func trialsThatAllAgreeCountAsOneDraw() throws {
        let pairs = try #require(
            ClusteredPairs([1, 1, 0, 0, 1, 1], [1, 1, 1, 1, 1, 1], clusters: [0, 0, 1, 1, 2, 2]))
        #expect(pairs.method == .tango)
        #expect(pairs.interval() == PairedProportions(firstOnly: 0, secondOnly: 1, of: 3)?.scoreInterval())
        #expect(pairs.test().kind == .signFlipExact && pairs.test().pValue == 1)
    }

    @Test func pairsThatSayNothingHaveNoInterval() throws {
        let one = try #require(ClusteredPairs([0.5, 0.2], [0.7, 0.1], clusters: [0, 0]))
        #expect(one.interval() == nil && one.method == .none && one.minimumDetectableDifference(PowerAnalysis()) == nil)
        let constant = try #require(ClusteredPairs([2, 3, 4], [3, 4, 5], clusters: [0, 1, 2]))
        #expect(constant.interval() == nil && constant.difference == 1)
        let same = try #require(ClusteredPairs([1, 0], [1, 0], clusters: [0, 1]))
        #expect(same.interval() != nil && same.test().pValue == 1)
        #expect(same.minimumDetectableDifference(PowerAnalysis()) == nil)
        #expect(ClusteredPairs([], [], clusters: [Int]()) == nil)
        #expect(ClusteredPairs([1], [], clusters: [1]) == nil)
        #expect(PairedProportions(firstOnly: 2, secondOnly: 2, of: 3) == nil)
    }

    @Test func aShareHasItsIntervalAtAnyLevel() throws {
        let values: [Double] = [1, 0, 1, 1]
        let narrow = try #require(ClusteredShare(values, clusters: [0, 1, 2, 3], level: 0.9)?.interval)
        #expect(narrow == Proportion(successes: 3, of: 4)?.wilsonInterval(level: 0.9))
    }
}
