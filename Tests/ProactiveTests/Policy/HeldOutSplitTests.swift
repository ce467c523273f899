import Testing

@testable import Proactive

@Suite("Held-out split")
struct HeldOutSplitTests {
    private func pairs(_ states: Int, each: Int = 3) -> [PreferencePair] {
        (0..<states).flatMap { number in
            (0..<each).map { _ in PolicyFixtures.pair(PolicyFixtures.state("s-\(number)"), prefers: .clarify) }
        }
    }

    @Test(arguments: [(1, 0), (2, 1), (10, 1), (11, 2), (100, 10)])
    func holdsATenthOfTheStatesOut(states: Int, expected: Int) {
        let split = HeldOutSplit(pairs(states))
        #expect(split.heldOut.count == 3 * expected)
        #expect(split.training.count == 3 * (states - expected))
    }

    @Test func neverDividesAState() {
        let split = HeldOutSplit(pairs(40))
        #expect(Set(split.heldOut.map(\.state.id)).isDisjoint(with: split.training.map(\.state.id)))
    }

    @Test func dependsOnTheSeedAndNotOnTheOrder() {
        let pairs = pairs(40, each: 1)
        let chosen = Set(HeldOutSplit(pairs).heldOut.map(\.state.id))
        #expect(chosen == Set(HeldOutSplit(pairs.reversed()).heldOut.map(\.state.id)))
        #expect(chosen != Set(HeldOutSplit(pairs, seed: 43).heldOut.map(\.state.id)))
    }

    @Test func foldsCoverEveryStateOnce() {
        let folds = HeldOutSplit.folds(of: pairs(23).map(\.state.id), count: 5, seed: 42)
        #expect(folds.map(\.count).sorted() == [4, 4, 5, 5, 5])
        #expect(folds.reduce(Set()) { $0.union($1) }.count == 23)
    }
}
