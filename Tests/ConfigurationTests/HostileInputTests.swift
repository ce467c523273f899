import Evaluation
import Testing

@testable import GageConfiguration

@Suite struct HostileInputTests {
    @Test func deepNestingIsRefused() throws {
        let deep = String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000)
        let result = try Minimal.load("datasets: \(deep)")
        #expect(result.errors.count == 1)
        #expect(result.plan == nil)
    }

    @Test func aBombOfAliasesIsRefused() throws {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<9 {
            let uses = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(uses)]\n"
        }
        let result = try Minimal.load(text)
        #expect(result.errors.count == 1)
    }

    @Test func manyAndLongUnknownKeysAreAllReported() throws {
        let many = (0..<1000).map { "unknown_key_\($0): 1\n" }.joined()
        let long = String(repeating: "k", count: 500) + ": 1\n"
        #expect(try Minimal.load(Minimal.text + many + long).errors.count == 1001)
    }

    static let odd = [
        "\u{FEFF}" + Minimal.text, Minimal.text.split(separator: "\n").joined(separator: "\r\n"),
        "# nothing\n" + Minimal.text, "---\n" + Minimal.text,
    ]

    @Test(arguments: odd)
    func harmlessOdditiesAreTaken(text: String) throws {
        #expect(try Minimal.load(text).errors == [])
    }

    static let wrongShapes = [
        "datasets: {}", "tasks: 3", "role_adapters: [[]]", "metrics: [null]", "backends: [3]", "prompts: x",
        "custom: []", "seed: []", "metadata: 3", "kind: [x]", "kind:", "builtin: 3", "builtin: {pipeline_id: [x]}",
        "summary_generators: [[x]]", "observability: 3", "tasks: [{task_id: a, steps: {}}]",
        "tasks: [{task_id: a, metric_overrides: [[x]]}]", "mcp_clients: [{}]", "sandbox_profiles: [{}]",
        "kind: RunConfig", "kind: RunConfig\nbase_task: [x]", "kind: BuiltinTemplate\ndefinition: [x]",
        "datasets: [{dataset_id: [x], loader: {}}]", "role_adapters: [{role_type: {}}]", "? [a]\n: b", "&a *a",
    ]

    @Test(arguments: wrongShapes)
    func wrongShapesAreErrorsAndNothingWorse(text: String) throws {
        let result = try Minimal.load(text)
        #expect(!result.errors.isEmpty)
        #expect(result.plan == nil)
        for (key, value) in [("datasets", "x"), ("tasks[0].steps", "{}"), ("metrics", "3")] {
            let override = ConfigurationOverride(path: key, value: value)
            _ = Fixtures.loader().load(text: text, file: "c.yaml", overrides: [override])
        }
    }
}
