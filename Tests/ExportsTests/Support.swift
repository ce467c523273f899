import Evaluation
import GageTesting
import JSON
import Processes
import Storage

/// A run with everything that exports have to carry, below a directory of its own that is removed with this value.
final class StoredRun: Sendable {
    private let home: TemporaryDirectory
    var directory: String { home.path }
    var path: String { "\(directory)/shop-1" }

    init(status: RunStatus = .completed) async throws {
        home = try TemporaryDirectory()
        let place = try RunDirectory.create(in: home.path, runID: "shop-1")
        var run = RunMetadata(
            runID: "shop-1", name: "a <shop>", planDigest: "d1", seed: 7, gageVersion: "0.1.0",
            configuration: ["backends": [["config": ["model": "gpt"]]]], startedAt: 1_700_000_000.25)
        run.status = status
        let writer = try await JournalWriter.create(at: place.journalPath, run: run)
        for (ordinal, name) in ["shop", "bank"].enumerated() {
            var task = TaskMetadata(id: name, ordinal: ordinal, datasetID: "data", datasetMetadata: ["revision": "r"])
            task.plannedEpisodes = ordinal == 0 ? 5 : 1
            try await writer.record(task)
        }
        for (position, record) in Self.records { try await writer.commit(record, at: position) }
        try await writer.close()
        let id = EpisodeID(task: "shop", sample: "a/1", trial: 1)
        let journal = try Journal.open(place.journalPath)
        try journal.annotate(.tag("odd one", of: id, by: "ada", at: 1))
        let pass = Amendment.score(metric: "shop_reward", value: "reward", number: 1)
        try journal.annotate(.verdict(pass, of: id, by: "ada", because: "it was right", at: 2))
    }

    private static var records: [(EpisodePosition, EpisodeRecord)] {
        let down = EvaluationError(.providerFailed, "the server said <no> & \"never\"\u{7}", cause: .provider)
        let broken = Outcome.unscorable(reason: "known to be broken")
        return [
            (EpisodePosition(task: 0, sample: 0), record("shop", "a/1", 0, reward: 1)),
            (EpisodePosition(task: 0, sample: 0), record("shop", "a/1", 1, reward: 0)),
            (EpisodePosition(task: 0, sample: 1), record("shop", "=b,\"2\"", 0, reward: 0.5)),
            (EpisodePosition(task: 0, sample: 2), record("shop", "c", 0, outcome: .errored(down))),
            (EpisodePosition(task: 0, sample: 3), record("shop", "d", 0, outcome: broken)),
            (EpisodePosition(task: 1, sample: 0), record("bank", "a/1", 0, reward: 1)),
        ]
    }

    private static func record(
        _ task: String, _ sample: String, _ trial: Int, outcome: Outcome = .scored, reward: Double = 0
    ) -> EpisodeRecord {
        var item = Sample(id: sample, messages: [.system("Sell lamps."), .user("A lamp, please")])
        item.references = ["a lamp"]
        item.metadata = ["domain": "retail"]
        let id = EpisodeID(task: task, sample: sample, trial: trial)
        var episode = Episode(id: id, seed: UInt64.max, sample: item)
        episode.trajectory = trajectory
        episode.prediction = Prediction(answer: "Here it is")
        episode.verdicts = [Verdict(judge: "judge", output: ["reward": JSONValue(reward)])]
        if outcome == .scored {
            episode.scores = [
                Score(
                    metric: "shop_reward", values: ["reward": reward],
                    explanation: "the <lamp> & its shade\nare missing"),
                Score(metric: "parts", values: ["db": 1, "talk": reward]),
            ]
        }
        return EpisodeRecord(episode: episode, outcome: outcome, startedAt: 1_700_000_001.5, duration: 2.5)
    }

    private static var trajectory: Trajectory {
        let call = ToolCall(id: "c1", name: "find", arguments: ["what": "lamp", "size": 1.5])
        var first = Trajectory.Entry(.assistant("Let me look", toolCalls: [call]), by: .agent, time: 0.1, duration: 0.5)
        first.message.reasoning = "lamps are on shelf 3"
        first.usage = Usage(inputTokens: 100, outputTokens: 20, cachedInputTokens: 50)
        (first.cost, first.model, first.finishReason) = (0.01, "gpt", "tool_calls")
        let failed = ToolResult(content: "no shelf 3", isError: true)
        let reply = Trajectory.Entry(.tool(failed, answering: call), by: .environment, requester: .agent, time: 0.7)
        var user = Trajectory.Entry(.user("Hurry!"), by: .user, time: 1)
        user.message.toolCalls = [ToolCall(id: "u1", name: "wait", arguments: [:])]
        user.usage = Usage(inputTokens: 10, outputTokens: 2)
        (user.cost, user.model) = (0.001, "small")
        let picture = Message(
            role: .user,
            content: .segments([
                .text("this one"),
                .other(["type": "image_url", "image_url": ["url": "data:image/png;base64,iVBORw0KGgo="]]),
            ]))
        var last = Trajectory.Entry(.assistant("Here it is 🪔"), by: .agent, time: 2, duration: 0.2)
        last.usage = Usage(inputTokens: 150, outputTokens: 5)
        (last.cost, last.model, last.finishReason) = (0.02, "gpt", "stop")
        var trajectory = Trajectory()
        trajectory.entries = [first, reply, user, Trajectory.Entry(picture, by: .user, time: 1.5), last]
        trajectory.termination = .userStop
        return trajectory
    }
}

/// Runs a Python program; its standard error when it did not end well.
func complaint(of python: String, _ program: String, _ arguments: [String]) async throws -> String? {
    var command = ProcessCommand(python, ["-c", program] + arguments)
    command.deadline = .seconds(120)
    let result = try await run(command)
    return result.succeeded ? nil : "\(result.termination) \(result.standardError.text)"
}
