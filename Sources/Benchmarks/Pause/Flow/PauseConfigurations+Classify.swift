extension PauseConfigurations {
    /// Classes of errors.
    static let classify = #"""
        # yaml-language-server: $schema=../gage.schema.json
        # What `gage pause error-classification` runs: trajectories that missed a target are put into classes of errors.
        api_version: gage/v1
        kind: PipelineConfig
        metadata:
          name: pause_classify
          description: PAUSE, classes of errors.

        seed: ${PAUSE_SEED:-46}

        datasets:
          - dataset_id: errors
            loader: pause_errors
            params:
              tasks_dir: ${PAUSE_EVALUATED_TASKS:-runs/testrun/evaluated_tasks}
              preprocess: pause_errors_preprocessor

        role_adapters:
          - adapter_id: stored
            role_type: dut_agent
            params:
              implementation: pause_stored
          - adapter_id: classifier
            role_type: judge_extend
            params:
              implementation: pause_error_class
              client: ${PAUSE_JUDGE_CLIENT:-scripted}
              model: ${PAUSE_JUDGE_MODEL:-rule_judge}

        tasks:
          - task_id: classify
            dataset_id: errors
            concurrency: ${PAUSE_CONCURRENCY:-4}
            steps:
              - step: inference
                adapter_id: stored
              - step: judge
                adapter_id: classifier
        """# + "\n"
}
