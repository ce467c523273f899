import Glibc
import JSON
import Processes
import Testing

/// Runs whose model server gage starts itself: a real OpenAI-compatible program under vLLM's flags.
@Suite("Managed model servers, through the binary")
struct ManagedServerTests {
    @Test func aRunStartsItsServerUsesItAndEndsIt() async throws {
        let work = try ServerWork()
        let result = try await Processes.run(work.command("r", ["--fail-on-error"]))
        #expect(result.code == 0, "\(result.complaint)")
        #expect(try work.directory.json("r/summary.json").at("outcomes.scored") == 20)
        #expect(try work.starts == 1)
        #expect(try await work.allAreGone())
        #expect(try work.directory.text("r/logs/model_server_local.log").contains("listening on"))
        let events = try work.directory.text("r/events.jsonl")
        #expect(events.contains("model_server_ready") && events.contains("model_server_ended"))
        // Nothing is left to do, so that no server is needed.
        let again = try await Processes.run(work.command("r"))
        #expect(again.code == 0, "\(again.complaint)")
        #expect(try work.starts == 1)
    }

    @Test func aServerThatCannotCallToolsStopsTheRunBeforeAnyEpisodeCounts() async throws {
        let work = try ServerWork()
        let result = try await Processes.run(
            work.command("r", ["--set", "backends.local.config.tool_call_parser=hermes"]))
        #expect(result.code == 2, "\(result.complaint)")
        #expect(result.complaint.contains("the model server cannot call tools"), "\(result.complaint)")
        #expect(try work.directory.json("r/summary.json").at("outcomes.scored") == 0)
        #expect(try await work.allAreGone())
    }

    @Test func aServerThatDiesIsStartedAgainAndNothingIsLost() async throws {
        let work = try ServerWork()
        let child = try await ChildProcess.start(work.command("r", ["--json", "--set", "tasks[0].trials=20"]))
        while let line = try await child.nextLine(), !Self.showsProgress(line) {}
        let server = try #require(try work.processes.first)
        kill(server, SIGKILL)
        while try await child.nextLine() != nil {}
        #expect(try await child.wait().code == 0)
        let summary = try work.directory.json("r/summary.json")
        #expect(summary.at("outcomes.scored") == 400)
        #expect(try work.starts == 2)
        #expect(try await work.allAreGone())
    }

    @Test(arguments: [SIGKILL, SIGTERM])
    func nothingOutlivesGage(signal: Int32) async throws {
        let work = try ServerWork()
        let child = try await ChildProcess.start(work.command("r", ["--json", "--set", "tasks[0].trials=60"]))
        while let line = try await child.nextLine(), !Self.showsProgress(line) {}
        #expect(try work.processes.count == 2)
        kill(child.processIdentifier, signal)
        while try await child.nextLine() != nil {}
        #expect(try await child.wait().code == (signal == SIGKILL ? 128 + SIGKILL : 130))
        #expect(try await work.allAreGone())
        let last = try await Processes.run(work.command("r", ["--set", "tasks[0].trials=60"]))
        #expect(last.code == 0, "\(last.complaint)")
        #expect(try work.directory.json("r/summary.json").at("outcomes.scored") == 1200)
    }
}

extension ManagedServerTests {
    /// Whether a line says that some episode has been scored, so that the server is at work.
    static func showsProgress(_ line: String) -> Bool {
        line.contains("\"progress\"") && !line.contains("\"scored\":0")
    }
}

/// Twenty questions to a model that `gage mock-server` plays, under a program that takes vLLM's flags.
struct ServerWork: ~Copyable {
    let directory: TemporaryDirectory

    init() throws {
        let directory = try TemporaryDirectory()
        try directory.write(Self.program, to: "vllm")
        chmod("\(directory.path)/vllm", 0o755)
        try directory.write(Self.configuration, to: "run.yaml")
        let records = (0..<20).map { "{\"id\": \"s\($0)\", \"question\": \"\($0)?\", \"answer\": \"fine\"}" }
        try directory.write(records.joined(separator: "\n"), to: "data.jsonl")
        try directory.write("", to: "processes")
        self.directory = directory
    }

    func command(_ id: String, _ arguments: [String] = []) -> ProcessCommand {
        let environment = ["GAGE": GageBinary.path, "STATE": directory.path, "VLLM": "\(directory.path)/vllm"]
        return GageBinary.command(
            ["run", "--config", "run.yaml", "--run-id", id, "--output-dir", directory.path, "-q"] + arguments,
            in: directory.path, environment: environment)
    }

    /// The server's own process and its worker, for each start.
    var processes: [Int32] {
        get throws { try directory.text("processes").split(separator: "\n").compactMap { Int32($0) } }
    }

    var starts: Int { get throws { try processes.count / 2 } }

    /// Whether all processes have ended, or do within moments.
    func allAreGone() async throws -> Bool {
        for _ in 0..<1000 {
            if try processes.allSatisfy(Self.isGone) { return true }
            try await Task.sleep(for: .milliseconds(5))
        }
        return false
    }

    private static func isGone(_ process: Int32) -> Bool {
        guard kill(process, 0) == 0 else { return true }
        guard let file = fopen("/proc/\(process)/stat", "r") else { return true }
        defer { fclose(file) }
        var buffer = [CChar](repeating: 0, count: 512)
        guard fgets(&buffer, 512, file) != nil else { return true }
        // Ended, and nobody has waited for it yet.
        return String(decoding: buffer.map { UInt8(bitPattern: $0) }, as: UTF8.self).contains(") Z ")
    }

    private static let program = """
        #!/bin/sh
        # serve MODEL --host H --port P [...]
        model=$2
        while [ $# -gt 0 ]; do
            case $1 in --host) host=$2 ;; --port) port=$2 ;; esac
            shift
        done
        sleep 600 </dev/null >/dev/null 2>&1 &
        printf '%s\\n' $$ $! >>"$STATE/processes"
        exec "$GAGE" mock-server --host "$host" --port "$port" --model "$model" --mode fixed --text fine --latency 2
        """

    private static let configuration = """
        api_version: gage/v1
        kind: PipelineConfig
        metadata: {name: served}
        datasets:
          - dataset_id: data
            loader: jsonl
            params: {path: data.jsonl, preprocess: default}
        backends:
          - backend_id: local
            type: vllm_server
            config: {model: tiny/model, command: ["${VLLM}", serve], startup_timeout_s: 60, max_retries: 8}
        role_adapters:
          - {adapter_id: model, role_type: dut_model, backend_id: local}
        metrics:
          - metric_id: exact_match
            implementation: exact_match
        tasks:
          - task_id: ask
            dataset_id: data
            concurrency: 4
            steps:
              - {step: inference, adapter_id: model}
              - {step: auto_eval}
        """
}
