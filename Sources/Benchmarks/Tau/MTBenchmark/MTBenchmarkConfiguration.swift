/// The configuration that the MT-benchmark runs where none is named.
public enum MTBenchmarkConfiguration {
    /// Its name in messages; the same text lies there in the repository.
    public static let name = "config/tau-bench/mt_benchmark.yaml"

    /// Its text.
    public static let text = #"""
        # yaml-language-server: $schema=../gage.schema.json
        # What `gage tau-bench run` and `gage serve` run: models by LiteLLM-style names, so that openai/gpt-4o, hosted_vllm/my-model
        # and the like all work. Keys and addresses come from the environment (OPENAI_API_KEY, OPENAI_BASE_URL, …).
        api_version: gage/v1
        kind: PipelineConfig
        metadata:
          name: mt_benchmark
          description: The MT-benchmark's τ-bench.

        seed: ${TAU_BENCH_SEED:-10}

        datasets:
          - dataset_id: tau_bench
            loader: tau_bench_tasks
            params:
              # retail (115 tasks) or airline (50)
              env: ${TAU_BENCH_ENV:-retail}
              split: test
              # All of them where none is named.
              task_ids: []
              num_trials: ${TAU_BENCH_NUM_TRIALS:-1}
              seed: ${TAU_BENCH_SEED:-10}
              data_dir: ${TAU_BENCH_DATA_DIR:-./local-datasets/official/tau-bench}
              preprocess: tau_bench_preprocessor

        backends:
          - backend_id: agent_model
            type: litellm
            config:
              model: ${TAU_BENCH_AGENT_MODEL:-openai/gpt-4o}
              max_retries: 6
              generation_parameters:
                temperature: ${TAU_BENCH_AGENT_TEMPERATURE:-0.0}
          # Officially the user's model is given no parameters.
          - backend_id: user_model
            type: litellm
            config:
              model: ${TAU_BENCH_USER_MODEL:-openai/gpt-4o}
              max_retries: 6

        agent_backends:
          - agent_backend_id: agent
            type: model_backend
            backend_id: agent_model
            config:
              force_tool_choice: never

        sandbox_profiles:
          - sandbox_id: tau_bench_world
            runtime: tau_bench
            runtime_configs:
              data_dir: ${TAU_BENCH_DATA_DIR:-./local-datasets/official/tau-bench}
              # tool-calling, act, react, few-shot
              agent_strategy: ${TAU_BENCH_AGENT_STRATEGY:-tool-calling}
              # llm, react, verify, reflection
              user_strategy: ${TAU_BENCH_USER_STRATEGY:-llm}
              user_backend_id: user_model
              max_num_steps: ${TAU_BENCH_MAX_NUM_STEPS:-30}

        role_adapters:
          - adapter_id: bootstrap
            role_type: context_provider
            params:
              implementation: tau_bench_bootstrap
          - adapter_id: agent
            role_type: dut_agent
            agent_backend_id: agent
            sandbox:
              sandbox_id: tau_bench_world
              lifecycle: per_sample
          - adapter_id: judge
            role_type: judge_extend
            params:
              implementation: tau_bench_eval

        metrics:
          - metric_id: tau_bench_reward
            implementation: tau_bench_reward
          - metric_id: tau_bench_pass
            implementation: tau_bench_pass
          - metric_id: tau_bench_pass_hat_k
            implementation: tau_bench_pass_hat_k
            aggregation: tau_bench_pass_hat
          - metric_id: tau_bench_agent_cost
            implementation: tau_bench_agent_cost
          - metric_id: tau_bench_user_cost
            implementation: tau_bench_user_cost

        summary_generators:
          - tau_bench_summary

        tasks:
          - task_id: tau_bench
            dataset_id: tau_bench
            concurrency: ${TAU_BENCH_CONCURRENCY:-8}
            steps:
              - step: support
                adapter_id: bootstrap
              - step: inference
                adapter_id: agent
              - step: judge
                adapter_id: judge
              - step: auto_eval
        """# + "\n"
}
