import JSON
import Testing

@testable import Pause

struct ToolCallOverlapTests {
    private func call(_ name: String, _ arguments: JSONObject = [:]) -> PauseGold.Call {
        PauseGold.Call(name: name, arguments: arguments)
    }

    @Test func argumentsInAnotherOrderAreTheSameCall() {
        let overlap = ToolCallOverlap(
            reference: [call("get_hourly_steps", ["date": "2025-01-02", "start": 8, "end": 9])],
            candidate: [call("get_hourly_steps", ["end": 9, "start": 8, "date": "2025-01-02"])])
        #expect(overlap.overlap == 1)
        #expect(overlap.precision == 1 && overlap.recall == 1 && overlap.f1 == 1 && overlap.jaccard == 1)
    }

    @Test func repeatedCallsCountAsOftenAsBothMadeThem() {
        let overlap = ToolCallOverlap(
            reference: [call("a"), call("a"), call("b")], candidate: [call("a"), call("a"), call("a"), call("c")])
        #expect(overlap.overlap == 2)
        #expect(overlap.precision == 0.5)
        #expect(abs(overlap.recall - 2.0 / 3) < 1e-12)
        #expect(abs(overlap.f1 - 4.0 / 7) < 1e-12)
        // a: max 3, b: 1, c: 1.
        #expect(overlap.jaccard == 0.4)
    }

    @Test func nothingAgainstNothingIsPerfect() {
        let overlap = ToolCallOverlap(reference: [], candidate: [])
        #expect(overlap.json == ["jaccard": 1.0, "precision": 1.0, "recall": 1.0, "f1": 1.0])
    }

    @Test(arguments: [(0, 2), (2, 0)]) func nothingAgainstSomethingIsZero(counts: (Int, Int)) {
        let overlap = ToolCallOverlap(
            reference: Array(repeating: call("a"), count: counts.0),
            candidate: Array(repeating: call("a"), count: counts.1))
        #expect(overlap.precision == 0 && overlap.recall == 0 && overlap.f1 == 0 && overlap.jaccard == 0)
    }

    @Test func otherArgumentsAreAnotherCall() {
        let overlap = ToolCallOverlap(reference: [call("a", ["x": 1])], candidate: [call("a", ["x": 2])])
        #expect(overlap.overlap == 0 && overlap.union == 2)
    }
}
