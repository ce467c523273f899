extension PauseConfigurations {
    /// Evaluation of logs.
    static let evaluate = #"""
        # yaml-language-server: $schema=../gage.schema.json
        # What `gage pause evaluate-trajs` runs: logs of attempts at saved tasks are judged target by target.
        api_version: gage/v1
        kind: PipelineConfig
        metadata:
          name: pause_evaluate
          description: PAUSE, evaluation of logs.

        seed: ${PAUSE_SEED:-46}

        datasets:
          - dataset_id: trajectories
            loader: pause_evaluations
            params:
              tasks_dir: ${PAUSE_SAVED_TASKS:-runs/testrun/saved_tasks}
              logs_dir: ${PAUSE_INFERENCE_LOGS:-runs/testrun/inference_logs}
              branch: ${PAUSE_BRANCH:-all}
              preprocess: pause_evaluations_preprocessor

        role_adapters:
          - adapter_id: stored
            role_type: dut_agent
            params:
              implementation: pause_stored
          - adapter_id: evaluator
            role_type: judge_extend
            params:
              implementation: pause_semantic
              client: ${PAUSE_JUDGE_CLIENT:-scripted}
              model: ${PAUSE_JUDGE_MODEL:-rule_judge}

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
          - metric_id: pause_permission_mistakes
            implementation: pause_permission_mistakes

        summary_generators:
          - pause_summary

        tasks:
          - task_id: evaluate
            dataset_id: trajectories
            concurrency: ${PAUSE_CONCURRENCY:-4}
            steps:
              - step: inference
                adapter_id: stored
              - step: judge
                adapter_id: evaluator
              - step: auto_eval
        """# + "\n"
}
