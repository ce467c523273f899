import Glibc
import JSON
import Processes
import Testing

/// A small run whose models are behind a mock server, and what two such runs must have in common.
struct ReplyWork: ~Copyable {
    /// A variable that holds a key, for configurations to name.
    static let key = "sk-in-the-environment-1"
    /// Secrets that configurations write out.
    static let written = ["sk-in-the-configuration-2", "secret-in-a-header-3", "secret-in-an-address-4"]

    let directory: TemporaryDirectory

    init(samples: Int = 12) throws {
        let records = (0..<samples).map { "{\"id\": \"s\($0)\", \"question\": \"\($0)?\", \"answer\": \"\($0)?\"}" }
        let made = try TemporaryDirectory()
        try made.write(records.joined(separator: "\n"), to: "data.jsonl")
        directory = made
    }

    /// Writes a configuration whose model is at this address; `more` goes to its end.
    func configure(_ url: String, retries: Int = 2, more: String = "") throws {
        try directory.write(
            """
            api_version: gage/v1
            kind: PipelineConfig
            metadata: {name: replies}
            datasets:
              - dataset_id: data
                loader: jsonl
                params: {path: data.jsonl, preprocess: default}
            backends:
              - backend_id: echo
                type: openai_http
                config:
                  base_url: \(url)?api_key=\(Self.written[2])
                  model: mock
                  api_key: ${REPLY_TEST_KEY}
                  max_retries: \(retries)
                  extra_headers: {X-Api-Key: \(Self.written[1])}
              - backend_id: other
                type: openai_http
                config: {base_url: \(url), model: other-mock, api_key: \(Self.written[0]), max_retries: \(retries)}
            role_adapters:
              - {adapter_id: model, role_type: dut_model, backend_id: echo}
            metrics:
              - metric_id: exact_match
                implementation: exact_match
            tasks:
              - task_id: echo
                dataset_id: data
                trials: 2
                concurrency: 3
                max_retries: 20
                steps:
                  - {step: inference, adapter_id: model}
                  - {step: auto_eval}
            \(more)

            """, to: "run.yaml")
    }

    /// The command line of a run.
    func command(_ id: String, _ more: [String] = [], key: String? = Self.key) -> ProcessCommand {
        let environment = ["REPLY_TEST_KEY": key, "XDG_CACHE_HOME": "\(directory.path)/cache"].compactMapValues { $0 }
        return GageBinary.command(
            ["run", "--config", "run.yaml", "--run-id", id, "--output-dir", directory.path] + more,
            in: directory.path, environment: environment)
    }

    func run(_ id: String, _ more: String..., key: String? = Self.key) async throws -> ProcessResult {
        try await Processes.run(command(id, more, key: key))
    }

    /// Runs the mock server while the body works with its address.
    static func withServer<Result>(
        _ arguments: [String] = ["--mode", "echo"], _ body: (String) async throws -> Result
    ) async throws -> Result {
        try await Serving.withServer(["mock-server", "--port", "0"] + arguments) { url, _ in try await body(url) }
    }

    /// Checks that two runs came to the same, times aside.
    func expectSame(
        _ one: String, _ other: String, at location: Testing.SourceLocation = #_sourceLocation
    ) throws {
        let summaries = try [one, other].map { try Timeless.summary(directory, $0) }
        #expect(summaries[0] == summaries[1], sourceLocation: location)
        let samples = try [one, other].map { try Timeless.samples(directory, $0) }
        #expect(samples[0] == samples[1], sourceLocation: location)
        #expect(!samples[0].isEmpty, sourceLocation: location)
    }
}

extension Timeless {
    /// The lines of a run's `samples.jsonl` without times.
    static func samples(_ directory: borrowing TemporaryDirectory, _ run: String) throws -> [JSONValue] {
        try Serving.lines(directory.text("\(run)/samples.jsonl")).map(withoutTimes)
    }

    private static func withoutTimes(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let items): return .array(items.map(withoutTimes))
        case .object(let members):
            var object: JSONObject = [:]
            for (key, member) in members where !["time", "duration", "duration_s"].contains(key) {
                object[key] = withoutTimes(member)
            }
            return .object(object)
        default: return value
        }
    }
}
