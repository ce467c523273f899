extension PauseConfigurations {
    /// Annotation of logs.
    static let annotate = #"""
        # yaml-language-server: $schema=../gage.schema.json
        # What `gage pause annotate-trajs` runs: logs are annotated, and the best trajectory of each becomes the reference.
        api_version: gage/v1
        kind: PipelineConfig
        metadata:
          name: pause_annotate
          description: PAUSE, annotation of logs.

        seed: ${PAUSE_SEED:-46}

        datasets:
          - dataset_id: logs
            loader: pause_logs
            params:
              logs: ["${PAUSE_LOGS:-runs/testrun/logs}"]
              preprocess: pause_logs_preprocessor

        role_adapters:
          - adapter_id: stored
            role_type: dut_agent
            params:
              implementation: pause_stored
          - adapter_id: annotators
            role_type: judge_extend
            params:
              implementation: pause_annotation
              annotators:
                - client: ${PAUSE_JUDGE_CLIENT:-scripted}
                  model: ${PAUSE_JUDGE_MODEL:-rule_judge}
              rerun: false
              routes:
                - client_assistant: ${PAUSE_ASSISTANT_CLIENT:-scripted}
                  assistant_model: ${PAUSE_ASSISTANT_MODEL:-oracle}
                  client_user: ${PAUSE_USER_CLIENT:-scripted}
                  user_model: ${PAUSE_USER_MODEL:-rule_user}

        metrics:
          - metric_id: pause_reference_chosen
            implementation: pause_reference_chosen

        tasks:
          - task_id: annotate
            dataset_id: logs
            concurrency: ${PAUSE_CONCURRENCY:-4}
            steps:
              - step: inference
                adapter_id: stored
              - step: judge
                adapter_id: annotators
              - step: auto_eval
        """# + "\n"
}
