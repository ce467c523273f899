import Glibc
import JSON
import Processes
import Testing

/// Runs of the binary that are looked at and told what to do while they go on.
@Suite("Runs that go on", .timeLimit(.minutes(3)))
struct LiveRunTests {
    @Test func aRunIsPausedTunedAndStoppedAndGoesOn() async throws {
        try await Self.withModels(["--latency", "150", "--fault", "server_error/2"]) { directory, models in
            let child = try await Self.start("live", in: directory, models: models)
            let errored = try await Self.await("live", in: directory) { Self.errored($0) >= 1 }
            #expect(errored["state"] == "running")
            #expect(try await Self.gage(["suspend", "live"], in: directory).output == "live: paused\n")
            let paused = try await Self.await("live", in: directory) {
                $0["state"] == "paused" && Self.first($0)["running"]?.intValue == 0
            }
            let done = Self.first(paused)["done"]?.intValue
            #expect(Self.first(try await Self.ps("live", in: directory))["done"]?.intValue == done)

            // A failed episode again, with more room than before.
            let requeued = try await Self.gage(["requeue", "live", "echo:s1__trial_0"], in: directory)
            #expect(requeued.output == "live: to be attempted again: 1 episode\n", "\(requeued.complaint)")
            let refused = try await Self.gage(["requeue", "live", "echo:s0__trial_0"], in: directory)
            #expect(refused.code == 2)
            #expect(refused.complaint.contains("is scored, not errored"))
            let tuned = try await Self.gage(
                ["tune", "live", "--task", "echo", "--concurrency", "3"], in: directory)
            #expect(tuned.output == "live: 3 episodes of echo at once\n")
            let unknown = try await Self.gage(["tune", "live", "--task", "eko", "--concurrency", "3"], in: directory)
            #expect(unknown.code == 2)
            #expect(unknown.complaint.contains("has no task 'eko'"))
            #expect(unknown.complaint.contains("echo"))
            _ = try await Self.gage(["resume", "live"], in: directory)
            _ = try await Self.await("live", in: directory) { Self.first($0)["running"]?.intValue == 3 }

            #expect(try await Self.gage(["stop", "live"], in: directory).output == "live: stopping\n")
            let ending = try await child.wait()
            #expect(ending.code == 130)
            #expect(try await Self.gage(["ps"], in: directory).complaint.contains("no run goes on"))
            #expect(access("\(directory.path)/runs/live/control.sock", F_OK) != 0)
            #expect(try Self.endings(of: "s1", "live", in: directory) == 2)

            let rest = try await Self.start("live", in: directory, models: models, ["--concurrency", "8"]).wait()
            #expect(rest.code == 0, "\(rest.complaint)")
            let outcomes = try directory.json("runs/live/summary.json")["outcomes"]
            #expect(outcomes?["scored"]?.intValue.map { $0 > 0 } == true)
            #expect(try directory.text("runs/live/samples.jsonl").split(separator: "\n").count == 40)
        }
    }

    @Test func aCancelledTaskIsNeitherScoredNorLost() async throws {
        try await Self.withModels(["--latency", "100"]) { directory, models in
            let child = try await Self.start("two", in: directory, models: models)
            _ = try await Self.await("two", in: directory) { (Self.first($0)["done"]?.intValue ?? 0) >= 2 }
            #expect(try await Self.gage(["cancel", "two", "--task", "echo"], in: directory).code == 0)
            let next = try await Self.await("two", in: directory) { status in
                status["tasks"]?.arrayValue?.last?["state"] == "running"
            }
            #expect(Self.first(next)["state"] == "cancelled")
            _ = try await Self.gage(["tune", "two", "--task", "again", "--concurrency", "40"], in: directory)
            let ending = try await child.wait()
            #expect(ending.code == 130)
            let summary = try directory.json("runs/two/summary.json")
            #expect(summary.at("run.status") == "stopped")
            #expect(summary.at("run.status_reason")?.stringValue?.contains("cancelled the task echo") == true)
            let scored = try #require(summary.at("outcomes.scored")?.intValue)
            #expect(scored >= 42 && scored < 80)
            #expect(summary.at("outcomes.errored") == [:] || summary.at("outcomes.errored") == 0, "\(summary)")

            let rest = try await Self.start(
                "two", in: directory, models: models, ["--concurrency", "40"]
            ).wait()
            #expect(rest.code == 0, "\(rest.complaint)")
            #expect(try directory.json("runs/two/summary.json").at("outcomes.scored") == 80)
        }
    }

    @Test func shardsAreStoppedTogetherAndKilledOnesLeaveNothing() async throws {
        try await Self.withModels(["--latency", "200"]) { directory, models in
            var children: [ChildProcess] = []
            for shard in ["1/2", "2/2"] {
                children.append(try await Self.start("parts", in: directory, models: models, ["--shard", shard]))
            }
            while try await Self.list(in: directory).count(where: { $0["state"] == "running" }) < 2 {}
            let listed = try await Self.list(in: directory)
            #expect(listed.map { $0["shard"]?.stringValue } == ["1/2", "2/2"])
            #expect(listed.allSatisfy { $0["run_id"] == "parts" })
            let socket = "\(directory.path)/runs/parts/shards/1-of-2/control.sock"
            var status = stat()
            #expect(stat(socket, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600)

            kill(children[0].processIdentifier, SIGKILL)
            _ = try await children[0].wait()
            #expect(access(socket, F_OK) == 0)
            let found = try await Self.gage(["ps"], in: directory)
            #expect(found.complaint.contains("removed 1 socket of killed runs"))
            #expect(found.output.contains("parts 2/2"))
            #expect(access(socket, F_OK) != 0)

            let stopped = try await Self.gage(["stop", "parts", "--now"], in: directory)
            #expect(stopped.output == "parts 2/2: stopping at once\n")
            #expect(try await children[1].wait().code == 130)
            let none = try await Self.gage(["stop", "parts"], in: directory)
            #expect(none.code == 2)
            #expect(none.complaint.contains("no run 'parts' goes on"))
        }
    }

    // MARK: Helpers

    private static func withModels(
        _ arguments: [String], _ body: (borrowing TemporaryDirectory, String) async throws -> Void
    ) async throws {
        let directory = try TemporaryDirectory()
        try directory.write(configuration, to: "run.yaml")
        try directory.write(configuration + secondTask, to: "two.yaml")
        let records = (0..<40).map { "{\"id\": \"s\($0)\", \"question\": \"\($0)?\", \"answer\": \"\($0)?\"}" }
        try directory.write(records.joined(separator: "\n"), to: "data.jsonl")
        try await Serving.withServer(["mock-server", "--port", "0"] + arguments) { models, _ in
            try await body(directory, models)
        }
    }

    private static func start(
        _ id: String, in directory: borrowing TemporaryDirectory, models: String, _ more: [String] = []
    ) async throws -> ChildProcess {
        let configuration = id == "two" ? "two.yaml" : "run.yaml"
        let arguments = ["run", "--config", configuration, "--run-id", id, "-q"] + more
        return try await ChildProcess.start(
            GageBinary.command(arguments, in: directory.path, environment: ["MODELS": models]))
    }

    private static func gage(
        _ arguments: [String], in directory: borrowing TemporaryDirectory
    ) async throws -> ProcessResult {
        try await Processes.run(GageBinary.command(arguments, in: directory.path))
    }

    private static func list(in directory: borrowing TemporaryDirectory) async throws -> [JSONValue] {
        let result = try await gage(["ps", "--json"], in: directory)
        return try result.output.split(separator: "\n").map { try JSONValue.parse(String($0)) }
    }

    private static func ps(_ id: String, in directory: borrowing TemporaryDirectory) async throws -> JSONValue {
        try await list(in: directory).first { $0["run_id"]?.stringValue == id } ?? [:]
    }

    private static func `await`(
        _ id: String, in directory: borrowing TemporaryDirectory, _ isContent: (JSONValue) -> Bool
    ) async throws -> JSONValue {
        while true {
            let status = try await ps(id, in: directory)
            if isContent(status) { return status }
        }
    }

    private static func first(_ status: JSONValue) -> JSONValue { status["tasks"]?.arrayValue?.first ?? [:] }

    private static func errored(_ status: JSONValue) -> Int {
        first(status)["errored"]?.objectValue?.reduce(0) { $0 + ($1.value.intValue ?? 0) } ?? 0
    }

    private static func endings(
        of sample: String, _ id: String, in directory: borrowing TemporaryDirectory
    ) throws -> Int {
        try directory.text("runs/\(id)/events.jsonl").split(separator: "\n").count { line in
            let event = try JSONValue.parse(String(line))
            return event["event"] == "episode_finished" && event["sample_id"]?.stringValue == sample
        }
    }

    private static let secondTask = """

          - task_id: again
            dataset_id: data
            concurrency: 1
            steps:
              - {step: inference, adapter_id: model}
              - {step: auto_eval}
        """

    private static let configuration = """
        api_version: gage/v1
        kind: PipelineConfig
        metadata: {name: live}
        datasets:
          - dataset_id: data
            loader: jsonl
            params: {path: data.jsonl, preprocess: default}
        backends:
          - backend_id: mock
            type: openai_http
            config: {base_url: "${MODELS}", model: mock, max_retries: 0}
        role_adapters:
          - {adapter_id: model, role_type: dut_model, backend_id: mock}
        metrics:
          - metric_id: exact_match
            implementation: exact_match
        tasks:
          - task_id: echo
            dataset_id: data
            concurrency: 1
            max_retries: 0
            steps:
              - {step: inference, adapter_id: model}
              - {step: auto_eval}
        """
}
