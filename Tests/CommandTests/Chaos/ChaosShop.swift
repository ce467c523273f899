import JSON
import Processes
import Testing

/// The quick start with its agent and its user behind HTTP servers that misbehave.
enum ChaosShop {
    /// The two servers that a run asks.
    struct Servers: Sendable {
        var agent: String
        var user: String

        /// The faults that both inflicted, by kind.
        func faults() async throws -> [String: Int] {
            var counts: [String: Int] = [:]
            for url in [agent, user] {
                let page = try await Serving.get(url.replacingSuffix("/v1", with: "/requests"))
                for (kind, count) in try JSONValue.parse(page.text)["faults"]?.objectValue ?? [:] {
                    counts[kind, default: 0] += count.intValue ?? 0
                }
            }
            return counts
        }
    }

    /// Starts both servers with these options while the body works.
    static func withServers<Result>(
        _ options: [String], _ body: (Servers) async throws -> Result
    ) async throws -> Result {
        func arguments(_ side: String) -> [String] {
            let script = "\(GageBinary.root)/local-datasets/quickstart/\(side).json"
            return ["mock-server", "--mode", "scripted", "--script", script, "--port", "0"] + options
        }
        return try await Serving.withServer(arguments("agent")) { agent, _ in
            try await Serving.withServer(arguments("user")) { user, _ in
                try await body(Servers(agent: agent, user: user))
            }
        }
    }

    /// The command line of a run, two trials of the six tasks.
    static func command(
        _ id: String, at servers: Servers, in directory: String, stream: Bool = false, _ more: [String] = []
    ) -> ProcessCommand {
        var arguments = ["run", "--config", "config/quickstart.yaml", "--run-id", id, "--output-dir", directory, "-q"]
        for (side, url) in [("agent", servers.agent), ("user", servers.user)] {
            let config = "{base_url: \"\(url)\", api_key: k, model: \(side), timeout: 1, stream: \(stream)}"
            arguments += ["--set", "backends.scripted_\(side).type=openai_http"]
            arguments += ["--set", "backends.scripted_\(side).config=\(config)"]
        }
        arguments += ["--set", "tasks[0].trials=2", "--set", "tasks[0].concurrency=12"]
        return GageBinary.command(arguments + more)
    }

    static func run(
        _ id: String, at servers: Servers, in directory: String, stream: Bool = false, _ more: [String] = []
    ) async throws -> ProcessResult {
        try await Processes.run(command(id, at: servers, in: directory, stream: stream, more))
    }

    /// Makes an undisturbed run called `calm`.
    static func calm(in directory: borrowing TemporaryDirectory, stream: Bool = false) async throws -> ChaosRun {
        let path = directory.path
        let result = try await withServers([]) { try await run("calm", at: $0, in: path, stream: stream) }
        #expect(result.code == 0, "\(result.complaint)")
        return try ChaosRun(directory, "calm")
    }
}

extension String {
    /// The text with another ending.
    func replacingSuffix(_ suffix: String, with other: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) + other : self
    }
}
