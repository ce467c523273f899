extension PauseConfigurations {
    /// Dialogues about tasks, judged by rules.
    static let testrun = #"""
        # yaml-language-server: $schema=../gage.schema.json
        # PAUSE's test run: dialogues without the branch's tools and policy, judged by rules. As it stands it runs offline, with
        # scripts in the place of models. For models set PAUSE_ASSISTANT_CLIENT and the other variables, or write your own routes:
        # a client is the id of a backend below, or the provider of a LiteLLM-style name (openai, azure, gemini, deepseek, anthropic).
        api_version: gage/v1
        kind: PipelineConfig
        metadata:
          name: pause_testrun
          description: PAUSE, test run.

        seed: ${PAUSE_SEED:-46}

        datasets:
          - dataset_id: pause
            loader: pause_tasks
            params:
              tasks_files: ["${PAUSE_TASKS:-local-datasets/pause}"]
              # all, or one or more of wearable_data_casual, wearable_data_advanced, lifestyle_record_casual,
              # lifestyle_record_advanced, shopping
              branch: ${PAUSE_BRANCH:-all}
              inference: true
              routes:
                - client_assistant: ${PAUSE_ASSISTANT_CLIENT:-scripted}
                  assistant_model: ${PAUSE_ASSISTANT_MODEL:-oracle}
                  client_user: ${PAUSE_USER_CLIENT:-scripted}
                  user_model: ${PAUSE_USER_MODEL:-rule_user}
              preprocess: pause_preprocessor

        role_adapters:
          - adapter_id: bootstrap
            role_type: context_provider
            params:
              implementation: pause_bootstrap
              max_rounds: 12
              max_tool_hops: 40
              max_events: 100
          - adapter_id: agent
            role_type: dut_agent
          - adapter_id: rules
            role_type: judge_extend
            params:
              implementation: pause_rules

        metrics:
          - metric_id: pause_task_completion
            implementation: pause_task_completion
          - metric_id: pause_targets_achieved
            implementation: pause_targets_achieved
          - metric_id: pause_tool_precision
            implementation: pause_tool_precision
          - metric_id: pause_tool_recall
            implementation: pause_tool_recall
          - metric_id: pause_tool_f1
            implementation: pause_tool_f1
          - metric_id: pause_shopping_score
            implementation: pause_shopping_score
          - metric_id: pause_shopping_pid
            implementation: pause_shopping_pid
          - metric_id: pause_shopping_qty_size
            implementation: pause_shopping_qty_size
          - metric_id: pause_shopping_voucher
            implementation: pause_shopping_voucher
          - metric_id: pause_shopping_balance
            implementation: pause_shopping_balance
          - metric_id: pause_cut_off
            implementation: pause_cut_off
          - metric_id: pause_rounds
            implementation: pause_rounds
          - metric_id: pause_assistant_tool_calls
            implementation: pause_assistant_tool_calls
          - metric_id: pause_user_tool_calls
            implementation: pause_user_tool_calls
          - metric_id: pause_permission_mistakes
            implementation: pause_permission_mistakes
          - metric_id: pause_judge_coverage
            implementation: pause_judge_coverage

        summary_generators:
          - pause_summary

        tasks:
          - task_id: testrun
            dataset_id: pause
            concurrency: ${PAUSE_CONCURRENCY:-4}
            steps:
              - step: support
                adapter_id: bootstrap
              - step: inference
                adapter_id: agent
              - step: judge
                adapter_id: rules
              - step: auto_eval
        """# + "\n"
}
