import Glibc
import JSON
import Processes
import Testing

/// A run is killed at random moments and goes on each time; it must end as an undisturbed run does.
@Suite("Killing a run")
struct KillTests {
    /// How often a run is killed, at moments drawn from the printed seed.
    static let kills = 50

    @Test(.timeLimit(.minutes(10)))
    func nothingIsLostAndNothingIsDoneTwice() async throws {
        let directory = try TemporaryDirectory()
        try directory.write(EchoRun.configuration("killed"), to: "run.yaml")
        try directory.write(EchoRun.records, to: "data.jsonl")
        let undisturbed = try await Self.run("calm", in: directory.path)
        #expect(undisturbed.code == 0, "\(undisturbed.complaint)")

        let seed = UInt64.random(in: 0...UInt64.max)
        print("kill test: seed \(seed)")
        var random = SplitMix(state: seed)
        var killed = 0
        for _ in 0..<Self.kills {
            var command = Self.command("killed", in: directory.path)
            command.deadline = .milliseconds(Int.random(in: 5...120, using: &random))
            command.gracePeriod = .zero
            if try await Processes.run(command).timedOut { killed += 1 }
        }
        let last = try await Self.run("killed", in: directory.path)
        #expect(last.code == 0, "\(last.complaint)")
        #expect(killed > Self.kills / 2, "only \(killed) of \(Self.kills) runs were caught alive")
        #expect(try Timeless.summary(directory, "killed") == Timeless.summary(directory, "calm"))

        let ids = try directory.text("killed/samples.jsonl").split(separator: "\n").map { line in
            try JSONValue.parse(String(line))["sample_id"]?.stringValue
        }
        #expect(ids.count == 400)
        #expect(Set(ids).count == 400)
        for line in try directory.text("killed/events.jsonl").split(separator: "\n") {
            #expect(throws: Never.self) { try JSONValue.parse(String(line)) }
        }
    }

    @Test func twoProcessesOnOneRunAreRefused() async throws {
        let directory = try TemporaryDirectory()
        try directory.write(EchoRun.configuration("killed"), to: "run.yaml")
        try directory.write(EchoRun.records, to: "data.jsonl")
        var command = Self.command("one", in: directory.path)
        command.arguments += Self.longer
        let child = try await ChildProcess.start(command)
        // The first process holds the run once it reports progress; stopped, it holds it for as long as we look.
        while let line = try await child.nextLine(), !line.contains("progress") {}
        kill(child.processIdentifier, SIGSTOP)
        defer { kill(child.processIdentifier, SIGKILL) }
        let second = try await Processes.run(command)
        #expect(second.code == 2)
        #expect(second.complaint.contains("\(child.processIdentifier)"))
    }

    @Test func anInterruptLetsWhatIsInFlightFinish() async throws {
        let directory = try TemporaryDirectory()
        try directory.write(EchoRun.configuration("killed"), to: "run.yaml")
        try directory.write(EchoRun.records, to: "data.jsonl")
        var command = Self.command("int", in: directory.path)
        command.arguments += Self.longer
        let child = try await ChildProcess.start(command)
        while let line = try await child.nextLine(), !line.contains("progress") {}
        kill(child.processIdentifier, SIGINT)
        while try await child.nextLine() != nil {}
        let result = try await child.wait()
        #expect(result.code == 130)
        #expect(try directory.json("int/summary.json").at("run.status") == "interrupted")
        let scored = try #require(try directory.json("int/summary.json").at("outcomes.scored")?.intValue)
        #expect(try directory.text("int/samples.jsonl").split(separator: "\n").count == scored)
    }

    /// Makes a run so long that it is still going on when something is done to it.
    private static let longer = ["--set", "tasks[0].trials=2000"]

    private static func command(_ id: String, in directory: String) -> ProcessCommand {
        GageBinary.command(
            ["run", "--config", "run.yaml", "--run-id", id, "--output-dir", directory, "--json"], in: directory)
    }

    private static func run(_ id: String, in directory: String) async throws -> ProcessResult {
        try await Processes.run(command(id, in: directory))
    }
}

/// SplitMix64, so that a failing test can be repeated from its printed seed.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
