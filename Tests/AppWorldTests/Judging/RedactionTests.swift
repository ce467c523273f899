import Evaluation
import JSON
import Testing

@testable import AppWorld

@Suite("Redaction")
struct RedactionTests {
    private static let secret = "SECRET-TEXT"

    private func episode() -> Episode {
        var episode = Episode(id: EpisodeID(task: "t", sample: "a_1", trial: 0), seed: 1, sample: Sample(id: "a_1"))
        let call = ToolCall(id: "c1", name: "notes__create", arguments: ["text": .string(Self.secret)])
        var answer = Message.assistant(Self.secret, toolCalls: [call])
        answer.reasoning = Self.secret
        let result = ToolResult(content: Self.secret, structured: .string(Self.secret))
        let made = ToolCall(id: "c2", name: "no tool: \(Self.secret)", arguments: [:])
        episode.trajectory.entries = [
            Trajectory.Entry(.system(Self.secret), by: .environment), Trajectory.Entry(.user(Self.secret), by: .user),
            Trajectory.Entry(answer, by: .agent), Trajectory.Entry(.tool(result, answering: call), by: .environment),
            Trajectory.Entry(.assistant(nil, toolCalls: [made]), by: .agent),
            Trajectory.Entry(.tool(result, answering: made), by: .environment),
        ]
        episode.trajectory.entries[2].usage = Usage(inputTokens: 3, outputTokens: 4)
        episode.trajectory.termination = .finalAnswer
        episode.prediction = Prediction(
            answer: Self.secret, artifacts: ["x": .string(Self.secret)], extras: ["y": .string(Self.secret)])
        return episode
    }

    @Test("Nothing that was said is kept, and who acted is", arguments: [true, false])
    func trace(isScored: Bool) {
        var episode = episode()
        episode.redaction = Redaction.trace
        var failure = EvaluationError(.sandboxDied, "gone", cause: .sandbox)
        failure.underlying = Self.secret
        let record = EpisodeRecord(
            episode: episode, outcome: isScored ? .scored : .errored(failure), startedAt: 0, duration: 0,
            failedAttempts: [failure])
        #expect(!String(describing: record).contains(Self.secret))
        #expect(!record.trajectory.json.text().contains(Self.secret))
        #expect(record.prediction?.answer == nil)
        let entries = record.trajectory.entries
        #expect(entries.map(\.speaker) == episode.trajectory.entries.map(\.speaker))
        #expect(entries[2].message.toolCalls.map(\.name) == ["notes__create"])
        #expect(entries[3].message.name == "notes__create")
        #expect(entries[2].usage?.outputTokens == 4)
        #expect(record.trajectory.termination == .finalAnswer)
    }

    @Test(
        "Of an error what a server wrote is not kept",
        arguments: [
            (EvaluationError.Code.toolServerMalformedReply, "MCP client 'a' (http://x:1/mcp): it is no object", ": "),
            (.appWorldRefused, "AppWorld refused 'execute' with status 422", ": "),
        ])
    func quoted(code: EvaluationError.Code, sentence: String, separator: String) {
        var episode = episode()
        episode.redaction = Redaction.trace
        let failure = EvaluationError(code, sentence + separator + Self.secret + ": " + Self.secret, cause: .sandbox)
        let record = EpisodeRecord(
            episode: episode, outcome: .errored(failure), startedAt: 0, duration: 0, failedAttempts: [failure])
        #expect(!String(describing: record).contains(Self.secret))
        #expect(record.failedAttempts.first?.message == sentence + separator + Redaction.mark)
    }

    @Test("Without a redaction everything is kept")
    func without() {
        let record = EpisodeRecord(episode: episode(), outcome: .scored, startedAt: 0, duration: 0)
        #expect(record.trajectory == episode().trajectory)
    }

    @Test(
        "Of a test split's files the versions are kept",
        arguments: [
            ("version/code.txt", true), ("version/data.txt", true), ("evaluation/report.md", false),
            ("evaluation/version.txt", false), ("dbs/notes.jsonl", false), ("dbs/model_hashes.json", false),
            ("logs/environment_io.md", false), ("logs/lm_calls.jsonl", false), ("version/../dbs/x.txt", false),
            ("version/more/x.txt", false), ("misc/x.txt", false), ("version.txt", false),
        ])
    func files(path: String, isKept: Bool) {
        #expect(Redaction.keeps(file: path) == isKept)
    }

    @Test("Of a test split's verdict whether it is done is kept, and where it is")
    func verdict() {
        let output: JSONObject = [
            "task_id": "a_1", "subset": "test_normal", "experiment_name": "e", "tgc": 0.0, "sgc": 0.0, "difficulty": 3,
            "tests": ["fails": [["trace": .string(Self.secret)]]], "output_dir": "/run/x", "export_dir": "y",
            "anything_new": .string(Self.secret),
        ]
        let short = Redaction.verdict(output)
        #expect(
            Set(short.keys) == ["task_id", "subset", "experiment_name", "tgc", "output_dir", "export_dir", "redacted"])
        #expect(!JSONValue.object(short).text().contains(Self.secret))
    }
}
