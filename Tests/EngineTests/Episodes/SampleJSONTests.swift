import Evaluation
import JSON
import Testing

/// Samples as data sets bring them and as the journal keeps them.
@Suite struct SampleJSONTests {
    @Test func whatJudgesSeeComesBackAsItWas() throws {
        var sample = Sample(id: "s", messages: [.system("be kind"), .user("hi")])
        sample.references = ["a", ["answer": "b"]]
        sample.taskType = "agent"
        sample.options = [["id": "A", "content": "x"]]
        sample.label = "A"
        sample.tools = [ToolDefinition(name: "look", description: "looks", parameters: ["type": "object"])]
        sample.sandbox = ["image": "i"]
        sample.metadata = ["domain": "retail"]
        sample.gold = ["actions": [1, 2]]
        sample.extras = ["instruction": "do it"]
        let again = try Sample(json: sample.judgedJSON)
        #expect(JSONValue.object(again.judgedJSON).text() == JSONValue.object(sample.judgedJSON).text())
        #expect(again.gold == sample.gold)
        #expect(again.extras == sample.extras)
        #expect(again.references == sample.references)
    }

    @Test func aRecordMayBringItsOwnChoicesAndTrials() throws {
        let sample = try Sample(json: [
            "id": 17, "trials": 3, "sampling_params": ["temperature": 0], "tool_choice": "required", "label": 4,
        ])
        #expect(sample.id == "17")
        #expect(sample.trialCount == 3)
        #expect(sample.toolChoice == .required)
        #expect(sample.samplingParameters == ["temperature": 0])
        #expect(sample.label == "4")
        #expect(sample.extras.isEmpty)
    }

    @Test(
        arguments: [
            [:], ["id": ""], ["id": nil], ["id": "s", "messages": "hi"], ["id": "s", "messages": [["content": "x"]]],
            ["id": "s", "references": "x"], ["id": "s", "tools": [[:]]], ["id": "s", "tool_choice": 3],
        ] as [JSONObject])
    func whatIsNoSampleIsRefused(json: JSONObject) {
        let error = #expect(throws: EvaluationError.self) { try Sample(json: json) }
        #expect(error?.cause == .task)
    }
}
