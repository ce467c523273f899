import Clusters
import JSON
import Reports
import Storage

/// How a submitted run stands.
struct SubmissionStatus {
    /// How one shard stands.
    struct ShardStatus {
        let number: Int
        /// Its task while it waits or runs.
        var queued: SlurmTask?
        /// How its last task ended, where the cluster remembers.
        var ended: SlurmTask?
        /// What its journal says; nil before it has begun.
        var journal: RunStatus?
        var done = 0
        var planned = 0

        init(number: Int) { self.number = number }

        /// Whether nobody works on it although it is not complete.
        var isLost: Bool { queued == nil && journal != .completed }

        var queueText: String { queued?.state ?? ended.map { "\($0.state) \($0.detail)" } ?? "-" }
    }

    let submission: Submission
    let shards: [ShardStatus]
    /// The last merge, where the cluster knows of it.
    let merge: SlurmTask?
    /// The arrays that wait or run.
    let liveArrays: [Int]

    var lines: [String] {
        var lines = ["shard  episodes     journal      queue"]
        for shard in shards {
            let episodes = "\(shard.done)/\(shard.planned)"
            let journal = shard.isLost && shard.journal == .running ? "killed" : shard.journal?.rawValue ?? "-"
            lines.append(
                [(String(shard.number), 7), (episodes, 13), (journal, 13), (shard.queueText, 0)].map { text, width in
                    text + String(repeating: " ", count: max(0, width - text.count))
                }.joined())
        }
        lines.append("merge: \(merge.map { "\($0.state) \($0.detail)" } ?? "-")")
        let lost = shards.filter(\.isLost).map { String($0.number) }
        if !lost.isEmpty {
            lines.append("lost: \(lost.joined(separator: ", ")); put them back with gage submit requeue")
        }
        return lines
    }

    var json: JSONValue {
        [
            "run_id": .string(submission.runID),
            "shards": .array(
                shards.map {
                    [
                        "shard": JSONValue($0.number), "done": JSONValue($0.done), "planned": JSONValue($0.planned),
                        "journal": $0.journal.map { .string($0.rawValue) } ?? .null,
                        "queue": $0.queued.map { .string($0.state) } ?? .null,
                        "ended": $0.ended.map { .string($0.state) } ?? .null, "lost": .bool($0.isLost),
                    ]
                }),
            "merge": merge.map { .string($0.state) } ?? .null,
        ]
    }
}
