import Evaluation
import GageConfiguration
import GageTesting
import Glibc
import JSON
import Reports
import Storage
import Testing

@Suite("Gates")
struct GateTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func write(_ text: String) throws -> String {
        let path = "\(directory.path)/policy.yaml"
        let file = try #require(fopen(path, "w"))
        fputs(text, file)
        fclose(file)
        return path
    }

    private func gate(
        _ policy: String, _ episodes: [StoredEpisodeSketch], baseline: [StoredEpisodeSketch]? = nil,
        _ sketch: StoredRunSketch = StoredRunSketch(), summary: JSONValue = .null
    ) async throws -> (result: GateResult?, diagnostics: Diagnostics) {
        let file = ParameterFile<GatePolicy>(path: try write(policy))
        let policy = try #require(file.block)
        guard !file.diagnostics.hasErrors else { return (nil, file.diagnostics) }
        let run = try ComparedRun(path: try await sketch.write("run", in: directory, episodes))
        var old: GateEvaluation.Subject?
        if let baseline {
            old = .init(run: try ComparedRun(path: try await StoredRunSketch().write("old", in: directory, baseline)))
        }
        var gate = GateEvaluation(
            policy: policy, node: file.node, run: .init(run: run, summary: summary), baseline: old)
        return gate.evaluate()
    }

    private static func binary(_ successes: Int, of count: Int) -> [StoredEpisodeSketch] {
        (0..<count).map { .scored("s\($0)", $0 < successes ? 1 : 0) }
    }

    private static func rule(_ limits: String) -> String {
        "api_version: gage/gate/v1\nrules:\n  - metric: tau2_reward\n    task: retail\n    \(limits)\n"
    }

    /// Wilson's one-sided 95 % bounds of 30 of 40, by statsmodels: 0.6240 and 0.8443.
    @Test(arguments: [
        ("min: 0.75", GateVerdict.pass), ("min: 0.76", .fail), ("min: 0.62\n    confidence: 0.95", .pass),
        ("min: 0.63\n    confidence: 0.95", .inconclusive), ("min: 0.85\n    confidence: 0.95", .fail),
        ("max: 0.85\n    confidence: 0.95", .pass), ("max: 0.7\n    confidence: 0.95", .inconclusive),
        ("max: 0.6\n    confidence: 0.95", .fail), ("min: 0.1\n    min_samples: 41", .inconclusive),
        ("min: 0.1\n    min_samples: 40", .pass),
    ])
    func levels(limits: String, verdict: GateVerdict) async throws {
        let result = try #require(try await gate(Self.rule(limits), Self.binary(30, of: 40)).result)
        #expect(result.verdict == verdict)
    }

    /// Forty pairs, of which two were lost: a drop of 0.05, with one-sided bounds by Tango of -0.017 and 0.140.
    @Test(arguments: [
        ("max_drop: 0.05", GateVerdict.pass), ("max_drop: 0.04", .fail),
        ("max_drop: 0.2\n    confidence: 0.95", .pass), ("max_drop: 0.05\n    confidence: 0.95", .inconclusive),
        ("max_drop: 0.001\n    confidence: 0.95", .inconclusive), ("non_inferiority_margin: 0.2", .pass),
        ("non_inferiority_margin: 0.06", .inconclusive),
    ])
    func drops(limits: String, verdict: GateVerdict) async throws {
        let result = try #require(
            try await gate(Self.rule(limits), Self.binary(28, of: 40), baseline: Self.binary(30, of: 40)).result)
        #expect(result.verdict == verdict)
    }

    @Test func aDropThatIsSureFails() async throws {
        let policy = Self.rule("non_inferiority_margin: 0.05")
        let result = try #require(
            try await gate(policy, Self.binary(10, of: 40), baseline: Self.binary(30, of: 40)).result)
        #expect(result.verdict == .fail)
    }

    @Test(arguments: [
        ("min_coverage: 0.9", 0, RunStatus.completed, GateVerdict.pass), ("min_coverage: 0.95", 0, .completed, .fail),
        ("min_coverage: 0.9", 5, .interrupted, .inconclusive), ("min_coverage: 0.99", 5, .interrupted, .fail),
        ("max_error_rate: 0.1", 0, .completed, .pass), ("max_error_rate: 0.05", 0, .completed, .fail),
        ("max_cost: 0.21", 0, .completed, .pass), ("max_cost: 0.1", 0, .completed, .fail),
    ])
    func wholeRuns(limit: String, unattempted: Int, status: RunStatus, verdict: GateVerdict) async throws {
        var sketch = StoredRunSketch()
        (sketch.unattempted, sketch.status) = (unattempted, status)
        let episodes = Self.binary(10, of: 18) + [.errored("e1"), .errored("e2")]
        let result = try #require(
            try await gate("\(limit)\nallow_incomplete: true\n", episodes, sketch).result)
        #expect(result.verdict == verdict)
    }

    @Test func aPriceThatIsMissingLeavesTheCostOpen() async throws {
        var episodes = Self.binary(1, of: 2)
        episodes[0].cost = nil
        #expect(try await gate("max_cost: 1", episodes).result?.verdict == .inconclusive)
    }

    @Test func anIncompleteRunDoesNotPass() async throws {
        var sketch = StoredRunSketch()
        sketch.status = .running
        let result = try #require(try await gate(Self.rule("min: 0.1"), Self.binary(2, of: 2), sketch).result)
        #expect(result.verdict == .inconclusive)
        #expect(result.json.at("checks[0].reason") == "the run is running")
    }

    @Test func everyTaskIsHeldAgainstARuleThatNamesNone() async throws {
        let episodes: [StoredEpisodeSketch] = [.scored("a", 1, task: "x"), .scored("b", 0, task: "y")]
        let policy = "rules:\n  - metric: tau2_reward\n    min: 0.5\n    name: floor\n"
        let result = try #require(try await gate(policy, episodes).result)
        #expect(result.checks.map(\.verdict) == [.pass, .fail])
        #expect(result.checks.map(\.subject) == ["x tau2_reward", "y tau2_reward"])
        #expect(result.json.at("checks[1].name") == "floor")
        #expect(result.lines(on: Terminal(width: 50)).allSatisfy { $0.count <= 50 })
    }

    @Test func aDomainIsTakenOverAllTasks() async throws {
        let episodes: [StoredEpisodeSketch] = [
            .scored("a", 1, task: "x", domain: "retail"), .scored("b", 0, task: "y", domain: "retail"),
            .scored("c", 0, task: "y", domain: "airline"),
        ]
        let policy = "rules:\n  - metric: tau2_reward\n    domain: retail\n    min: 0.5\n"
        #expect(try await gate(policy, episodes).result?.json.at("checks[0].value") == 0.5)
    }

    @Test func numbersOfTheSummaryCanBeAskedFor() async throws {
        let summary: JSONValue = [
            "metrics": [
                [
                    "metric_id": "tau2_reward", "task_id": "retail", "count": 4, "raw_values": ["pass^2": 0.4],
                    "intervals": ["pass^2": [0.3, 0.5]],
                ]
            ]
        ]
        for (limits, verdict) in [
            ("value: pass^2\n    min: 0.4", GateVerdict.pass),
            ("value: pass^2\n    min: 0.29\n    confidence: 0.95", .pass),
            ("value: pass^2\n    min: 0.4\n    confidence: 0.95", .inconclusive),
        ] {
            let own = try GateTests()
            let result = try await own.gate(Self.rule(limits), Self.binary(2, of: 4), summary: summary).result
            #expect(result?.verdict == verdict)
        }
    }

    @Test(arguments: [(2, GateVerdict.pass), (3, .inconclusive)])
    func trialsAreNoSamplesOfTheSummarysNumbers(samples: Int, verdict: GateVerdict) async throws {
        let summary: JSONValue = [
            "metrics": [
                ["metric_id": "tau2_reward", "task_id": "retail", "count": 4, "raw_values": ["pass^2": 1.0]]
            ]
        ]
        let episodes = ["a", "b"].flatMap { sample in (0..<2).map { StoredEpisodeSketch.scored(sample, 1, trial: $0) } }
        let policy = Self.rule("value: pass^2\n    min_samples: \(samples)")
        #expect(try await gate(policy, episodes, summary: summary).result?.verdict == verdict)
    }

    @Test(arguments: [(true, GateVerdict.pass), (false, .fail)])
    func numbersOfTheSummaryCountCorrectionsWhereThePolicySaysSo(isAmended: Bool, verdict: GateVerdict) async throws {
        func metrics(_ value: JSONValue) -> JSONValue {
            [["metric_id": "tau2_reward", "task_id": "retail", "count": 4, "raw_values": ["pass^2": value]]]
        }
        let summary: JSONValue = ["metrics": metrics(0.4), "amended": ["metrics": metrics(0.6)]]
        let policy = Self.rule("value: pass^2\n    min: 0.5") + "amended: \(isAmended)\n"
        #expect(try await gate(policy, Self.binary(2, of: 4), summary: summary).result?.verdict == verdict)
    }

    @Test(arguments: [
        ("rules:\n  - metrc: x\n    min: 1\n", "policy.yaml:2:5: error: unknown key 'metrc'", "did you mean 'metric'?"),
        (
            "rules:\n  - metric: tau2_rewrd\n    min: 1\n", ":2:13: error: the run has no metric 'tau2_rewrd'",
            "did you mean 'tau2_reward'?"
        ),
        (
            "rules:\n  - metric: tau2_reward\n    task: retial\n    min: 1\n",
            ":3:11: error: the run has no task 'retial'", "did you mean 'retail'?"
        ),
        ("rules:\n  - metric: tau2_reward\n    max_drop: 0.1\n", "needs a run to compare with", "--baseline"),
        ("rules:\n  - metric: tau2_reward\n    min: high\n", ":3:10: error:", "number"),
        ("rules:\n  - metric: tau2_reward\n", "the rule asks for nothing", "add min"),
        ("rules:\n  - min: 1\n", "names no metric", "add 'metric'"), ("name: x\n", "asks for nothing", "add rules"),
        ("rules:\n  - metric: tau2_reward\n    value: pass^2\n    min: 1\n", "no number 'pass^2'", "gage report"),
        ("api_version: gage/gate/v2\nmax_cost: 1\n", "unknown version", "gage/gate/v1"),
        ("max_cost: 1\nrules: [{metric: a, min: 2, max: 1}]\n", "min is larger than max", ""),
        ("rules: [\n", "error:", ""),
    ])
    func mistakesAreLocated(policy: String, message: String, hint: String) async throws {
        let file = ParameterFile<GatePolicy>(path: try write(policy))
        var said = file.diagnostics
        if !said.hasErrors { said = try await gate(policy, Self.binary(1, of: 2)).diagnostics }
        let text = said.all.map(\.description).joined(separator: "\n")
        #expect(text.contains(message) && (hint.isEmpty || text.contains(hint)))
        #expect(said.hasErrors)
    }

    @Test func aFileThatIsMissingIsSaid() {
        let file = ParameterFile<GatePolicy>(path: "\(directory.path)/none.yaml")
        #expect(file.block == nil && file.diagnostics.hasErrors)
    }
}
