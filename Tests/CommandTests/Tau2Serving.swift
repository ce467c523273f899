import JSON
import Processes
import Testing

/// Runs gage on the official τ² data against a mock server of its own.
enum Tau2Serving {
    /// The official data.
    static var data: String {
        get throws { try #require(GageBinary.reference) + "/tau2" }
    }

    /// Starts a server that plays official tasks, and ends it after `body`, which is given its address.
    static func withMockServer<Result>(
        _ mode: String, _ more: [String] = [], _ body: (String) async throws -> Result
    ) async throws -> Result {
        let child = try await ChildProcess.start(
            GageBinary.command(["mock-server", "--mode", mode, "--data", try data, "--port", "0"] + more))
        let line = try #require(try await child.nextLine())
        let url = try #require(line.split(separator: " ").last.map(String.init))
        do {
            let result = try await body(url)
            child.terminate()
            _ = try await child.wait()
            return result
        } catch {
            child.terminate()
            throw error
        }
    }

    /// The command line of a run of a shipped configuration.
    static func command(
        _ configuration: String, id: String, at url: String, in directory: String, _ more: [String] = []
    ) throws -> ProcessCommand {
        GageBinary.command(
            ["run", "--config", "config/tau2/\(configuration).yaml", "--run-id", id, "--output-dir", directory] + more,
            environment: ["TAU2_DATA_DIR": try data, "TAU2_OPENAI_BASE_URL": url])
    }

    /// Runs a shipped configuration to its end.
    static func run(
        _ configuration: String, id: String, at url: String, in directory: String, _ more: [String] = []
    ) async throws -> ProcessResult {
        try await Processes.run(try command(configuration, id: id, at: url, in: directory, ["-q"] + more))
    }
}
