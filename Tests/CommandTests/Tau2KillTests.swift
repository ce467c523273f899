import Glibc
import JSON
import Processes
import Testing

/// A telecom run is killed in its middle, again and again, and must end as an undisturbed one.
@Suite(
    "Killing a telecom run",
    .enabled(if: GageBinary.reference != nil, "no reference data: set GAGE_REFERENCE to run these"))
struct Tau2KillTests {
    /// Forty tasks, twice each, half of the attempts failing.
    private static let selection = [
        "--set", "datasets[0].params.num_tasks=40", "--set", "datasets[0].params.num_trials=2", "--set",
        "tasks[0].concurrency=4",
    ]

    @Test(.timeLimit(.minutes(5)))
    func everyEpisodeIsThereOnceAndTheSummaryIsTheSame() async throws {
        let directory = try TemporaryDirectory()
        try await Tau2Serving.withMockServer("tau2-mixed") { url in
            let calm = try await Tau2Serving.run(
                "telecom_base", id: "calm", at: url, in: directory.path, Self.selection)
            #expect(calm.code == 0, "\(calm.complaint)")
            for count in [5, 30, 60] {
                try await kill(after: count, at: url, in: directory.path)
                #expect(throws: (any Error).self) { try directory.json("killed/summary.json") }
            }
            let last = try await Tau2Serving.run(
                "telecom_base", id: "killed", at: url, in: directory.path, Self.selection)
            #expect(last.code == 0, "\(last.complaint)")
        }
        #expect(try Timeless.summary(directory, "killed") == Timeless.summary(directory, "calm"))
        #expect(try directory.json("killed/summary.json").at("run.timings.sessions") == 4)
        let episodes = try ["killed", "calm"].map { run in
            try directory.text("\(run)/samples.jsonl").split(separator: "\n").map { line in
                let sample = try JSONValue.parse(String(line))
                return [sample["sample_id"], sample.at("metrics.tau2_reward.values.reward"), sample["seed"]]
            }
        }
        #expect(episodes[0] == episodes[1])
        #expect(Set(episodes[0].map(\.first)).count == 80)
    }

    /// Starts or goes on with the run and kills it once so many episodes are in its journal.
    private func kill(after count: Int, at url: String, in directory: String) async throws {
        let child = try await ChildProcess.start(
            try Tau2Serving.command("telecom_base", id: "killed", at: url, in: directory, ["--json"] + Self.selection))
        while let line = try await child.nextLine() {
            let event = try JSONValue.parse(line)
            #expect(event["event"] != "run_finished", "the run ended before it was killed")
            if (event.at("tasks[0].done")?.intValue ?? 0) >= count { break }
        }
        Glibc.kill(child.processIdentifier, SIGKILL)
        #expect(try await child.wait().code == 128 + SIGKILL)
    }
}
