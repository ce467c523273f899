import Evaluation
import JSON
import Testing

@testable import GageConfiguration

@Suite struct OverrideTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var assignment: String
        var path: String
        var value: JSONValue

        init(_ assignment: String, _ path: String, _ value: JSONValue) {
            self.assignment = assignment
            self.path = path
            self.value = value
        }

        var testDescription: String { assignment }
    }

    static let cases = [
        Case("seed=12", "seed", 12),
        Case(
            "backends.server.config.base_url=http://127.0.0.1:9/v1", "backends[0].config.base_url",
            "http://127.0.0.1:9/v1"),
        Case("backends[0].config.model=\"007\"", "backends[0].config.model", "007"),
        Case("backends.0.config.model=tiny", "backends[0].config.model", "tiny"),
        Case("tasks.domain.max_samples=5", "tasks[0].max_samples", 5),
        Case("tasks[*].trials=2", "tasks[0].trials", 2),
        Case("tasks.domain.steps[1].adapter_id=world", "tasks[0].steps[1].adapter_id", "world"),
        Case("tasks.domain.reporting=", "tasks[0].reporting", nil),
        Case("role_adapters.agent.params.max_turns=${TURNS:-9}", "role_adapters[2].params.max_turns", 9),
        Case("prompts.agent/rules@v1.template=Hello", "prompts[0].template", "Hello"),
        Case("prompts[\"agent/rules@v1\"].template=Hello", "prompts[0].template", "Hello"),
        Case("metrics.reward.aggregation=mean", "metrics[0].aggregation", "mean"),
        Case(
            "backends.server.config.generation_parameters.temperature=1",
            "backends[0].config.generation_parameters.temperature", 1),
        Case(
            "backends.server.config.generation_parameters={max_new_tokens: 8}",
            "backends[0].config.generation_parameters.max_new_tokens", 8),
    ]

    @Test(arguments: cases)
    func sets(testCase: Case) throws {
        let override = try #require(ConfigurationOverride(assignment: testCase.assignment))
        let result = Fixtures.load("tau2_one_domain", overrides: [override])
        #expect(result.errors.isEmpty)
        #expect(result.document?.json.at(testCase.path) == testCase.value)
    }

    @Test func findsAnIdWithDotsInIt() throws {
        let text = try Minimal.replacing("backend_id: echo\n    type", "backend_id: gpt-4.1\n    type")
            .split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0 == "    backend_id: echo" ? "    backend_id: gpt-4.1" : String($0) }.joined(separator: "\n")
        let result = try Minimal.load(text, overrides: ["backends.gpt-4.1.config.cycle=true"])
        #expect(result.errors.isEmpty)
        #expect(result.document?.json.at("backends[0].config.cycle") == true)
    }

    @Test func replacesWholeSectionsInShortForm() throws {
        let result = try Minimal.load(Minimal.text, overrides: ["metrics=[exact_match(threshold=1), latency]"])
        #expect(result.plan?.tasks.first?.metrics.map(\.id) == ["exact_match", "latency"])
    }

    @Test func laterOverridesWin() throws {
        let result = try Minimal.load(Minimal.text, overrides: ["seed=1", "seed=2"])
        #expect(result.plan?.seed == 2)
    }

    @Test func saysWhereAValueComesFrom() throws {
        let override = ConfigurationOverride(path: "tasks[*].max_samples", value: "3", origin: "--max-samples")
        let result = Fixtures.load("tau2_one_domain", overrides: [override])
        #expect(result.document?.yaml(showingOrigins: true).contains("max_samples: 3  # --max-samples\n") == true)
    }

    @Test func anOverriddenValueIsNotLookedUp() throws {
        let text = try Minimal.replacing("path: errands.jsonl", "path: ${NOWHERE}")
        #expect(try Minimal.load(text).warnings.count == 1)
        let result = try Minimal.load(text, overrides: ["datasets.data.params.path=errands.jsonl"])
        #expect(result.diagnostics.all.isEmpty)
    }

    static let mistakes = [
        (
            "tasks[0].concurency=3",
            "--set tasks[0].concurency:1:10: error: unknown key 'concurency' (at tasks[0].concurency)\n    did you mean 'concurrency'?"
        ),
        (
            "tasks[0].concurrency=three",
            "--set tasks[0].concurrency:1:22: error: expected whole number, found text (at tasks[0].concurrency)"
        ),
        (
            "backends.ecko.config.cycle=true",
            "--set backends.ecko.config.cycle:1:10: error: 'backends' has no item 'ecko' (at backends)\n    did you mean 'echo'?"
        ),
        (
            "tasks[4].trials=1",
            "--set tasks[4].trials:1:6: error: there is no item 4 (at tasks)\n    the list has 1"
        ),
        (
            "seed.value=1",
            "--set seed.value:1:1: error: expected whole number, found a mapping (at seed)"
        ),
        (
            "metrics[0].metric_id.x=1",
            "--set metrics[0].metric_id.x:1:22: error: 'metrics[0].metric_id' is text here (at metrics[0].metric_id)"
        ),
        (
            "tasks[0]]=1",
            "--set:1:1: error: 'tasks[0]]' is no path\n    write names parted by dots and indices in brackets, as tasks[0].max_samples"
        ),
        (
            "seed=[1",
            "--set seed:1:8: error: did not find expected ',' or ']' (while parsing a flow sequence) (at seed)"
        ),
    ]

    @Test(arguments: mistakes)
    func reports(assignment: String, report: String) throws {
        let result = try Minimal.load(Minimal.text, overrides: [assignment])
        #expect(result.errors.first?.hasPrefix(report) == true, "\(result.errors)")
        #expect(result.plan == nil)
    }

    @Test func anAssignmentNeedsAPath() {
        #expect(ConfigurationOverride(assignment: "seed") == nil)
        #expect(ConfigurationOverride(assignment: "=1") == nil)
        #expect(ConfigurationOverride(assignment: "a=b=c")?.value == "b=c")
        #expect(ConfigurationOverride(assignment: "a[\"x=y\"].b=c")?.path == "a[\"x=y\"].b")
    }
}
