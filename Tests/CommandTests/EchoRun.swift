/// A run without servers or scripts: questions to a model that repeats them.
enum EchoRun {
    /// Two hundred records of `data.jsonl`.
    static let records = (0..<200).map { "{\"id\": \"s\($0)\", \"question\": \"\($0)?\", \"answer\": \"\($0)?\"}" }
        .joined(separator: "\n")

    /// The configuration of a run over `data.jsonl`, two trials each, in these tasks.
    static func configuration(_ name: String, tasks: [String] = ["echo"], concurrency: Int = 2) -> String {
        let tasks = tasks.map { id in
            """
              - task_id: \(id)
                dataset_id: data
                trials: 2
                concurrency: \(concurrency)
                steps:
                  - {step: inference, adapter_id: model}
                  - {step: auto_eval}
            """
        }
        return """
            api_version: gage/v1
            kind: PipelineConfig
            metadata: {name: \(name)}
            datasets:
              - dataset_id: data
                loader: jsonl
                params: {path: data.jsonl, preprocess: default}
            backends:
              - backend_id: echo
                type: dummy
                config: {responses: [], echo_prompt: true}
            role_adapters:
              - {adapter_id: model, role_type: dut_model, backend_id: echo}
            metrics:
              - metric_id: exact_match
                implementation: exact_match
            tasks:
            \(tasks.joined(separator: "\n"))
            """
    }
}
