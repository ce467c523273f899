import Evaluation
import FoundationEssentials
import GageConfiguration
import GageTesting
import JSON
import Models
import Testing

@testable import SWEBenchPro

/// Whole runs of a scripted agent in containers.
@Suite("Agents against a real engine", .enabled { await DemoInstances.areThere() }, .serialized)
struct AgentRunTests {
    @Test("The demo resolves three instances, fails two, and blames the benchmark for one")
    func demo() async throws {
        let plan = try DemoInstances.plan("demo.yaml")
        let records = try await DemoInstances.run(plan)
        let byName = Dictionary(
            uniqueKeysWithValues: records.map { record in
                (
                    record.judgeOutput["instance_id"]?.stringValue?.split(separator: "_").last.map(String.init) ?? "",
                    record
                )
            })
        func judged(_ name: String) -> String? { byName.first { $0.key.hasPrefix(name) }?.value.judged }
        #expect(judged("calc") == "resolved")
        #expect(judged("golike") == "resolved")
        #expect(judged("flaky") == "resolved")
        #expect(judged("shell") == "assertion_error (model)")
        #expect(judged("hostile") == "missing_patch (model)")
        #expect(judged("mute") == "missing_output (benchmark)")
        for record in records { try expectNothingLeaked(record) }
    }

    @Test("A judge works in the profile that its own adapter names")
    func judgesInItsOwnProfile() async throws {
        let directory = try TemporaryDirectory()
        let demo = "\(DemoInstances.root)/config/swebench_pro/demo.yaml"
        let text = String(decoding: FileManager.default.contents(atPath: demo) ?? Data(), as: UTF8.self)
        // A profile in which no container lives, so that it shows whether the judge took it.
        let profile =
            "sandbox_profiles:\n  - sandbox_id: judging\n    runtime: docker\n    runtime_configs:\n"
            + "      entrypoint: /bin/bash\n      command: [-c, exit 3]\n"
        let halves = text.replacing("sandbox_profiles:\n", with: profile).split(separator: "  - adapter_id: judge\n")
        let judge = halves[1].replacing("sandbox_id: repository", with: "sandbox_id: judging")
        let path = "\(directory.path)/demo.yaml"
        try Data("\(halves[0])  - adapter_id: judge\n\(judge)".utf8).write(to: URL(fileURLWithPath: path))
        let id = try DemoInstances.records()["calc"]?["instance_id"]?.stringValue ?? ""
        let plan = try DemoInstances.plan(
            path, set: ["datasets.demo.params.preprocess_kwargs.ids": "[\(id)]"])
        let record = try #require(try await DemoInstances.run(plan).first)
        #expect(record.judged == "container_error (infra)", "\(record.judgeOutput)")
    }

    /// Nothing that an agent was told or shown names the fix.
    private func expectNothingLeaked(_ record: EpisodeRecord) throws {
        let fields = try #require(record.sample["gold"]?["swebench_instance"]?.objectValue)
        let instance = try Instance(record: fields, origin: "test")
        let shown = record.trajectory.entries.map { $0.message.json.text() }.joined()
        for fix in instance.fixCommits { #expect(!shown.contains(fix.prefix(12))) }
    }
}
