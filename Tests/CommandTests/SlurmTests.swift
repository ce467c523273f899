import Glibc
import JSON
import Processes
import Testing

/// Shards on a real Slurm; `scripts/slurm-node` brings one up.
@Suite(
    "Submitting to Slurm", .serialized,
    .enabled("no Slurm node takes jobs here; scripts/slurm-node brings one up") { await SlurmNode.isThere() })
struct SlurmTests {
    // Long enough that the killed task is still at work, on a fast machine too.
    @Test(.timeLimit(.minutes(8)))
    func aKilledTaskIsPutBackAndTheMergedRunIsTheSingleProcessOne() async throws {
        let work = try ShardWork()
        let slow = ["--set", "tasks[0].trials=300"]
        let submitted = try await work.submit(["--engine", "slurm", "--shards", "4", "--run-id", "r"] + slow)
        #expect(submitted.code == 0, "\(submitted.complaint)")
        let twice = try await work.submit(["--shards", "4", "--run-id", "r"])
        #expect(twice.code == 2 && twice.complaint.contains("submitted already"), "\(twice.complaint)")

        // One task's process is killed when it has done something.
        let victim = try await work.killShard(2, of: 4, run: "r")
        let ended = try await work.wait(forRun: "r")
        #expect(ended.lines.filter(\.isLost).map(\.number) == [2])
        #expect(access("\(work.directory.path)/r/summary.json", F_OK) == 0)
        let partial = try work.directory.json("r/summary.json")
        #expect(partial.at("run.status") == "stopped")
        #expect((partial.at("outcomes.scored")?.intValue ?? 0) < 12080)

        let requeued = try await work.gage(["submit", "requeue", "--run-id", "r"])
        #expect(requeued.code == 0 && requeued.output.contains("submitted 1 shard "), "\(requeued.complaint)")
        let done = try await work.wait(forRun: "r")
        #expect(done.lines.allSatisfy { !$0.isLost && $0.done == 3020 }, "\(done), victim \(victim)")
        #expect(try await work.run("whole", slow).code == 0)
        #expect(try Timeless.summary(work.directory, "r") == Timeless.summary(work.directory, "whole"))
        #expect(try await work.gage(["submit", "requeue", "--run-id", "r"]).complaint.contains("no shard is lost"))
        #expect(try work.directory.text("r/logs/slurm/shard-2.log").isEmpty == false)
    }

    @Test(.timeLimit(.minutes(8)))
    func cancellingLeavesWhatIsDone() async throws {
        let work = try ShardWork()
        let slow = ["--set", "tasks[0].trials=5000"]
        let submitted = try await work.submit(
            ["--shards", "2", "--run-id", "c"] + slow + ["--", "--concurrency", "1"])
        #expect(submitted.code == 0, "\(submitted.complaint)")
        try await work.waitForEpisodes(in: "c/shards/1-of-2")
        let cancelled = try await work.gage(["submit", "cancel", "--run-id", "c"])
        #expect(cancelled.code == 0, "\(cancelled.complaint)")
        let ended = try await work.wait(forRun: "c")
        #expect(ended.lines.contains { $0.isLost })
        #expect(ended.lines.reduce(0) { $0 + $1.done } > 0)
    }

    @Test func whatSlurmRefusesIsSaid() async throws {
        let work = try ShardWork()
        let refused = try await work.submit(
            ["--shards", "2", "--run-id", "r", "--sbatch-option=--partition=no-such-partition"])
        #expect(refused.code == 2)
        #expect(refused.complaint.contains("invalid partition"), "\(refused.complaint)")
        // Nothing was submitted, and so it can be submitted once more.
        #expect(access("\(work.directory.path)/r/submission.json", F_OK) != 0)
    }
}

/// The cluster of these tests.
enum SlurmNode {
    /// Whether a node takes jobs.
    static func isThere() async -> Bool {
        var command = ProcessCommand("sinfo", ["--noheader", "--format=%T"])
        command.deadline = .seconds(10)
        // A cluster that cannot be asked is none.
        let answer = (try? await Processes.run(command))?.standardOutput.text ?? ""
        return ["idle", "mixed", "allocated"].contains { answer.hasPrefix($0) }
    }
}

/// A run on a cluster as `gage submit status --json` shows it.
struct ClusterStatus {
    struct Line {
        var number: Int
        var done: Int
        var isLost: Bool
        var isQueued: Bool
    }

    var lines: [Line]
    var merge: String?
}

extension ShardWork {
    func gage(_ arguments: [String]) async throws -> ProcessResult {
        try await Processes.run(
            GageBinary.command(arguments + ["--output-dir", directory.path], in: directory.path))
    }

    func submit(_ arguments: [String]) async throws -> ProcessResult {
        let own = ["submit", "--config", "run.yaml", "--output-dir", directory.path]
        return try await Processes.run(GageBinary.command(own + arguments, in: directory.path))
    }

    func status(_ run: String) async throws -> ClusterStatus {
        let result = try await gage(["submit", "status", "--json", "--run-id", run])
        let json = try JSONValue.parse(result.output)
        let lines = (json["shards"]?.arrayValue ?? []).map { shard in
            ClusterStatus.Line(
                number: shard["shard"]?.intValue ?? 0, done: shard["done"]?.intValue ?? 0,
                isLost: shard["lost"] == true, isQueued: shard["queue"]?.stringValue != nil)
        }
        return ClusterStatus(lines: lines, merge: json["merge"]?.stringValue)
    }

    /// Waits until no shard is queued and the merge is over.
    func wait(forRun run: String) async throws -> ClusterStatus {
        while true {
            let status = try await status(run)
            let isMerging = ["PENDING", "RUNNING", "COMPLETING", "CONFIGURING"].contains(status.merge ?? "")
            if !status.lines.contains(where: \.isQueued), !isMerging { return status }
            try await Task.sleep(for: .milliseconds(300))
        }
    }

    /// Waits until a shard holds its directory and has finished episodes.
    func waitForEpisodes(in shard: String) async throws {
        while access("\(directory.path)/\(shard)/run.lock", F_OK) != 0 { try await Task.sleep(for: .milliseconds(20)) }
        while true {
            let log = (try? directory.text("\(shard)/events.jsonl")) ?? ""
            let size = size(of: "\(directory.path)/\(shard)/run.sqlite-wal")
            // Events are written late; a journal that grows says the same.
            if log.contains("episode_finished") || size > 100_000 { return }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Kills the process that works on a shard, once it has done something; returns its number.
    func killShard(_ number: Int, of count: Int, run: String) async throws -> Int32 {
        let shard = "\(run)/shards/\(number)-of-\(count)"
        try await waitForEpisodes(in: shard)
        let holder = try directory.text("\(shard)/run.lock")
        let process = try #require(Int32(holder.prefix { $0.isNumber }))
        kill(process, SIGKILL)
        return process
    }

    private func size(of path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }
}
