import Evaluation
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
        let backend = try #require(plan.backends.first)
        let model = try backend.factory.makeModel(
            for: BackendIdentity(
                id: backend.id, baseDirectory: DemoInstances.root, environment: DemoInstances.environment))
        let run = try TemporaryRun(plan, models: [backend.id: model])
        _ = try await run.run()
        let records = try run.records()
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

    /// Nothing that an agent was told or shown names the fix.
    private func expectNothingLeaked(_ record: EpisodeRecord) throws {
        let fields = try #require(record.sample["gold"]?["swebench_instance"]?.objectValue)
        let instance = try Instance(record: fields, origin: "test")
        let shown = record.trajectory.entries.map { JSONValue(jsonOf: $0.message) }.map { $0.text() }.joined()
        for fix in instance.fixCommits { #expect(!shown.contains(fix.prefix(12))) }
    }
}

extension JSONValue {
    fileprivate init(jsonOf message: Message) { self = message.json }
}
