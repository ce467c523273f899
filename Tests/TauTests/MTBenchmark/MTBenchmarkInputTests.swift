import Evaluation
import Tau
import Testing

@Suite struct MTBenchmarkInputTests {
    @Test(arguments: [
        (#""retail""#, [Tau1DomainName.retail]), (#"["retail", "airline"]"#, [.retail, .airline]),
        (#""airline, retail""#, [.airline, .retail]), (#"["airline", "airline"]"#, [.airline]),
    ])
    func subsetsAreANameOrAList(written: String, subsets: [Tau1DomainName]) throws {
        let text = #"{"dataset_name": "tau_bench", "model_name": "gpt-4o", "subsets": \#(written)}"#
        let input = try MTBenchmarkInput(text: text, file: "input.json")
        #expect(input.model == "gpt-4o")
        #expect(input.subsets == subsets)
        #expect(input.taskIDs.isEmpty)
    }

    @Test func tasksTrialsAndTheUsersModelMayBeGivenBesides() throws {
        let text = #"""
            {"dataset_name": "tau-bench", "model_name": "openai/gpt-4o", "subsets": ["retail"], "task_ids": [2, "1", 2],
             "trials": 3, "user_model": "openai/gpt-4.1"}
            """#
        let input = try MTBenchmarkInput(text: text, file: "input.json")
        #expect(input.taskIDs == [2, 1])
        #expect(input.trials == 3)
        #expect(input.userModel == "openai/gpt-4.1")
    }

    @Test(arguments: [
        ("", "not JSON"), ("[]", "must be a JSON object"), ("{}", "'dataset_name' is missing"),
        ("{}", "'model_name' is missing"), ("{}", "'subsets' is missing; its names are retail, airline"),
        (#"{"dataset_name": "mmlu"}"#, "only 'tau_bench' can be run here"),
        (#"{"dataset_name": "tau_bench", "model_name": "m", "subsets": "telecom"}"#, "there is no subset 'telecom'"),
        (#"{"dataset_name": "tau_bench", "model_name": "m", "subsets": []}"#, "names nothing"),
        (#"{"dataset_name": "tau_bench", "model_name": "m", "subsets": [1]}"#, "a name or a list of names"),
        (#"{"dataset_name": "tau_bench", "model_name": 4, "subsets": "retail"}"#, "'model_name' must be a text, not 4"),
        (#"{"dataset_name": "tau_bench", "model": "m", "subsets": "retail"}"#, "there is no key 'model'"),
        (#"{"dataset_name": "tau_bench", "model_name": "m", "subsets": "retail", "task_ids": [-1]}"#, "not -1"),
        (#"{"dataset_name": "tau_bench", "model_name": "m", "subsets": "retail", "trials": 0}"#, "from 1 on"),
        (
            #"{"dataset_name": "tau_bench", "model_name": "m", "subsets": "retail", "task_ids": []}"#,
            "'task_ids' names nothing"
        ),
    ])
    func whatIsWrongIsSaidWithTheFile(text: String, words: String) throws {
        let error = try #require(throws: EvaluationError.self) {
            try MTBenchmarkInput(text: text, file: "input.json")
        }
        #expect(error.message.contains("input.json"))
        #expect(error.message.contains(words), "\(error.message)")
        #expect(error.cause == .configuration)
        #expect(error.advice?.contains("model_name") == true)
    }
}
