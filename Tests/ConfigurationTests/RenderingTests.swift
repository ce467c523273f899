import Evaluation
import JSON
import Testing

@testable import GageConfiguration

@Suite struct RenderingTests {
    @Test func theTextShowsTasksStepsAndModels() throws {
        let plan = try #require(Fixtures.load("tau2_two_domains").plan)
        #expect(
            PlanRendering(plan).text == """
                tau2_two_domains
                seed 11, digest \(plan.digest.prefix(12))

                task flights
                  data set   flights    tau2_tasks → tau2_preprocessor
                  support    bootstrap  tau2_bootstrap
                                        writes dialogue, tools, world
                  inference  agent      dut_agent, asks server, sandbox world per_sample
                                        writes prediction, trajectory
                  judge      judge      tau2_eval
                                        reads world; writes verdicts
                  auto_eval  tau2_reward (mean), tau2_pass (mean)
                  all samples, 4 trials, 1 at once, 1 retry, limit 600 s

                task phones
                  data set   phones     tau2_tasks → tau2_preprocessor
                  support    bootstrap  tau2_bootstrap
                                        writes dialogue, tools, world
                  inference  agent      dut_agent, asks server, sandbox world per_sample
                                        writes prediction, trajectory
                  judge      judge      tau2_eval
                                        reads world; writes verdicts
                  auto_eval  tau2_reward (mean), tau2_pass (mean)
                  all samples, 1 trial, 4 at once, 2 retries

                backends
                  server  openai_http  small
                  people  openai_http  other

                sandboxes
                  world  tau2

                summaries  appworld_summary, swebench_summary, tau2_summary

                """)
    }

    @Test func theChartConnectsStepsModelsAndReport() throws {
        let plan = try #require(Fixtures.load("choices").plan)
        #expect(
            PlanRendering(plan).mermaid == """
                flowchart LR
                  subgraph task0["questions"]
                    t0data[("questions<br/>hf_hub")]
                    t0prep["preprocess<br/>gpqa_struct_only"]
                    t0s0["inference<br/>dut<br/>dut_model"]
                    t0s1["auto_eval<br/>accuracy"]
                    t0data --> t0prep --> t0s0 --> t0s1
                  end
                  model0(["server<br/>small"])
                  report{{"report<br/>appworld_summary<br/>swebench_summary<br/>tau2_summary"}}
                  t0s0 -.-> model0
                  t0s1 --> report

                """)
    }

    @Test func theChartWritesSyntaxInNamesAsEntities() throws {
        let text = try Minimal.replacing("task_id: all", "task_id: 'a \"b\" <c> #1'")
        let plan = try #require(try Minimal.load(text).plan)
        #expect(PlanRendering(plan).mermaid.contains("subgraph task0[\"a #quot;b#quot; #lt;c#gt; #35;1\"]"))
    }

    @Test func theJSONHoldsContractsAndAmounts() throws {
        let plan = try #require(Fixtures.load("tau2_two_domains").plan)
        let json = PlanRendering(plan).json
        #expect(json.at("tasks[0].steps[0].writes") == ["dialogue", "tools", "world"])
        #expect(json.at("tasks[0].steps[1].sandbox") == ["sandbox_id": "world", "lifecycle": "per_sample"])
        #expect(json.at("tasks[0].timeout_s") == .number("600.0"))
        #expect(json.at("agent_backends[0].force_tool_choice") == "never")
        #expect(json["digest"]?.stringValue == plan.digest)
    }

    @Test func theResolvedFormSaysWhereValuesComeFrom() {
        let result = Fixtures.load("tau2_one_domain", environment: ["FIXTURE_SEED": "9"])
        let text = result.document?.yaml(showingOrigins: true) ?? ""
        #expect(text.contains("      seed: 9  # environment FIXTURE_SEED\n"))
        #expect(text.contains("      num_trials: 1  # default of ${FIXTURE_TRIALS}\n"))
        #expect(text.contains("    max_retries: 2  # default\n"))
        #expect(text.contains("      domain: retail\n"))
        #expect(text.contains("    template: |\n      Follow these rules.\n"))
        #expect(result.document?.yaml(showingOrigins: false).contains("#") == false)
    }

    @Test func listsAndDescribesComponents() throws {
        let catalog = ComponentCatalog(StandInKit.registry)
        #expect(
            catalog.list(.sandboxRuntime) == """
                sandbox_runtime  (sandbox_profiles[].runtime)
                  docker  A stand-in for docker.
                  tau2    A stand-in for tau2.

                """)
        #expect(catalog.list().contains("prompt  (role_adapters[].prompt_id)\n  dut/appworld@v1 "))
        #expect(
            catalog.describe("jinja2") == """
                jinja  (prompt_renderer)
                  A stand-in for jinja.
                  written as  prompts[].renderer: jinja
                  also  jinja2
                  parameters in  prompts[]
                    template  The template.
                              text, or null
                    params    Variables and options.
                              mapping to anything

                """)
        #expect(catalog.describe("openai_htp") == nil)
        #expect(catalog.nearMiss("openai_htp") == "openai_http")
        #expect(catalog.describe("tasks")?.contains("at most") == false)
        #expect(catalog.describe("tasks")?.contains("    max_samples  ") == true)
        #expect(ComponentCatalog.kind(named: "prompt-renderers") == .promptRenderer)
        #expect(ComponentCatalog.kind(named: "metrics") == .metric)
        #expect(ComponentCatalog.kind(named: "things") == nil)
    }

    @Test func descriptionsCarryTheirParametersAsJSONSchema() throws {
        let catalog = ComponentCatalog(StandInKit.registry)
        let tau = try #require(catalog.components.first { $0.key == "tau2_tasks" })
        #expect(tau.json.at("parameters.properties.num_trials.minimum") == 1)
        #expect(tau.json.at("parameters.additionalProperties") == false)
    }
}
