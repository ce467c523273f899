import Glibc
import JSON
import Processes
import Testing

/// A run done in parts, through the binary, against the same run done by one process.
@Suite("Shards and merge")
struct ShardTests {
    @Test(.timeLimit(.minutes(10)))
    func killedShardsMergeIntoTheSingleProcessRun() async throws {
        let work = try ShardWork()
        #expect(try await work.run("whole").code == 0)

        let seed = UInt64.random(in: 0...UInt64.max)
        print("shard test: seed \(seed)")
        var random = SplitMix(state: seed)
        var killed = 0
        for number in 1...3 {
            for _ in 0..<4 {
                var command = work.command("parts", ["--shard", "\(number)/3"])
                command.deadline = .milliseconds(Int.random(in: 5...80, using: &random))
                command.gracePeriod = .zero
                if try await Processes.run(command).timedOut { killed += 1 }
            }
            let last = try await work.run("parts", ["--shard", "\(number)/3"])
            #expect(last.code == 0, "\(last.complaint)")
        }
        #expect(killed > 0)
        let merged = try await work.merge("--run-id", "parts")
        #expect(merged.code == 0, "\(merged.complaint)")
        #expect(try Timeless.summary(work.directory, "parts") == Timeless.summary(work.directory, "whole"))
        #expect(try work.episodes("parts") == work.episodes("whole"))
        #expect(try work.episodes("parts").count == 160)
        #expect(try work.directory.json("parts/merge.json").at("duplicates.contested") == 0)
        // A shard's share is every third sample, whatever the task.
        for number in 1...3 {
            let places = try work.samples("parts/shards/\(number)-of-3").map { $0 % 3 }
            #expect(Set(places) == [number - 1])
        }
    }

    @Test func aLostShardIsListedAndItsShareDoneAfterwards() async throws {
        let work = try ShardWork()
        #expect(try await work.run("whole").code == 0)
        for number in [1, 3, 4] {
            #expect(try await work.run("lost", ["--shard", "\(number)/4"]).code == 0)
        }
        let refused = try await work.run("lost")
        #expect(refused.code == 2)
        #expect(refused.complaint.contains("gage merge --run-id lost"), "\(refused.complaint)")

        let partial = try await work.merge("--run-id", "lost")
        #expect(partial.code == 3)
        #expect(partial.complaint.contains("40 of 160 episodes are missing"), "\(partial.complaint)")
        #expect(partial.complaint.contains("one:s1__trial_0 (shard 2/4)"), "\(partial.complaint)")
        #expect(partial.complaint.contains("not begun: shard 2/4"))
        let summary = try work.directory.json("lost/summary.json")
        #expect(summary.at("run.status") == "stopped")
        #expect(summary.at("outcomes.coverage")?.doubleValue == 0.75)
        #expect(try await work.merge("--run-id", "lost", "--allow-partial").code == 0)

        #expect(try await work.run("lost").code == 0)
        #expect(try Timeless.summary(work.directory, "lost") == Timeless.summary(work.directory, "whole"))
        // Merging once more takes nothing away from what was done after the first time.
        let again = try await work.merge("--run-id", "lost")
        #expect(again.code == 0, "\(again.complaint)")
        #expect(try Timeless.summary(work.directory, "lost") == Timeless.summary(work.directory, "whole"))
        #expect(try work.directory.json("lost/merge.json").at("duplicates.identical") == 120)
    }

    @Test func aShardThatComesLaterIsMergedOnTop() async throws {
        let work = try ShardWork()
        #expect(try await work.run("late", ["--shard", "1/2"]).code == 0)
        #expect(try await work.merge("--run-id", "late").code == 3)
        #expect(try await work.run("late", ["--shard", "2/2"]).code == 0)
        #expect(try await work.merge("--run-id", "late").code == 0)
        #expect(try await work.run("whole").code == 0)
        #expect(try Timeless.summary(work.directory, "late") == Timeless.summary(work.directory, "whole"))
    }

    @Test(arguments: [
        (["--set", "seed=8"], "seed 8 and not 0"), (["--set", "tasks[0].trials=3"], "/tasks/0/trials: 2 became 3"),
        (["--max-samples", "20"], "{\"max_samples\":20} and not {}"),
    ])
    func shardsOfOtherRunsAreRefused(change: [String], reason: String) async throws {
        let work = try ShardWork()
        #expect(try await work.run("mixed", ["--shard", "1/2"]).code == 0)
        #expect(try await work.run("mixed", ["--shard", "2/2"] + change).code == 0)
        let refused = try await work.merge("--run-id", "mixed")
        #expect(refused.code == 2)
        #expect(refused.complaint.contains(reason), "\(refused.complaint)")
        #expect(refused.complaint.contains("2/2"))
        #expect(access("\(work.directory.path)/mixed/run.sqlite", F_OK) != 0)
    }

    @Test func aBoundOnSamplesHoldsForTheMergedRunToo() async throws {
        let work = try ShardWork()
        for number in 1...2 {
            #expect(try await work.run("few", ["--shard", "\(number)/2", "--max-samples", "5"]).code == 0)
        }
        let merged = try await work.merge("--run-id", "few")
        #expect(merged.code == 0, "\(merged.complaint)")
        #expect(try await work.run("whole", ["--max-samples", "5"]).code == 0)
        #expect(try Timeless.summary(work.directory, "few") == Timeless.summary(work.directory, "whole"))
    }

    @Test func aShardThatIsBeingWorkedOnIsRefusedOrLeftOut() async throws {
        let work = try ShardWork()
        // So long that the second shard is still at work when it is stopped.
        let longer = ["--set", "tasks[0].trials=100"]
        #expect(try await work.run("busy", ["--shard", "1/2"] + longer).code == 0)
        let child = try await ChildProcess.start(
            work.command("busy", ["--shard", "2/2", "--json"] + longer))
        while let line = try await child.nextLine(), !line.contains("progress") {}
        kill(child.processIdentifier, SIGSTOP)
        defer { kill(child.processIdentifier, SIGKILL) }
        let refused = try await work.merge("--run-id", "busy")
        #expect(refused.code == 2)
        #expect(refused.complaint.contains("shard 2/2: another gage process (pid \(child.processIdentifier))"))
        let partial = try await work.merge("--run-id", "busy", "--allow-partial")
        #expect(partial.code == 0, "\(partial.complaint)")
        #expect(partial.complaint.contains("left out shard 2/2"))
    }

    @Test func directoriesFromElsewhereAreMergedByName() async throws {
        let work = try ShardWork()
        for number in 1...2 {
            #expect(try await work.run("far", ["--shard", "\(number)/2"], output: "machine-\(number)").code == 0)
        }
        let merged = try await work.merge(
            "\(work.directory.path)/machine-1/far/shards/1-of-2", "\(work.directory.path)/machine-2/far/shards/2-of-2")
        #expect(merged.code == 0, "\(merged.complaint)")
        #expect(try await work.run("whole").code == 0)
        #expect(try Timeless.summary(work.directory, "far") == Timeless.summary(work.directory, "whole"))
    }

    @Test func goingOnWithAShardByItsDirectoryStaysWithinTheShard() async throws {
        let work = try ShardWork()
        #expect(try await work.run("r", ["--shard", "2/3"]).code == 0)
        let again = try await GageBinary.run(
            "retry", "\(work.directory.path)/r/shards/2-of-3", "-q", in: work.directory.path)
        #expect(again.code == 0, "\(again.complaint)")
        #expect(try work.episodes("r/shards/2-of-3").count == 52)
    }

    @Test(arguments: ["0/2", "3/2", "1", "1/", "a/b", "+1/2", "1/0", "1/100001"])
    func whatIsNoShardIsRefused(text: String) async throws {
        let work = try ShardWork()
        #expect(try await work.run("r", ["--shard", text]).code == 2)
    }

    @Test func aShardNeedsARunID() async throws {
        let result = try await GageBinary.run("run", "--config", "config/quickstart.yaml", "--shard", "1/2")
        #expect(result.code == 2)
        #expect(result.complaint.contains("--shard needs --run-id"))
    }
}

/// Two tasks over the same forty questions, in a directory of their own.
struct ShardWork: ~Copyable {
    let directory: TemporaryDirectory

    init() throws {
        let directory = try TemporaryDirectory()
        try directory.write(EchoRun.configuration("shards", tasks: ["one", "two"]), to: "run.yaml")
        let records = (0..<40).map { "{\"id\": \"s\($0)\", \"question\": \"\($0)?\", \"answer\": \"\($0 % 7)?\"}" }
        try directory.write(records.joined(separator: "\n"), to: "data.jsonl")
        self.directory = directory
    }

    func command(_ id: String, _ arguments: [String] = [], output: String? = nil) -> ProcessCommand {
        let place = output.map { "\(directory.path)/\($0)" } ?? directory.path
        return GageBinary.command(
            ["run", "--config", "run.yaml", "--run-id", id, "--output-dir", place] + arguments, in: directory.path)
    }

    func run(_ id: String, _ arguments: [String] = [], output: String? = nil) async throws -> ProcessResult {
        try await Processes.run(command(id, arguments + ["-q"], output: output))
    }

    func merge(_ arguments: String...) async throws -> ProcessResult {
        try await Processes.run(
            GageBinary.command(["merge", "--output-dir", directory.path] + arguments, in: directory.path))
    }

    /// Every episode's name, answer and scores, in the order of `samples.jsonl`.
    func episodes(_ run: String) throws -> [JSONValue] {
        try directory.text("\(run)/samples.jsonl").split(separator: "\n").map { line in
            var line = try JSONValue.parse(String(line))
            line["duration_s"] = nil
            line["trajectory"] = nil
            return line
        }
    }

    /// The numbers of the samples in a run, as they stand.
    func samples(_ run: String) throws -> [Int] {
        try episodes(run).compactMap { $0.at("sample.id")?.stringValue.flatMap { Int($0.dropFirst()) } }
    }
}
