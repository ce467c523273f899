import Glibc
import JSON
import Processes
import Testing

/// The demo from its first command to its summary, as the documentation says it.
@Suite("AppWorld from the command line", .serialized, .timeLimit(.minutes(3)))
struct AppWorldRunTests {
    private static let image = "gage-appworld-stand-in:local"

    /// Whether the demo's data can be exported here, which needs an engine and the image.
    private static func export(to directory: String) async throws -> Bool {
        let result = try await GageBinary.run(
            "appworld", "export-datasets", "--image", image, "--output", directory)
        if result.code != 0 { print("skipping the AppWorld demo: \(result.complaint)") }
        return result.code == 0
    }

    @Test func theDemoRunsAndIsSummedUp() async throws {
        let directory = try TemporaryDirectory()
        guard try await Self.export(to: directory.path) else { return }
        let run = try await GageBinary.run(
            "run", "--config", "config/appworld/demo.yaml", "--run-id", "demo", "--output-dir", directory.path,
            "--set", "datasets.train.params.path=\(directory.path)/train.jsonl", "--set",
            "datasets.dev.params.path=\(directory.path)/dev.jsonl")
        #expect(run.code == 0, "\(run.complaint)")
        let summary = try directory.json("demo/summary.json")
        #expect(summary.at("appworld_summary.overall.official_tgc") == 66.7)
        #expect(summary.at("appworld_summary.overall.official_sgc") == 50.0)
        #expect(summary.at("appworld_summary.overall.total") == 6)
        let again = try await GageBinary.run("score", "\(directory.path)/demo")
        #expect(again.code == 0, "\(again.complaint)")
        #expect(
            try directory.json("demo/summary.json")["appworld_summary"]?["overall"]
                == summary["appworld_summary"]?["overall"])
    }

    /// The guide's own file, its model a server that plays the scripted agents.
    @Test func theGuidesConfigurationRunsUnmodified() async throws {
        let directory = try TemporaryDirectory()
        guard let folder = getenv("GAGE_GUIDE_CONFIGS").map({ String(cString: $0) }) else {
            print("skipping the guide's AppWorld configuration: GAGE_GUIDE_CONFIGS names none")
            return
        }
        guard try await Self.export(to: directory.path) else { return }
        let server = try await ChildProcess.start(
            GageBinary.command([
                "mock-server", "--mode", "appworld", "--port", "0", "--script",
                "docker/appworld-stand-in/agents.json", "--agent", "gold", "--agent", "7be20d4_3=collateral",
            ]))
        defer { kill(server.processIdentifier, SIGKILL) }
        let line = try #require(try await server.nextLine())
        let url = try #require(line.split(separator: " ").last.map(String.init))
        let run = try await GageBinary.run(
            "run", "--config", "\(folder)/appworld_official_jsonl.yaml", "--run-id", "guide", "--output-dir",
            directory.path, "--set", "datasets.appworld_dev.params.path=\(directory.path)/dev.jsonl", "--set",
            "sandbox_profiles.appworld_local.image=\(Self.image)", "--set",
            "backends.gpt52_openai_http.config.base_url=\(url)", environment: ["OPENAI_API_KEY": "none"])
        #expect(run.code == 0, "\(run.complaint)")
        let summary = try directory.json("guide/summary.json")
        #expect(summary.at("appworld_summary.overall.official_tgc") == 66.7)
        #expect(summary.at("appworld_summary.overall.official_sgc") == 0.0)
    }
}
