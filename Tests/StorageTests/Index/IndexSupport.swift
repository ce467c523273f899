import Evaluation
import JSON
import Storage

/// A run directory with a journal, and its index.
struct IndexedRun {
    let directory: TemporaryDirectory
    let writer: JournalWriter

    var path: String { directory.path }
    var cache: String { directory.path + "/cache" }

    init() async throws {
        directory = try TemporaryDirectory()
        writer = try await JournalWriter.create(at: directory.path + "/run.sqlite", run: .example)
    }

    func open() throws -> RunIndex { try RunIndex.open(runDirectory: path, cacheDirectory: cache) }

    /// An index that has everything.
    func index() async throws -> RunIndex {
        let index = try open()
        try await index.bringUpToDate()
        return index
    }

    func commit(_ records: [EpisodeRecord]) async throws {
        for record in records {
            let number = Int(record.id.sample.filter(\.isNumber)) ?? 0
            try await writer.commit(
                record, at: EpisodePosition(task: record.id.task == "second" ? 1 : 0, sample: number))
        }
    }
}

extension EpisodeRecord {
    /// An episode with a text, a score and a tool call.
    static func spoken(
        _ sample: String, _ text: String = "hello", score: Double? = 1, task: String = "first", trial: Int = 0,
        outcome: Outcome = .scored, tools: [String] = [], duration: Double = 1
    ) -> EpisodeRecord {
        let id = EpisodeID(task: task, sample: sample, trial: trial)
        var item = Sample(id: sample, messages: [.user("begin")])
        item.metadata = ["tau2": ["domain": "retail"]]
        var episode = Episode(id: id, seed: 1, sample: item)
        let calls = tools.map { ToolCall(id: $0, name: $0, arguments: ["note": "argument of \($0)"]) }
        var entry = Trajectory.Entry(.assistant(text, toolCalls: calls), by: .agent)
        entry.usage = Usage(inputTokens: 100, outputTokens: 10)
        entry.cost = 0.25
        episode.trajectory.entries = [.init(.user("begin"), by: .user), entry]
        episode.trajectory.termination = .userStop
        if outcome == .scored, let score {
            episode.scores = [Score(metric: "acc", values: ["acc": score, "extra": 0.5])]
        }
        return EpisodeRecord(episode: episode, outcome: outcome, startedAt: 1_700_000_000, duration: duration)
    }
}
