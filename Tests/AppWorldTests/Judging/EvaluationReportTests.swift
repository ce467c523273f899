import JSON
import Testing

@testable import AppWorld

@Suite("Evaluations")
struct EvaluationReportTests {
    private static let individual: JSONValue = [
        "success": false, "difficulty": 2, "num_tests": 3, "passes": [["requirement": "a"], ["requirement": "b"]],
        "failures": [["requirement": "c", "trace": "expected 7"]],
    ]

    @Test("The evaluator's own spelling is read")
    func official() throws {
        let value: JSONValue = [
            "aggregate": ["task_goal_completion": 0.0, "scenario_goal_completion": 0.0],
            "individual": ["a_1": Self.individual],
        ]
        let report = try #require(EvaluationReport(value, task: "a_1"))
        #expect(report.tgc == 0)
        #expect(report.sgc == 0)
        #expect(report.passes?.count == 2)
        #expect(report.failures?.count == 1)
        #expect(report.difficulty == 2)
        #expect(report.json["tests"]?["fails"]?.arrayValue?.count == 1)
    }

    @Test("The documented spelling is read")
    func documented() throws {
        let value: JSONValue = [
            "tgc": 100, "sgc": 100.0, "difficulty": 1, "tests": ["passes": [[:]], "fails": []],
        ]
        let report = try #require(EvaluationReport(value, task: "a_1"))
        #expect(report.tgc == 100)
        #expect(report.failures == [])
        #expect(report.difficulty == 1)
    }

    @Test("An evaluation of one task over HTTP is read")
    func single() throws {
        let report = try #require(EvaluationReport(Self.individual, task: "a_1"))
        #expect(report.tgc == 0)
        #expect(report.sgc == nil)
    }

    @Test("What does not say whether the task is done is no evaluation, and no zero")
    func nothing() {
        #expect(EvaluationReport([:], task: "a_1") == nil)
        #expect(EvaluationReport(["passes": [[:]]], task: "a_1") == nil)
        #expect(EvaluationReport(["tgc": "high"], task: "a_1") == nil)
        #expect(EvaluationReport(["tgc": 300], task: "a_1") == nil)
        #expect(EvaluationReport([1, 2], task: "a_1") == nil)
    }

    @Test("JSON is found among what a program prints")
    func printed() {
        #expect(EvaluationReport(printed: "Evaluating…\n{\"tgc\": 100}\ndone", task: "a_1")?.tgc == 100)
        #expect(EvaluationReport(printed: "TGC {not json}", task: "a_1") == nil)
        #expect(EvaluationReport(printed: "", task: "a_1") == nil)
        #expect(EvaluationReport(printed: "}{", task: "a_1") == nil)
    }

    @Test("Templates are filled, and what they do not know stays")
    func templates() {
        let names = ["root": "/run", "task_id": "a_1"]
        #expect(OutputPaths.filled("{root}/x/{task_id}.json", names) == "/run/x/a_1.json")
        #expect(OutputPaths.filled("{unknown}/{", names) == "{unknown}/{")
        #expect(OutputPaths.filled("plain", names) == "plain")
    }
}
