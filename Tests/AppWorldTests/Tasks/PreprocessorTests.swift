import Evaluation
import JSON
import Testing

@testable import AppWorld

@Suite("Preprocessing")
struct PreprocessorTests {
    private func sample(
        _ fields: JSONObject, _ parameters: PreprocessorParameters = PreprocessorParameters()
    ) throws -> Sample {
        let result = try AppWorldPreprocessor(parameters: parameters).process(
            DatasetRecord(fields: fields, origin: "tasks.jsonl:1"))
        guard case .sample(let sample) = result else { throw CancellationError() }
        return sample
    }

    private func facts(_ sample: Sample) -> JSONValue { sample.metadata["appworld"] ?? .null }

    @Test("A record becomes a sample with its facts")
    func plain() throws {
        let record: JSONObject = [
            "id": "x_1", "task_id": "82e2fac_1", "instruction": "Do it.",
            "metadata": [
                "appworld": [
                    "subset": "train", "allowed_apps": ["spotify", "supervisor"], "experiment_name": "mine",
                    "max_interactions": 7, "raise_on_failure": false,
                ]
            ],
        ]
        var parameters = PreprocessorParameters()
        parameters.subset = "dev"
        parameters.groundTruthMode = .full
        let sample = try sample(record, parameters)
        #expect(sample.id == "82e2fac_1")
        #expect(sample.taskType == "agent")
        #expect(sample.messages == [.user("Do it.")])
        #expect(facts(sample)["subset"] == "train")
        #expect(facts(sample)["scenario"] == "82e2fac")
        #expect(facts(sample)["allowed_apps"] == ["spotify", "supervisor", "api_docs"])
        #expect(facts(sample)["ground_truth_mode"] == "full")
        #expect(facts(sample)["experiment_name"] == "mine")
        #expect(facts(sample)["max_interactions"] == 7)
        #expect(facts(sample)["raise_on_failure"] == false)
    }

    @Test("The instruction is found in messages of either shape")
    func messages() throws {
        let segments: JSONObject = [
            "id": "a_1", "messages": [["role": "user", "content": [["type": "text", "text": "From a segment."]]]],
        ]
        #expect(try sample(segments).messages == [.user("From a segment.")])
        let text: JSONObject = ["id": "a_1", "messages": [["role": "user", "content": "From a text."]]]
        #expect(try sample(text).messages == [.user("From a text.")])
        #expect(facts(try sample(text))["allowed_apps"] == nil)
    }

    @Test(
        "Records that are no tasks are refused with their place",
        arguments: [
            ["instruction": "x"], ["id": "a_1"], ["id": "../../etc", "instruction": "x"],
            ["id": 3, "instruction": "x"],
        ]
            as [JSONObject])
    func refuses(record: JSONObject) {
        #expect { try sample(record) } throws: { error in
            (error as? EvaluationError)?.message.contains("tasks.jsonl:1") ?? false
        }
    }

    @Test(
        "A test split gets minimal ground truth, whoever says that it is one, and whatever else is said",
        arguments: [
            "test_normal", "test_challenge", "Test_Normal", "test-normal", "test_normal_part", "my test normal",
        ],
        ["facts", "record", "parameter"])
    func minimal(subset: String, place: String) throws {
        var parameters = PreprocessorParameters()
        parameters.groundTruthMode = .full
        var record: JSONObject = ["id": "a_1", "instruction": "x"]
        var facts: JSONObject = ["ground_truth_mode": "full"]
        switch place {
        case "facts": facts["subset"] = .string(subset)
        case "record":
            facts["subset"] = "dev"
            record["subset"] = .string(subset)
        default:
            facts["subset"] = "train"
            parameters.subset = subset
        }
        record["metadata"] = ["appworld": .object(facts)]
        let sample = try sample(record, parameters)
        #expect(self.facts(sample)["ground_truth_mode"] == "minimal")
        #expect(DataSplit.isTest(self.facts(sample)["subset"]?.stringValue))
    }

    @Test("Minimal ground truth cannot be switched off")
    func cannotBeSwitchedOff() {
        let place = SourceLocation(file: "a.yaml", line: 3, column: 1)
        var diagnostics = Diagnostics()
        _ = PreprocessorParameters.decode(
            ConfigNode(json: ["force_minimal_on_test": false], location: place, path: "p"), into: &diagnostics)
        #expect(diagnostics.all.contains { $0.message.contains("cannot be switched off") })
    }
}
