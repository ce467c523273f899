import JSON
import Processes
import Testing

/// More episodes at once than the shell allows open files.
@Suite("Open files")
struct OpenFilesTests {
    // A soft limit is raised; under a hard one, requests wait for connections.
    @Test(arguments: ["-S", "-H -S"])
    func episodesOutnumberOpenFiles(kind: String) async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path
        let count = 160
        let records = (0..<count).map { "{\"id\": \"s\($0)\", \"question\": \"\($0)?\", \"answer\": \"\($0)?\"}" }
        try directory.write(records.joined(separator: "\n"), to: "data.jsonl")
        try directory.write(Self.configuration, to: "run.yaml")
        let result = try await Serving.withServer(["mock-server", "--port", "0", "--latency", "100"]) { url, _ in
            var command = GageBinary.command(
                ["run", "--config", "run.yaml", "--run-id", "r", "--output-dir", path, "-q"], in: path,
                environment: ["MODEL_URL": url])
            let words = [command.executable] + command.arguments
            command.executable = "/bin/sh"
            command.arguments = ["-c", "ulimit \(kind) -n 96 && exec \"$@\"", "limited"] + words
            return try await Processes.run(command)
        }
        #expect(result.code == 0, "\(result.complaint)")
        #expect(try directory.json("r/summary.json").at("outcomes.scored") == JSONValue(count))
    }

    private static let configuration = """
        api_version: gage/v1
        kind: PipelineConfig
        metadata: {name: files}
        datasets:
          - dataset_id: data
            loader: jsonl
            params: {path: data.jsonl, preprocess: default}
        backends:
          - backend_id: model
            type: openai_http
            config: {base_url: "${MODEL_URL}", model: mock, max_retries: 0, async_max_concurrency: 160}
        role_adapters:
          - {adapter_id: model, role_type: dut_model, backend_id: model}
        metrics:
          - metric_id: exact_match
            implementation: exact_match
        tasks:
          - task_id: files
            dataset_id: data
            concurrency: 160
            max_retries: 0
            steps:
              - {step: inference, adapter_id: model}
              - {step: auto_eval}
        """
}
