import Evaluation
import Testing

@testable import GageConfiguration

/// One way to break the minimal pipeline, and the whole report that it gives.
struct Breakage: Sendable, CustomTestStringConvertible {
    var name: String
    var old: String
    var new: String
    var report: String

    init(_ name: String, _ old: String, _ new: String, _ report: String) {
        self.name = name
        self.old = old
        self.new = new
        self.report = report
    }

    var testDescription: String { name }
}

@Suite struct DiagnosticTests {
    @Test func theMinimalPipelineIsRight() throws {
        let result = try Minimal.load(Minimal.text)
        #expect(result.diagnostics.all.isEmpty)
        #expect(result.plan?.tasks.first?.steps.map(\.name) == ["inference:dut", "auto_eval"])
    }

    @Test(arguments: keys + types + components)
    func reportsKeysAndTypes(breakage: Breakage) throws { try check(breakage) }

    @Test(arguments: references + steps)
    func reportsReferencesAndSteps(breakage: Breakage) throws { try check(breakage) }

    @Test(arguments: syntax)
    func reportsSyntax(breakage: Breakage) throws { try check(breakage) }

    private func check(_ breakage: Breakage) throws {
        let result = try Minimal.load(try Minimal.replacing(breakage.old, breakage.new))
        #expect(result.errors == [breakage.report])
        #expect(result.plan == nil)
    }

    static let keys = [
        Breakage(
            "unknown top-level key", "metrics:", "metrcs: []\nmetrics:",
            "c.yaml:15:1: error: unknown key 'metrcs' (at metrcs)\n    did you mean 'metrics'?"),
        Breakage(
            "unknown key of a task", "    steps:", "    concurency: 2\n    steps:",
            "c.yaml:20:5: error: unknown key 'concurency' (at tasks[0].concurency)\n    did you mean 'concurrency'?"),
        Breakage(
            "unknown parameter of a loader", "path: errands.jsonl", "path: errands.jsonl\n      pth: 1",
            "c.yaml:8:7: error: unknown key 'pth' (at datasets[0].params.pth)\n    did you mean 'path'?"),
        Breakage(
            "misspelt common key of a data set", "path: errands.jsonl", "path: errands.jsonl\n      preproces: x",
            """
            c.yaml:8:7: error: unknown key 'preproces' (at datasets[0].params.preproces)
                did you mean 'preprocess'?
            """),
        Breakage(
            "missing key", "  - backend_id: echo\n    type: dummy", "  - type: dummy",
            """
            c.yaml:9:5: error: missing key 'backend_id' (at backends[0])
                The backend's name in this document. (text)
            """),
        Breakage(
            "missing required parameter", "      path: errands.jsonl", "      missing_hint: x",
            "c.yaml:7:7: error: missing key 'path' (at datasets[0].params)\n    The file. (text)"),
        Breakage(
            "the same key under two names", "dataset_id: data\n    steps",
            "dataset_id: data\n    dataset_ref: data\n    steps",
            """
            c.yaml:20:5: error: 'dataset_ref' says again what 'dataset_id' says (at tasks[0].dataset_ref)
                remove one of them
            """),
        Breakage(
            "a Python class", "role_type: dut_model", "role_type: dut_model\n    class_path: a.b:C",
            """
            c.yaml:14:17: error: 'class_path' names a Python class, which gage cannot load (at role_adapters[0].class_path)
                remove it and name a registered implementation in params.implementation
            """),
        Breakage(
            "two ids", "backends:", "  - dataset_id: data\n    loader: hf_hub\nbackends:",
            """
            c.yaml:8:17: error: two entries have the dataset_id 'data' (at datasets[1].dataset_id)
                the first is at c.yaml:4:17
            """),
        Breakage(
            "a section of the later format", "metrics:", "agents: []\nmetrics:",
            """
            c.yaml:15:1: error: 'agents' belongs to a later format, which gage does not read (at agents)
                write 'agent_backends', and a role adapter of role_type dut_agent
            """),
        Breakage(
            "nothing to run",
            """
            tasks:
              - task_id: all
                dataset_id: data
                steps:
                  - step: inference
                    adapter_id: dut
                  - step: auto_eval
            """, "tasks: []",
            "c.yaml:1:1: error: there is nothing to run\n    list 'tasks'"),
        Breakage(
            "unknown version", "gage/v1", "gage/v2",
            "c.yaml:1:14: error: 'gage/v2' is not allowed here (at api_version)\n    did you mean 'gage/v1'?"),
        Breakage(
            "unknown kind", "PipelineConfig", "PipelineConfg",
            "c.yaml:2:7: error: 'PipelineConfg' is not allowed here (at kind)\n    did you mean 'PipelineConfig'?"),
    ]

    static let types = [
        Breakage(
            "a list where a section is a mapping", "- latency", "- [latency]",
            "c.yaml:16:5: error: expected a mapping, found a list (at metrics[0])"),
        Breakage(
            "a mapping where a section is a list", "backends:\n  - backend_id: echo\n    type: dummy",
            "backends:\n  echo:\n    type: dummy",
            "c.yaml:9:3: error: expected a list, found a mapping (at backends)\n    begin each entry with '- '"),
        Breakage(
            "text for a number", "    steps:", "    concurrency: many\n    steps:",
            "c.yaml:20:18: error: expected whole number, found text (at tasks[0].concurrency)"),
        Breakage(
            "a fraction for a whole number", "    steps:", "    concurrency: 1.5\n    steps:",
            "c.yaml:20:18: error: expected whole number, found a number (at tasks[0].concurrency)"),
        Breakage(
            "too small a number", "    steps:", "    concurrency: 0\n    steps:",
            "c.yaml:20:18: error: 0 is too small (at tasks[0].concurrency)\n    the smallest value is 1"),
        Breakage(
            "a number for text", "kind: PipelineConfig", "kind: PipelineConfig\nmetadata:\n  name: 12",
            "c.yaml:4:9: error: expected text, found a number (at metadata.name)\n    write it in quotes: \"12\""),
        Breakage(
            "an old boolean", "    steps:", "    shuffle: yes\n    steps:",
            "c.yaml:20:14: error: expected true or false, found text (at tasks[0].shuffle)\n    write true"),
        Breakage(
            "a value that is no choice", "role_type: dut_model", "role_type: dut_modl",
            "c.yaml:13:16: error: 'dut_modl' is not allowed here (at role_adapters[0].role_type)\n    did you mean 'dut_model'?"
        ),
        Breakage(
            "a number that is none", "    steps:", "    timeout_s: .inf\n    steps:",
            "c.yaml:20:16: error: '.inf' is not a finite number (at tasks[0].timeout_s)\n    write it in quotes"),
    ]

    static let components = [
        Breakage(
            "unknown loader", "loader: jsonl", "loader: jsnl",
            "c.yaml:5:13: error: there is no dataset loader 'jsnl' (at datasets[0].loader)\n    did you mean 'jsonl'?"),
        Breakage(
            "unknown preprocessor", "path: errands.jsonl", "path: errands.jsonl\n      preprocess: tau2_preproces",
            """
            c.yaml:8:19: error: there is no preprocessor 'tau2_preproces' (at datasets[0].params.preprocess)
                did you mean 'tau2_preprocessor'?
            """),
        Breakage(
            "parameters without a preprocessor", "path: errands.jsonl",
            "path: errands.jsonl\n      preprocess_kwargs: {subset: dev}",
            """
            c.yaml:8:26: error: 'preprocess_kwargs' without 'preprocess' (at datasets[0].params.preprocess_kwargs)
                name the preprocessor
            """),
        Breakage(
            "unknown backend type", "type: dummy", "type: quantum",
            """
            c.yaml:10:11: error: there is no backend type 'quantum' (at backends[0].type)
                registered: dummy, litellm, openai_http
            """),
        Breakage(
            "unknown metric", "- latency", "- latncy",
            "c.yaml:16:5: error: there is no metric 'latncy' (at metrics[0].implementation)\n    did you mean 'latency'?"
        ),
        Breakage(
            "unknown parameter of a metric", "- latency", "- exact_match: {treshold: 0.5}",
            """
            c.yaml:16:19: error: unknown key 'treshold' (at metrics[0].params.treshold)
                did you mean 'threshold'?
            """),
        Breakage(
            "unknown aggregation", "- latency", "- {metric_id: latency, aggregation: median}",
            """
            c.yaml:16:39: error: there is no aggregation 'median' (at metrics[0].aggregation)
                did you mean 'mean'?
            """),
        Breakage(
            "an argument that is none", "- latency", "- exact_match(0.5)",
            "c.yaml:16:5: error: '0.5' is no 'key=value' in 'exact_match(0.5)' (at metrics[0])"),
        Breakage(
            "an implementation of another role", "role_type: dut_model",
            "role_type: dut_model\n    params: {implementation: tau2_eval}",
            """
            c.yaml:14:30: error: 'tau2_eval' is a judge_extend, not a dut_model (at role_adapters[0].params.implementation)
                registered for this role: dut_model
            """),
    ]

    static let references = [
        Breakage(
            "unknown data set", "dataset_id: data\n    steps", "dataset_id: dta\n    steps",
            "c.yaml:19:17: error: there is no data set 'dta' (at tasks[0].dataset_id)\n    did you mean 'data'?"),
        Breakage(
            "unknown adapter", "adapter_id: dut\n      - step", "adapter_id: dutt\n      - step",
            """
            c.yaml:22:21: error: there is no role adapter 'dutt' (at tasks[0].steps[0].adapter_id)
                did you mean 'dut'?
            """),
        Breakage(
            "unknown backend", "backend_id: echo\nmetrics", "backend_id: main\nmetrics",
            """
            c.yaml:14:17: error: there is no backend 'main' (at role_adapters[0].backend_id)
                'backends' has echo
            """),
        Breakage(
            "unknown prompt", "role_type: dut_model", "role_type: dut_model\n    prompt_id: dut/appworld@v2",
            """
            c.yaml:14:16: error: there is no prompt 'dut/appworld@v2' (at role_adapters[0].prompt_id)
                did you mean 'dut/appworld@v1'?
            """),
        Breakage(
            "unknown metric of a task", "    steps:", "    metric_overrides: [latenci]\n    steps:",
            """
            c.yaml:20:24: error: there is no metric 'latenci' (at tasks[0].metric_overrides[0].metric_id)
                did you mean 'latency'?
            """),
        Breakage(
            "a reference that only the component knows", "tasks:",
            """
            sandbox_profiles:
              - sandbox_id: world
                runtime: tau2
                runtime_configs: {user_backend_id: ecko}
            tasks:
            """,
            """
            c.yaml:20:40: error: there is no backend 'ecko' (at sandbox_profiles[0].runtime_configs.user_backend_id)
                did you mean 'echo'?
            """),
    ]

    static let steps = [
        Breakage(
            "two inference steps", "      - step: auto_eval",
            "      - step: inference\n        adapter_id: dut\n      - step: auto_eval",
            """
            c.yaml:23:15: error: a second 'inference' step (at tasks[0].steps[1].step)
                the order is: support, one inference, judge, auto_eval
            """),
        Breakage(
            "scores before the work", "      - step: inference\n        adapter_id: dut\n      - step: auto_eval",
            "      - step: auto_eval\n      - step: inference\n        adapter_id: dut",
            """
            c.yaml:22:15: error: step 'inference' cannot come after 'auto_eval' (at tasks[0].steps[1].step)
                the order is: support, one inference, judge, auto_eval
            """),
        Breakage(
            "no inference", "      - step: inference\n        adapter_id: dut\n", "",
            """
            c.yaml:21:7: error: the steps have no 'inference', so nothing is evaluated (at tasks[0].steps)
                add a step with a dut_agent or dut_model
            """),
        Breakage(
            "no steps", "    steps:\n      - step: inference\n        adapter_id: dut\n      - step: auto_eval\n", "",
            "c.yaml:18:5: error: task 'all' has no steps (at tasks[0])\n    list them here or in custom.steps"),
        Breakage(
            "a role in the wrong step", "- step: inference\n", "- step: support\n",
            """
            c.yaml:22:21: error: 'dut' is a dut_model, which cannot run in step 'support' (at tasks[0].steps[0].adapter_id)
                it runs in step 'inference'
            """),
        Breakage(
            "an unknown step", "- step: inference\n", "- step: inferense\n",
            "c.yaml:21:15: error: 'inferense' is not allowed here (at tasks[0].steps[0].step)\n    did you mean 'inference'?"
        ),
    ]

    static let syntax = [
        Breakage(
            "a tab", "    loader: jsonl", "\tloader: jsonl",
            "c.yaml:5:1: error: found a tab character that violates indentation (while scanning a plain scalar)"),
        Breakage(
            "a repeated key", "    type: dummy", "    type: dummy\n    type: dummy",
            "c.yaml:11:5: error: duplicate key 'type', first given on line 10"),
        Breakage(
            "no mapping", Minimal.text, "- a\n", "c.yaml:1:1: error: expected a mapping, found a list"),
        Breakage(
            "nothing", Minimal.text, "", "c.yaml:1:1: error: expected a mapping, found null"),
    ]
}
