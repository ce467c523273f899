import JSON
import Processes
import Transport

/// `gage serve` and `gage mock-server` as child processes, and a client of theirs.
enum Serving {
    /// The official τ-bench data, where they are to be had.
    static let official: String? = GageBinary.reference.map { $0 + "/tau1" }

    static let client: HTTPClient = {
        var configuration = HTTPClientConfiguration()
        configuration.proxy = .direct
        return HTTPClient(configuration: configuration)
    }()

    /// Runs a gage server while the body works with the address that it says it listens on.
    static func withServer<Result>(
        _ arguments: [String], in directory: String? = nil, environment: [String: String] = [:],
        _ body: (String, ChildProcess) async throws -> Result
    ) async throws -> Result {
        let child = try await ChildProcess.start(
            GageBinary.command(arguments, in: directory, environment: environment))
        defer { child.terminate() }
        var address: String?
        while address == nil, let line = try await child.nextLine() {
            if line.hasPrefix("listening on ") { address = String(line.dropFirst("listening on ".count)) }
        }
        guard let address else {
            let result = try await child.wait()
            throw ServingError(message: "\(arguments): \(result.complaint)")
        }
        return try await body(address, child)
    }

    /// Runs a perfect agent and user of τ-bench.
    static func withModels<Result>(
        _ arguments: [String] = [], _ body: (String) async throws -> Result
    ) async throws -> Result {
        let base = ["mock-server", "--mode", "tau-bench-gold", "--data", official ?? "", "--port", "0"]
        return try await withServer(base + arguments) { address, _ in try await body(address) }
    }

    /// Runs the HTTP API on these models.
    static func withAPI<Result>(
        models: String, in directory: String, _ arguments: [String] = [],
        _ body: (String, ChildProcess) async throws -> Result
    ) async throws -> Result {
        try await withServer(
            ["serve", "--port", "0"] + arguments, in: directory, environment: environment(models: models), body)
    }

    /// The variables that lead runs to these models.
    static func environment(models: String) -> [String: String] {
        [
            "OPENAI_BASE_URL": models, "OPENAI_API_KEY": "sk-mock", "TAU_BENCH_DATA_DIR": official ?? "",
            "GAGE_SERVE_TOKEN": "",
        ]
    }

    static func get(_ url: String) async throws -> (status: Int, text: String, headers: HTTPHeaders) {
        let response = try await client.send(HTTPRequest(url: url))
        return (response.status, String(decoding: response.body, as: UTF8.self), response.headers)
    }

    static func post(_ url: String, _ body: JSONValue) async throws -> JSONValue {
        let response = try await client.send(HTTPRequest(method: "POST", url: url, body: body.bytes()))
        return try JSONValue.parse(bytes: response.body)
    }

    /// The lines of a JSONL text.
    static func lines(_ text: String) throws -> [JSONValue] {
        try text.split(separator: "\n").map { try JSONValue.parse(String($0)) }
    }
}

/// A server that did not start.
struct ServingError: Error {
    let message: String
}
