import Evaluation
import JSON
import Testing

@testable import Proactive

@Suite struct ProactiveStateTests {
    @Test func aRowWithoutUncertaintyGetsTheEstimateAndOneWithItKeepsIt() throws {
        let without = try ProactiveState(json: ["id": "a", "domain": "coding", "query": "Sort it."])
        #expect(without.taskUncertainty == 0.3)
        #expect((without.dialogueTurn, without.prevReject) == (0, 0))
        let with = try ProactiveState(
            json: [
                "id": "a", "domain": "coding", "query": "Sort it.", "task_uncertainty": 0.81, "dialogue_turn": 2,
                "prev_reject": 1,
            ])
        #expect(with.taskUncertainty == 0.81)
        #expect((with.dialogueTurn, with.prevReject) == (2, 1))
    }

    @Test func unknownFieldsPassThrough() throws {
        let row: JSONObject = [
            "id": "a", "domain": "planning", "query": "q", "dialogue_turn": 0, "prev_reject": 0,
            "task_uncertainty": 0.3, "mbpp_tests": "assert f()", "source": ["x": 1],
        ]
        let state = try ProactiveState(json: row)
        #expect(state.extras == ["source": ["x": 1]])
        #expect(state.json == row)
    }

    @Test func theDomainThatIsAskedForWins() throws {
        let state = try ProactiveState(json: ["id": "a", "domain": "planning", "query": "q"], domain: .coding)
        #expect(state.domain == .coding)
    }

    @Test(
        arguments: [
            ["domain": "coding", "query": "q"], ["id": "a", "domain": "coding"],
            ["id": "a", "domain": "cooking", "query": "q"],
            ["id": "a", "domain": "coding", "query": "q", "task_uncertainty": 1.5],
            ["id": "a", "domain": "coding", "query": "q", "prev_reject": 2],
            ["id": "a", "domain": "coding", "query": "q", "dialogue_turn": -1],
            ["id": "a", "domain": "coding", "query": "q", "dialogue_turn": "one"],
            ["id": "a", "domain": "coding", "query": "q", "mbpp_tests": 3],
        ] as [JSONObject])
    func aBrokenRowSaysWhatIsWrong(row: JSONObject) {
        #expect(throws: EvaluationError.self) { try ProactiveState(json: row) }
    }
}
