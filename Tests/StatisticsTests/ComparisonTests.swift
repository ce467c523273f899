import Glibc
import Statistics
import Testing

func tangent(_ x: Double) -> Double { tan(x) }

extension Double {
    func power(_ exponent: Int) -> Double { (0..<exponent).reduce(1) { result, _ in result * self } }
}

@Suite struct ComparisonTests {
    @Test func mcNemarCountsOnlyDisagreements() {
        let test = McNemarTest([true, true, false, false, true], [false, true, false, true, false])
        #expect(test.firstOnly == 2 && test.secondOnly == 1 && test.tasks == 5)
        #expect(test.exact.pValue == 1)
        #expect(agree(test.rateDifference, 0.2))
        let five = McNemarTest(firstOnly: 5, secondOnly: 0, tasks: 5)
        #expect(agree(five.exact.pValue, 0.0625))
        #expect(five.oddsRatio == .infinity)
    }

    @Test func testsOfNothingSayNothing() {
        let none = McNemarTest(firstOnly: 0, secondOnly: 0, tasks: 0)
        #expect(none.exact.pValue == 1 && none.midPValue == 1 && none.pValueOfFirstBetter == 1)
        #expect(none.chiSquared(continuity: true).pValue.isNaN)
        #expect(none.oddsRatio == nil && none.oddsRatioInterval() == nil && none.rateDifference == nil)
        #expect(OmnibusTest.cochransQ([]) == nil && OmnibusTest.friedman([[1]]) == nil)
        #expect(OmnibusTest.cochransQ([[true, false], [true]]) == nil)
        #expect(OmnibusTest.cochransQ([[true, true], [false, false]])?.pValue.isNaN == true)
        #expect(OmnibusTest.friedman([[1, 1], [2, 2]])?.pValue.isNaN == true)
        #expect(WilcoxonSignedRankTest([0, 0]).result().pValue.isNaN)
        #expect(WilcoxonSignedRankTest([]).rankBiserial == nil)
        #expect(SignFlipTest([]) == nil && SignFlipTest([0, 0])?.result.pValue == 1)
        #expect(PairedComparison([1]) == nil && PairedComparison([0, 0])?.signTestPValue == 1)
        #expect(IndependentComparison.mannWhitney([], [1]) == nil && IndependentComparison.welch([1], [1, 2]) == nil)
        #expect(Agreement.cohensKappa([[0, 0], [0, 0]]) == nil && Agreement.fleissKappa([[1]]) == nil)
        #expect(MultipleComparisons.holm.adjusted([]).isEmpty)
        #expect(Proportion(successes: 1, of: 0) == nil && Proportion(successes: 3, of: 2) == nil)
    }

    @Test func twoVariantsGiveMcNemarsStatistic() throws {
        let outcomes = (0..<40).map { [$0 % 3 == 0, $0 % 5 < 2] }
        let test = McNemarTest(outcomes.map { $0[0] }, outcomes.map { $0[1] })
        let omnibus = try #require(OmnibusTest.cochransQ(outcomes))
        #expect(agree(omnibus.statistic, test.chiSquared(continuity: false).statistic))
        let scores = outcomes.map { $0.map { $0 ? 1.0 : 0 } }
        #expect(agree(OmnibusTest.friedman(scores)?.statistic, omnibus.statistic, within: 1e-11))
    }

    @Test(arguments: [[0.5, -0.25, 1.75, 0.25, 1], [0.3, 0.1, -0.2, 0.7], [1, 1, 1, 1, 1, 1]])
    func enumeratedSignFlipsEqualCountedOnes(differences: [Double]) throws {
        // Irrational units have no common fraction, which forces the enumeration.
        let counted = try #require(SignFlipTest(differences))
        let enumerated = try #require(SignFlipTest(differences.map { $0 * Double.pi }))
        #expect(counted.isExact && enumerated.isExact)
        #expect(agree(counted.result.pValue, enumerated.result.pValue))
    }

    @Test func randomSignFlipsComeCloseToAllOfThem() throws {
        let differences = (0..<40).map { Double($0 * 13 % 9) - 3.5 }
        let exact = try #require(SignFlipTest(differences))
        let random = try #require(SignFlipTest(differences.map { $0 * Double.pi }, flips: 20_000, seed: 9))
        #expect(exact.isExact && !random.isExact)
        #expect(exact.result.pValue > 0.05 && exact.result.pValue < 0.5)
        #expect(agree([random.result.pValue], [exact.result.pValue], within: 0, absolute: 0.02))
    }

    @Test func oneSidedSignFlipsLookOneWay() throws {
        let differences = [1.0, 2, 3, 4, 5]
        #expect(SignFlipTest(differences, alternative: .greater)?.result.pValue == 1.0 / 32)
        #expect(SignFlipTest(differences, alternative: .less)?.result.pValue == 1)
        #expect(SignFlipTest(differences)?.result.pValue == 1.0 / 16)
    }

    @Test func wilcoxonsExactTestHoldsForTies() {
        // All sixteen sign flips of ranks 1.5, 1.5, 3.5, 3.5: a positive sum of 8.5 or more comes up five times.
        let test = WilcoxonSignedRankTest([1, -1, 2, 2])
        #expect(test.positiveRanks == 8.5 && test.negativeRanks == 1.5)
        #expect(agree(test.result(.greater, method: .exact).pValue, 3.0 / 16))
        #expect(agree(test.result(method: .automatic).pValue, 6.0 / 16))
    }

    @Test func mannWhitneyCountsArrangementsExactly() throws {
        // {1, 2, 3} against {4, 5, 6}: one of twenty arrangements on each side.
        let result = try #require(IndependentComparison.mannWhitney([1, 2, 3], [4, 5, 6]))
        #expect(result.statistic == 0)
        #expect(agree(result.pValue, 0.1))
        let swapped = try #require(IndependentComparison.mannWhitney([4, 5, 6], [1, 2, 3]))
        #expect(swapped.statistic == 9 && agree(swapped.pValue, 0.1))
        let mixed = try #require(IndependentComparison.mannWhitney([1, 4], [2, 3, 5]))
        #expect(mixed.statistic == 2 && agree(mixed.pValue, 0.8))
    }

    @Test func adjustmentsKeepTheOrderGiven() {
        #expect(agree(MultipleComparisons.holm.adjusted([0.01, 0.04, 0.03, 0.005]), [0.03, 0.06, 0.06, 0.02]))
        #expect(MultipleComparisons.holm.rejects([0.01, 0.04, 0.03, 0.005]) == [true, false, false, true])
        #expect(agree(MultipleComparisons.sidak.adjusted([1e-20]), [1e-20]))
    }

    @Test func judgesWhoAlwaysAgreeHaveKappaOne() {
        #expect(Agreement.cohensKappa([[3, 0], [0, 4]])?.value == 1)
        #expect(Agreement.fleissKappa([[3, 0], [0, 3]]) == 1)
        #expect(Agreement.cohensKappa([[5, 5], [5, 5]])?.value == 0)
        #expect(Agreement.cohensKappa([[1, 2]]) == nil)
    }
}
