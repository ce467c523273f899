import Engine
import Evaluation
import FoundationEssentials
import GageConfiguration
import GageTesting
import Glibc
import JSON
import Models
import Sandboxes
import Storage
import Testing

@testable import AppWorld

/// Runs on the stand-in in which something goes wrong.
@Suite("Faults on the stand-in", .enabled { await StandInRun.isPossible() }, .serialized, .timeLimit(.minutes(5)))
struct StandInFaultTests {
    private func setup(_ subset: String = "train") throws -> StandInRun {
        var setup = try StandInRun()
        setup.set = [
            "datasets.train.params.path": "\(setup.data.path)/\(subset).jsonl",
            "datasets.train.params.preprocess_kwargs.subset": subset,
            "datasets.dev.params.path": "\(setup.data.path)/dev.jsonl", "tasks.appworld_dev.max_samples": "0",
        ]
        return setup
    }

    @Test("A task whose container is taken away is done in a fresh one", arguments: ["train", "test_normal"])
    func freshContainer(subset: String) async throws {
        var setup = try setup(subset)
        setup.set["tasks.appworld_train.max_retries"] = "2"
        let task = subset == "train" ? "5a1d0c1_2" : "c3f40e9_2"
        var run = try setup.run(try setup.plan("demo.yaml"))
        let id = "fresh-\(subset)"
        run.options.runID = id
        let agents = BrainModel(name: "scripted", brain: try StandInRun.agents("gold"))
        run.models = FixedModels(["scripted_agent": Saboteur(agents, task: task, run: id)])
        let result = try await run.run()
        #expect(result.outcomes.scored == 3)
        let journal = contents(of: "\(run.directory.path)/\(id)").filter { $0.key.hasPrefix("run.sqlite") }
        #expect(!journal.isEmpty)
        let samples = contents(of: "\(run.directory.path)/\(id)")["events.jsonl"] ?? []
        let events = String(decoding: samples, as: UTF8.self).split(separator: "\n")
        let starts = events.filter { $0.contains("sandbox_started") && $0.contains(task) }
        #expect(starts.count == 2)
    }

    @Test("An agent whose time is up is judged, and has not done its task")
    func timeLimit() async throws {
        var setup = try setup()
        setup.set["tasks.appworld_train.timeout_s"] = "20"
        setup.set["sandbox_profiles.appworld.runtime_configs.env"] =
            "{STAND_IN_HANG_CALL: notes__show_note, STAND_IN_FAULT_TASK: 5a1d0c1_3}"
        let run = try setup.run(try setup.plan("demo.yaml"))
        let result = try await run.run()
        let records = try run.records()
        #expect(result.outcomes.scored == 3, "\(records.map(\.outcome))")
        let record = try #require(records.first { $0.id.sample == "5a1d0c1_3" })
        #expect(record.trajectory.termination == .timeout)
        #expect(record.judgeOutput["appworld"]?["tgc"] == 0.0)
    }

    @Test("A task that cannot be opened is an error that says why, and no zero")
    func cannotOpen() async throws {
        var setup = try setup()
        setup.set["tasks.appworld_train.max_retries"] = "0"
        setup.set["sandbox_profiles.appworld.runtime_configs.env"] =
            "{STAND_IN_INITIALIZE_FAILURES: 9, STAND_IN_FAULT_TASK: 5a1d0c1_1}"
        let run = try setup.run(try setup.plan("demo.yaml"))
        #expect(try await run.run().outcomes.scored == 2)
        let record = try #require(try run.records().first { $0.id.sample == "5a1d0c1_1" })
        #expect("\(record.outcome)".contains("status 500"))
    }

    @Test("Nothing is left of a run that is killed, once somebody looks")
    func killed() async throws {
        let client = try await DockerClient.connect(environment: StandInRun.environment)
        await #expect(processExitsWith: .signal(SIGKILL)) {
            var setup = try StandInRun()
            setup.set = [
                "datasets.train.params.path": "\(setup.data.path)/all.jsonl",
                "datasets.dev.params.path": "\(setup.data.path)/dev.jsonl", "tasks.appworld_train.concurrency": "4",
            ]
            var run = try setup.run(try setup.plan("demo.yaml"), playing: try StandInRun.agents("gold"))
            run.options.runID = "killed-appworld"
            let client = try await DockerClient.connect(environment: StandInRun.environment)
            let running = run
            async let result = running.run()
            while try await client.listContainers(labels: ["gage.run=killed-appworld"]).count < 4 {
                try await Task.sleep(for: .milliseconds(50))
            }
            kill(getpid(), SIGKILL)
            _ = try await result
        }
        #expect(try await client.listContainers(labels: ["gage.run=killed-appworld"]).count >= 4)
        // What `gage sandbox clean` does, and the first sandbox of the next run.
        _ = try await SandboxHousekeeping(environment: StandInRun.environment).clean(.abandoned)
        #expect(try await client.listContainers(labels: ["gage.run=killed-appworld"]).isEmpty)
    }
}
