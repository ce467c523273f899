import Evaluation
import JSON
import Testing

@testable import GageConfiguration

@Suite struct AdapterTests {
    /// A pipeline with an agent whose parameters can stand in three places.
    static func pipeline(params: String, step: String = "") -> String {
        """
        datasets:
          - {dataset_id: data, loader: hf_hub}
        backends:
          - {backend_id: echo, type: dummy}
        agent_backends:
          - {agent_backend_id: driver, type: model_backend, backend_id: echo}
        role_adapters:
          - adapter_id: agent
            role_type: dut_agent
            agent_backend_id: driver
            params: {\(params)}
        metrics: [latency]
        tasks:
          - task_id: all
            dataset_id: data
            steps:
              - {step: inference, adapter_id: agent, params: {\(step)}}
              - step: auto_eval
        """
    }

    static let precedence: [(params: String, step: String, turns: Int)] = [
        ("", "", 8),
        ("implementation_params: {max_turns: 1}", "", 1),
        ("implementation_params: {max_turns: 1}, max_turns: 2", "", 2),
        ("implementation_params: {max_turns: 1}, max_turns: 2", "max_turns: 3", 3),
        ("implementation_params: {turn_limit: 1}, max_turns: 2", "", 2),
        ("implementation_params: {max_turns: 1}", "turn_limit: 4", 4),
        ("implementation: dut_agent, max_turns: 5", "", 5),
        ("implementation: dut_agent, implementation_params: null", "", 8),
    ]

    @Test(arguments: precedence)
    func parametersOfAStepWinOverThoseOfItsAdapter(params: String, step: String, turns: Int) throws {
        let result = try Minimal.load(Self.pipeline(params: params, step: step))
        #expect(result.errors.isEmpty)
        let adapter = result.plan?.tasks.first?.steps.first?.adapter
        let role = try #require(adapter?.implementation as? StandInRole)
        #expect(role.parameters["max_turns"] == JSONValue(turns))
    }

    static let mistakes = [
        (
            "max_turn: 1", "",
            "c.yaml:11:14: error: unknown key 'max_turn' (at role_adapters[0].params.max_turn)\n    did you mean 'max_turns'?"
        ),
        (
            "implementation_params: {max_turn: 1}", "",
            "c.yaml:11:38: error: unknown key 'max_turn' (at role_adapters[0].params.implementation_params.max_turn)\n    did you mean 'max_turns'?"
        ),
        (
            "implementation_parms: {max_turns: 1}", "",
            "c.yaml:11:14: error: unknown key 'implementation_parms' (at role_adapters[0].params.implementation_parms)\n    did you mean 'implementation_params'?"
        ),
        (
            "", "max_turns: 0",
            "c.yaml:17:66: error: 0 is too small (at tasks[0].steps[0].params.max_turns)\n    the smallest value is 1"
        ),
        (
            "max_turns: 1, turn_limit: 2", "",
            "c.yaml:11:28: error: 'turn_limit' says again what 'max_turns' says (at role_adapters[0].params.turn_limit)\n    remove one of them"
        ),
        (
            "implementation_params: [max_turns]", "",
            "c.yaml:11:37: error: expected a mapping, found a list (at role_adapters[0].params.implementation_params)"
        ),
        (
            "implementation: dut_agnt", "",
            "c.yaml:11:30: error: there is no role implementation 'dut_agnt' (at role_adapters[0].params.implementation)\n    did you mean 'dut_agent'?"
        ),
    ]

    @Test(arguments: mistakes)
    func reports(params: String, step: String, report: String) throws {
        let result = try Minimal.load(Self.pipeline(params: params, step: step))
        #expect(result.errors == [report])
    }

    @Test func aRoleWithoutAnImplementationOfItsNameNeedsOne() throws {
        let text = try Minimal.replacing(
            "metrics:", "  - adapter_id: judge\n    role_type: judge_extend\nmetrics:")
        #expect(
            try Minimal.load(text).errors == [
                """
                c.yaml:15:5: error: a judge_extend needs 'params.implementation' (at role_adapters[1])
                    registered: appworld_evaluate, swebench_docker, tau2_eval
                """
            ])
    }

    @Test func readingWhatNobodyWroteNamesWhoCouldWriteIt() throws {
        let judge = "  - {adapter_id: judge, role_type: judge_extend, params: {implementation: tau2_eval}}\nmetrics:"
        let world =
            "  - {adapter_id: world, role_type: context_provider, params: {implementation: tau2_bootstrap}}\nmetrics:"
        let step = "      - {step: judge, adapter_id: judge}\n      - step: auto_eval"
        var text = try Minimal.replacing("      - step: auto_eval", step)
        text = text.split(separator: "metrics:", maxSplits: 1).joined(separator: judge)
        let first = try Minimal.load(text).errors
        #expect(
            first == [
                """
                c.yaml:24:35: error: 'judge' (tau2_eval) reads 'world', which no earlier step writes (at tasks[0].steps[1].adapter_id)
                    these implementations write it: tau2_bootstrap
                """
            ])
        text = text.split(separator: "metrics:", maxSplits: 1).joined(separator: world)
        let second = try Minimal.load(text).errors
        #expect(
            second == [
                """
                c.yaml:25:35: error: 'judge' (tau2_eval) reads 'world', which no earlier step writes (at tasks[0].steps[1].adapter_id)
                    put a step with 'world' before it
                """
            ])
    }

    @Test func anAdapterThatNoStepRunsIsCheckedToo() throws {
        let idle = "  - {adapter_id: idle, role_type: toolchain, params: {tool_doc_format: odd}}\nmetrics:"
        let result = try Minimal.load(try Minimal.replacing("metrics:", idle))
        #expect(
            result.errors == [
                """
                c.yaml:15:72: error: 'odd' is not allowed here (at role_adapters[1].params.tool_doc_format)
                    allowed: app_kv, schema_yaml, text
                """
            ])
        #expect(result.warnings.count == 1)
    }

    @Test func severalFittingAdaptersMustBeToldApart() throws {
        var text = try Minimal.replacing(
            "metrics:", "  - {adapter_id: other, role_type: dut_model, backend_id: echo}\nmetrics:")
        text = text.split(separator: "\n        adapter_id: dut").joined()
        #expect(
            try Minimal.load(text).errors == [
                "c.yaml:22:9: error: this 'inference' step needs an 'adapter_id' (at tasks[0].steps[0])\n    several fit: dut, other"
            ])
    }

    @Test func overridesOfASandboxAreCheckedAsPartOfItsProfile() throws {
        let sandbox = """
            sandbox_profiles:
              - {sandbox_id: world, runtime: tau2, runtime_configs: {max_steps: 5, user_model: a}}
            metrics:
            """
        var text = try Minimal.replacing(
            "metrics:", "    sandbox: {sandbox_id: world, runtime_configs: {max_steps: 9}}\n" + sandbox)
        var result = try Minimal.load(text)
        #expect(result.errors.isEmpty)
        let planned = result.plan?.tasks.first?.steps.first?.adapter?.sandbox
        #expect(planned?.overrides == ["runtime_configs": ["max_steps": 9]])
        text = text.split(separator: "max_steps: 9").joined(separator: "max_stepz: 9")
        result = try Minimal.load(text)
        #expect(
            result.errors == [
                """
                c.yaml:15:52: error: unknown key 'max_stepz' (at role_adapters[0].sandbox.runtime_configs.max_stepz)
                    did you mean 'max_steps'?
                """
            ])
    }
}
