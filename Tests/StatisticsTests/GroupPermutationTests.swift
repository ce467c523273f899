import Statistics
import Testing

@Suite struct GroupPermutationTests {
    @Test func groupsFarApartAreFound() throws {
        let groups = [(0..<20).map { Double($0 % 3) }, (0..<15).map { 5 + Double($0 % 3) }]
        let found = try #require(GroupPermutationTest(groups, deals: 999, seed: 1))
        #expect(found.result.pValue == 1.0 / 1000)
    }

    @Test func equalGroupsGiveOne() throws {
        let found = try #require(GroupPermutationTest([[1, 1, 1], [1, 1], [1]], deals: 100, seed: 1))
        #expect(found.result.pValue == 1)
        #expect(found.result.statistic == 0)
    }

    @Test func thePValueOfASmallCaseIsTheShareOfAllDeals() throws {
        // Of the 20 ways to deal 3 of 6 values, 2 are as far apart as this one.
        let found = try #require(GroupPermutationTest([[1, 2, 3], [4, 5, 6]], deals: 40_000, seed: 3))
        #expect(abs(found.result.pValue - 0.1) < 0.01)
    }

    @Test func oneGroupIsNoComparison() {
        #expect(GroupPermutationTest([[1, 2], []]) == nil)
        #expect(GroupPermutationTest([]) == nil)
    }
}
