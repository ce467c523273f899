import Evaluation
import JSON
import Testing

@testable import Reports

@Suite("Distributions")
struct DistributionTests {
    @Test func fewValuesHaveExactQuantiles() {
        var distribution = Distribution()
        for value in [5.0, 1, 3, 2, 4] { distribution.add(value) }
        #expect(distribution.quantiles([0, 0.25, 0.5, 0.75, 1]) == [1, 2, 3, 4, 5])
        let bins = distribution.json(wholeNumbers: true)["bins"]
        #expect(bins?["counts"] == [1, 1, 1, 1, 1])
        #expect(bins?["lower"]?.doubleValue == 1)
    }

    @Test func manyValuesAreAtMostOnePercentOff() {
        var distribution = Distribution()
        let count = 100_000
        for number in 0..<count { distribution.add(Double((number * 7_919) % count)) }
        for (share, value) in zip([0.05, 0.5, 0.95], distribution.quantiles([0.05, 0.5, 0.95])) {
            #expect(abs(value / (share * Double(count)) - 1) < 0.011)
        }
        #expect(distribution.mean == Double(count - 1) / 2)
        #expect((distribution.least, distribution.largest) == (0, Double(count - 1)))
        #expect(distribution.points.count < 1_500)
        let bins = distribution.json(wholeNumbers: true)["bins"]
        let counted = (bins?["counts"]?.arrayValue ?? []).compactMap(\.intValue).reduce(0, +)
        #expect(counted + (bins?["above"]?.intValue ?? 0) == count)
    }

    @Test func aFewFarOutDoNotPressTheOthersTogether() {
        var distribution = Distribution()
        for number in 0..<400 { distribution.add(Double(number % 10)) }
        distribution.add(1_000_000)
        let bins = distribution.json(wholeNumbers: true)["bins"]
        #expect(bins?["above"] == 1)
        #expect(bins?["width"]?.doubleValue == 1)
    }

    @Test func whatIsNoQuantityIsLeftOut() {
        var distribution = Distribution()
        for value in [-1.0, .nan, .infinity] { distribution.add(value) }
        #expect(distribution.count == 0)
        #expect(distribution.json(wholeNumbers: false) == ["count": 0])
    }

    @Test(arguments: [(10.0, 5.0, 2.0), (1, 4, 0.5), (0, 4, 1), (47, 24, 2), (0.003, 3, 0.001)])
    func stepsAreRound(range: Double, parts: Double, step: Double) {
        #expect(abs(NiceNumbers.step(over: range, parts: parts) - step) < 1e-12)
    }
}
