import Evaluation

/// Stands in for the real kits: the same keys, with enough of their parameters to check a configuration against.
struct StandInKit: Kit {
    var name: String { "stand_in" }

    func register(in registry: inout Registry) {
        registerSources(in: &registry)
        registerRoles(in: &registry)
        registerMetrics(in: &registry)
    }

    static let registry = Registry(kits: [StandInKit()])

    private func registerSources(in registry: inout Registry) {
        registry.datasetLoaders.register(stand("jsonl", JSONLinesBlock.self))
        registry.datasetLoaders.register(stand("tau2_tasks", TauTasksBlock.self))
        registry.datasetLoaders.register(stand("hf_hub", HubBlock.self, aliases: ["huggingface_hub"]))
        registry.preprocessors.register(stand("appworld_preprocessor", SubsetBlock.self))
        registry.preprocessors.register(stand("tau2_preprocessor", NoParameters.self))
        for key in [
            "swebench_pro_standardizer", "multi_choice_standardizer", "docvqa_image_standardizer", "gpqa_struct_only",
            "piqa_struct_only",
        ] { registry.preprocessors.register(stand(key, FreeParameters.self)) }
        registry.backends.register(stand("openai_http", OpenAIBlock.self))
        registry.backends.register(stand("litellm", FreeParameters.self))
        registry.backends.register(stand("dummy", DummyBlock.self))
        registry.promptRenderers.register(stand("jinja", PromptBlock.self, aliases: ["jinja2"]))
        registry.promptRenderers.register(stand("jinja_chat", PromptBlock.self))
        registry.promptRenderers.register(stand("jinja_delimited_chat", PromptBlock.self))
        for key in ["dut/appworld@v1", "helper/appworld_api_predictor@v1"] {
            registry.catalogPrompts.register(Registration(key, summary: "A prompt.") { StandIn() })
        }
        registry.sandboxRuntimes.register(stand("docker", DockerBlock.self))
        registry.sandboxRuntimes.register(stand("tau2", TauRuntimeBlock.self))
        registry.toolTransports.register(stand("streamable_http", ToolServerBlock.self))
        registry.toolTransports.register(stand("stdio", ToolProgramBlock.self))
    }

    private func registerRoles(in registry: inout Registry) {
        registry.roles.register(
            role("dut_agent", AgentBlock.self, [.dutAgent], writes: [.trajectory, .prediction]))
        registry.roles.register(role("dut_model", NoParameters.self, [.dutModel], writes: [.prediction]))
        registry.roles.register(role("toolchain", ToolchainBlock.self, [.toolchain], writes: [.tools]))
        registry.roles.register(
            role("judge_model", FreeParameters.self, [.judgeModel], reads: [.prediction], writes: [.verdicts]))
        registry.roles.register(
            role("tau2_bootstrap", NoParameters.self, [.contextProvider], writes: [.world, .dialogue, .tools]))
        registry.roles.register(
            role("tau2_eval", NoParameters.self, [.judgeExtend], reads: [.world], writes: [.verdicts]))
        registry.roles.register(
            role("appworld_api_docs", FreeParameters.self, [.contextProvider], writes: [.supportOutputs]))
        registry.roles.register(
            role(
                "appworld_api_predictor", PredictorBlock.self, [.helperModel], reads: [.supportOutputs],
                writes: [.supportOutputs]))
        registry.roles.register(
            role(
                "appworld_evaluate", FreeParameters.self, [.judgeExtend], reads: [.prediction], writes: [.verdicts]))
        registry.roles.register(
            role("swebench_repo", FreeParameters.self, [.contextProvider], writes: [.supportOutputs]))
        registry.roles.register(
            role("swebench_docker", FreeParameters.self, [.judgeExtend], reads: [.prediction], writes: [.verdicts]))
    }

    private func registerMetrics(in registry: inout Registry) {
        let plain = [
            "latency", "multi_choice_accuracy", "docvqa_anls", "appworld_tgc", "appworld_sgc", "appworld_pass_count",
            "appworld_fail_count", "appworld_difficulty", "swebench_resolve_rate", "swebench_failure_reason",
            "tau2_reward", "tau2_pass", "tau2_pass_hat_k", "tau2_agent_cost", "tau2_user_cost",
        ]
        for key in plain {
            registry.metrics.register(Registration(key, summary: "A metric.") { StandInMetric() })
        }
        registry.metrics.register(
            Registration("exact_match", summary: "Whether texts are equal.", parameters: MatchBlock.self) {
                StandInMetric(parameters: $0.json)
            })
        registry.aggregations.register(stand("mean", NoParameters.self))
        registry.aggregations.register(stand("tau2_pass_hat", NoParameters.self))
        registry.aggregations.register(stand("categorical_count", CategoryBlock.self))
        for key in ["appworld_summary", "swebench_summary", "tau2_summary"] {
            registry.summaryGenerators.register(stand(key, NoParameters.self))
        }
    }

    private func role<Block: Parameters>(
        _ key: String, _ parameters: Block.Type, _ roles: [RoleType], reads: Set<EpisodeSlot> = [],
        writes: Set<EpisodeSlot>
    ) -> Registration<any RoleAdapter> {
        Registration(key, roles: roles, summary: "A role.", parameters: parameters) { block in
            StandInRole(contract: StepContract(reads: reads, writes: writes), parameters: block.json)
        }
    }

    private func stand<Block: Parameters, Product>(
        _ key: String, _ parameters: Block.Type, aliases: [String] = []
    ) -> Registration<Product> {
        Registration(key, aliases: aliases, summary: "A stand-in for \(key).", parameters: parameters) { block in
            guard let product = StandIn(parameters: block.json) as? Product else { throw StandIn.refuse() }
            return product
        }
    }
}
