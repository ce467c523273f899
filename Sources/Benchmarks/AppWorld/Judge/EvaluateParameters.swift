import Evaluation

/// The parameters of `appworld_evaluate`.
struct EvaluateParameters: Parameters {
    var root = "/run"
    var experimentName: String?
    var timeout = 120.0
    var outputFormat: String?
    var resultPath = "{root}/experiments/outputs/{experiment_name}/evaluations/on_only_{task_id}.json"
    var outputDirectory = "{root}/experiments/outputs/{experiment_name}/tasks/{task_id}"
    var exportsOutputs = false
    var exportDirectory: String?
    var redactsDetails = true
    var redactsTrace = true
    var program = "appworld"
    var dockerBinary: String?

    static var fields: [ParameterField<Self>] {
        placeFields + [
            .init("export_outputs", \.exportsOutputs, "Whether the task's outputs are copied to appworld_artifacts/."),
            .init(
                "export_dir", \.exportDirectory,
                "Where they are copied to instead, below the run's directory; {task_id}, {experiment_name} and {run_id} "
                    + "stand for what they say."),
            .init(
                "redact_test_details", \.redactsDetails,
                "Whether of a test split's evaluation only the completion is kept."),
            .init("redact_trace", \.redactsTrace, "Whether what was said in a test split's tasks is left out."),
            .init("docker_bin", \.dockerBinary, "Accepted for older configurations.") {
                $0.ignoredBecause = "the engine is spoken to directly"
            },
        ]
    }

    private static var placeFields: [ParameterField<Self>] {
        [
            .init("appworld_root", \.root, "AppWorld's directory in the container."),
            .init("experiment_name", \.experimentName, "Accepted for older configurations.") {
                $0.ignoredBecause = "the experiment is the one that was initialized"
            },
            .init("eval_timeout_s", \.timeout, "The longest that an evaluation may take, in seconds.") {
                $0.minimum = 1
            },
            .init("appworld_program", \.program, "The program in the container that evaluates."),
            .init("output_format", \.outputFormat, "What is passed to it as --output-format."),
            .init("result_path_template", \.resultPath, "Where it writes its result."),
            .init("output_dir_template", \.outputDirectory, "Where a task's outputs are."),
        ]
    }
}
