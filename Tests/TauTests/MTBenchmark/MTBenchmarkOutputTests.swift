import Evaluation
import FoundationEssentials
import GageTesting
import JSON
import Tau
import Testing

@Suite struct MTBenchmarkOutputTests {
    @Test func scoresAndTrajectoriesHaveTheDocumentedShapes() throws {
        let directory = try TemporaryDirectory()
        let result = try Self.write([try Self.record(task: 3)], in: directory.path)
        #expect(result.directory == "\(directory.path)/tau_bench_20231114_221320")
        let text = try Self.text("\(result.directory)/openai-gpt-4o_scores.jsonl")
        let expected =
            #"{"task-id":"task-3","prompt":"You want a refund.","#
            + #""result":"find_user({\"zip\": \"02139\", \"n\": 1}),return_it({})","#
            + #""truth":"find_user({\"zip\": \"02139\"})","score":1.0,"duration":1250}"#
        #expect(text == expected + "\n")
        let lines = try Self.lines("\(result.directory)/openai-gpt-4o_task3_trajectory.jsonl")
        #expect(
            lines.map { $0["role"]?.stringValue } == [
                "system", "user", "assistant", "tool", "assistant", "tool", "assistant",
            ])
        #expect(lines.allSatisfy { $0["content"] != nil })
        #expect(lines[2].at("tool_calls[0].function.arguments") == #"{"zip": "02139", "n": 1}"#)
        #expect(lines[3]["name"] == "find_user")
    }

    @Test func whatCouldNotBeScoredSaysWhyAndIsNoZero() throws {
        let directory = try TemporaryDirectory()
        let error = EvaluationError(.providerRateLimited, "the provider refuses", cause: .provider, advice: "wait")
        var broken = try Self.record(task: 1, outcome: .errored(error))
        broken.verdicts = []
        broken.trajectory = Trajectory()
        let result = try Self.write([broken], in: directory.path)
        let line = try #require(try Self.lines(result.scoresPath).first)
        #expect(line["score"] == .null)
        #expect(line["result"] == "No actions executed")
        #expect(line["error"] == "the provider refuses [provider.rate_limited, cause: provider]; wait")
        #expect(line.objectValue?.keys.prefix(6) == ["task-id", "prompt", "result", "truth", "score", "duration"])
        #expect(!FileManager.default.fileExists(atPath: "\(result.directory)/openai-gpt-4o_task1_trajectory.jsonl"))
    }

    @Test func attemptsAtOneTaskKeepFilesOfTheirOwn() throws {
        let directory = try TemporaryDirectory()
        let result = try Self.write(
            [try Self.record(task: 1), try Self.record(task: 1, trial: 1)], in: directory.path)
        #expect(try Self.lines(result.scoresPath).map { $0["trial"]?.intValue } == [0, 1])
        for name in ["task1", "task1_trial1"] {
            #expect(try !Self.lines("\(result.directory)/openai-gpt-4o_\(name)_trajectory.jsonl").isEmpty)
        }
    }

    @Test func theSameRunIsWrittenToTheSamePlaceAndAnotherOneElsewhere() throws {
        let directory = try TemporaryDirectory()
        let first = try Self.write([try Self.record(task: 1)], in: directory.path)
        let again = try Self.write([try Self.record(task: 1), try Self.record(task: 2)], in: directory.path)
        let other = try Self.write([try Self.record(task: 1)], in: directory.path, run: "other")
        #expect(again.directory == first.directory)
        #expect(other.directory == first.directory + "_2")
        #expect(try Self.lines(again.scoresPath).count == 2)
        #expect(try Self.write([], in: directory.path, run: "other").directory == other.directory)
    }

    @Test func manyRunsOfOneSecondGetADirectoryEach() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path
        let found = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<30 {
                group.addTask { try Self.write([], in: path, run: "run-\(number)").directory }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(found.count == 30)
    }

    @Test func episodesOfOtherBenchmarksArePassedOver() throws {
        let directory = try TemporaryDirectory()
        let episode = Episode(
            id: EpisodeID(task: "t", sample: "s", trial: 0), seed: 1, sample: Sample(id: "s"))
        let record = EpisodeRecord(episode: episode, outcome: .scored, startedAt: 0, duration: 1)
        #expect(try Self.write([record], in: directory.path).scores.isEmpty)
    }

    @Test func theBuiltInConfigurationIsTheOneInTheRepository() throws {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
        #expect(
            try Self.text(root.joined(separator: "/") + "/" + MTBenchmarkConfiguration.name)
                == MTBenchmarkConfiguration.text)
    }

    // MARK: Episodes

    private static func write(
        _ records: [EpisodeRecord], in directory: String, run: String = "run-1"
    ) throws -> MTBenchmarkOutput.Result {
        let output = MTBenchmarkOutput(
            runID: run, startedAt: 1_700_000_000, model: "openai/gpt-4o", dataDirectory: directory)
        return try output.write { body in try records.forEach(body) }
    }

    private static func record(
        task: Int, trial: Int = 0, outcome: Outcome = .scored
    ) throws -> EpisodeRecord {
        var sample = Sample(id: "retail_test_\(task)")
        sample.metadata["tau_bench"] = ["env": "retail", "split": "test", "task_id": JSONValue(task)]
        sample.gold["tau_bench_task"] = [
            "user_id": "ada", "instruction": "You want a refund.",
            "actions": [["name": "find_user", "kwargs": ["zip": "02139"]]], "outputs": [],
        ]
        var episode = Episode(id: EpisodeID(task: "t", sample: sample.id, trial: trial), seed: 1, sample: sample)
        let find = ToolCall(id: "1", name: "find_user", arguments: ["zip": "02139", "n": 1])
        let giveBack = ToolCall(id: "2", name: "return_it", arguments: [:])
        episode.trajectory.entries = [
            .init(.system("policy"), by: .environment), .init(.user("hello"), by: .user),
            .init(.assistant(nil, toolCalls: [find]), by: .agent),
            .init(.tool(ToolResult(content: "ada"), answering: find), by: .environment),
            .init(.assistant(nil, toolCalls: [giveBack]), by: .agent),
            .init(.tool(ToolResult(content: "done"), answering: giveBack), by: .environment),
            .init(.assistant("It is done."), by: .agent),
        ]
        episode.verdicts = [Verdict(judge: "judge", output: ["tau_bench": ["reward": 1.0]])]
        return EpisodeRecord(episode: episode, outcome: outcome, startedAt: 0, duration: 1.25)
    }

    private static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    private static func lines(_ path: String) throws -> [JSONValue] {
        try text(path).split(separator: "\n").map { try JSONValue.parse(String($0)) }
    }
}
