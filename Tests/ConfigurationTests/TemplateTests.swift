import Evaluation
import JSON
import Testing

@testable import GageConfiguration

@Suite struct TemplateTests {
    /// A run of the echo template, as a text to be changed.
    static func run(_ runtime: String, version: String = "V1", digest: String = "sha256:0001") -> String {
        """
        kind: RunConfig
        base_task: builtin/echo
        template_version: \(version)
        template_digest: \(digest)
        runtime: \(runtime)
        """
    }

    static func load(_ text: String) -> LoadResult {
        Fixtures.loader().load(text: text, file: "run.yaml")
    }

    @Test func aRunChangesItsTemplate() throws {
        let result = Fixtures.load("run_echo")
        let json = try #require(result.document?.json)
        #expect(json.at("metadata.description") == "The model repeats what it is asked.")
        #expect(json.at("datasets[0].params.path") == "other.jsonl")
        #expect(json.at("datasets[0].params.missing_hint") == "Write some lines.")
        #expect(json.at("backends[0].config.echo_prompt") == true)
        #expect(json.at("tasks[0].max_samples") == 2)
        #expect(json.at("tasks[0].reporting.sinks[0].params.output_path") == "here.json")
        #expect(result.plan?.tasks.first?.dataset.id == "lines")
    }

    @Test func aTemplateRunsWithItsDefaults() throws {
        let result = Fixtures.load("config/builtin_templates/echo/v1")
        #expect(result.errors.isEmpty)
        #expect(result.document?.json.at("datasets[0].params.path") == "errands.jsonl")
        #expect(result.plan?.tasks.first?.reportSinks == [.file(path: "out-standard.json")])
    }

    @Test func aPipelineCanBuildOnATemplate() throws {
        let result = Fixtures.load("builtin_echo")
        // The newest version, the document's own metrics, the parameters' changes.
        #expect(result.plan?.tasks.first?.metrics.map(\.id) == ["latency", "multi_choice_accuracy"])
        #expect(result.plan?.tasks.first?.concurrency == 3)
    }

    @Test func shortcutsOfOlderRunsAreUnderstood() throws {
        let runtime =
            "{datasets: {lines: {hub_limit: 3}}, backends: {repeater: {type: openai_http, model: m, base_url: http://h, pool_size: 2}}}"
        let result = Self.load(Self.run(runtime))
        #expect(result.document?.json.at("datasets[0].hub_params.limit") == 3)
        #expect(result.document?.json.at("backends[0].config.model") == "m")
        // What the template says for its own backend type is now too much.
        #expect(result.errors.count == 2)
        #expect(result.notes.contains { $0.contains("'pool_size' has no effect") })
    }

    static let mistakes = [
        (
            run("{}", version: "V7"),
            "run.yaml:2:12: error: there is no template 'builtin/echo' of version V7 (at base_task)\n    looked for"
        ),
        (
            run("{}", digest: "sha256:0009"),
            "run.yaml:4:18: error: the template has changed: its digest is sha256:0001 (at template_digest)"
        ),
        (
            run("{tasks: {ecko: {max_samples: 1}}}"),
            "run.yaml:5:19: error: the template has no task_id 'ecko' (at runtime.tasks.ecko)\n    did you mean 'echo'?"
        ),
        (
            run("{tasks: {echo: {max_sample: 1}}}"),
            "run.yaml:5:26: error: unknown key 'max_sample' (at tasks[0].max_sample)\n    did you mean 'max_samples'?"
        ),
        (
            run("{task: {echo: {max_samples: 1}}}"),
            "run.yaml:5:11: error: unknown key 'task' (at runtime.task)\n    did you mean 'tasks'?"
        ),
        (
            "kind: RunConfig\nbase_tsk: builtin/echo\n",
            "run.yaml:1:1: error: missing key 'base_task'"
        ),
        (
            "kind: RunConfig\nbase_task: builtin/../../x\n",
            "run.yaml:2:12: error: there is no template 'builtin/../../x' (at base_task)"
        ),
        (
            "kind: BuiltinTemplate\ndefinition:\n  metadata: {name: \"${runtime.a.b}\"}\n",
            "run.yaml:3:20: error: the run says nothing under 'runtime.a.b' (at metadata.name)\n    add it to the run's 'runtime' block"
        ),
        (
            "kind: PipelineConfig\nbuiltin: {pipeline_id: ecko}\n",
            "run.yaml:2:24: error: there is no template 'builtin/ecko' (at builtin.pipeline_id)"
        ),
    ]

    @Test(arguments: mistakes)
    func reports(text: String, report: String) {
        let result = Self.load(text)
        #expect(result.errors.contains { $0.hasPrefix(report) }, "\(result.errors)")
        #expect(result.plan == nil)
    }
}
