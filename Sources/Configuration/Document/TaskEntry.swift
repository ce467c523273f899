import Evaluation
import JSON

/// An entry of `tasks`.
struct TaskEntry: Identified {
    var id = ""
    var datasetID = ""
    var steps = Section<StepEntry>()
    var metricOverrides = Section<MetricEntry>()
    var maxSamples: Int?
    var trials: Int?
    var concurrency = 1
    var prefetchFactor = 2
    var maxInflight: Int?
    var shuffle = false
    var shuffleSeed = 123
    var seedGroup: String?
    var maxRetries = 2
    var timeout: Double?
    var reporting = ReportingBlock()
    /// Where keys without effect leave their values.
    var ignored: JSONValue?

    static let idKey = "task_id"

    static var fields: [ParameterField<Self>] {
        [
            .init("task_id", \.id, "The task's name in this document.") { $0.isRequired = true },
            .init("dataset_id", \.datasetID, "The data set.") {
                $0.aliases = ["dataset_ref"]
                $0.isRequired = true
                $0.reference = .dataset
            },
            .init("steps", \.steps, "The steps that every sample takes; custom.steps when empty."),
            .init("metric_overrides", \.metricOverrides, "The only metrics of this task, and what they change."),
            .init("max_samples", \.maxSamples, "The largest number of samples, counted after preprocessing.") {
                $0.minimum = 0
            },
            .init("trials", \.trials, "Attempts at each sample that does not say itself how many.") { $0.minimum = 1 },
            .init("concurrency", \.concurrency, "Episodes at once.") { $0.minimum = 1 },
            .init("prefetch_factor", \.prefetchFactor, "Samples read ahead for each episode at once.") {
                $0.minimum = 1
            },
            .init("max_inflight", \.maxInflight, "The least number of samples to read ahead.") { $0.minimum = 1 },
            .init("shuffle", \.shuffle, "Whether samples are taken in a shuffled order."),
            .init("shuffle_seed", \.shuffleSeed, "The seed of that order.") { $0.minimum = 0 },
            .init(
                "seed_group", \.seedGroup,
                "Tasks of one group give the same sample and trial the same seed; every task its own by default."),
            .init("max_retries", \.maxRetries, "How often an errored episode is tried again, where that can help.") {
                $0.minimum = 0
            },
            .init("timeout_s", \.timeout, "The wall-clock limit of one attempt, in seconds.") {
                $0.minimum = 0.001
                $0.maximum = Duration.longestSeconds
            },
            .init("reporting", \.reporting, "Where results go besides the run directory."),
        ] + ignoredFields
    }

    private static var ignoredFields: [ParameterField<Self>] {
        let reasons = [
            ("failure_policy", "an errored episode never stops a run, and never counts as zero"),
            ("execution_mode", "every task runs sample by sample"),
            ("shuffle_strategy", "shuffling holds only the samples' positions in memory"),
            ("shuffle_small_dataset_threshold", "shuffling holds only the samples' positions in memory"),
            ("keep_shuffle_artifacts", "shuffling writes no files"),
            ("metric_concurrency", "metrics are computed with their episode"),
            ("report_partial_on_failure", "a report is always made"),
            ("support_payload_policy", "support outputs are kept once"),
            ("gpus", "models run behind a server"),
            ("cpus", "'concurrency' decides how much runs at once"),
        ]
        return reasons.map { name, reason in
            .init(name, \.ignored, "Accepted for older configurations.") { $0.ignoredBecause = reason }
        }
    }
}

/// The `reporting` block of a task.
struct ReportingBlock: Parameters {
    var sinks = Section<SinkEntry>()

    static var fields: [ParameterField<Self>] {
        [.init("sinks", \.sinks, "Where results go.")]
    }
}

/// An entry of `reporting.sinks`.
struct SinkEntry: Parameters {
    var type = "console"
    var params = SinkParams()

    static var fields: [ParameterField<Self>] {
        [
            .init("type", \.type, "The kind of sink.") {
                $0.allowed = ["console", "file"]
                $0.isRequired = true
            },
            .init("params", \.params, "Where it writes."),
        ]
    }

    func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        if type == "file", params.outputPath == nil {
            diagnostics.error("a file sink needs 'params.output_path'", at: node["params"] ?? node)
        }
    }
}

/// The `params` of a sink.
struct SinkParams: Parameters {
    var outputPath: String?

    static var fields: [ParameterField<Self>] {
        [.init("output_path", \.outputPath, "The file; .json holds the summary, .jsonl a line per episode.")]
    }
}

/// An entry of `steps`.
struct StepEntry: Parameters {
    var step = ""
    var adapterID: String?
    var params = Block()

    /// Steps that are always made and therefore need not be listed.
    static let implicit = ["preprocess", "report", "hook"]
    static let known = StepKind.allCases.map(\.rawValue) + implicit

    static var fields: [ParameterField<Self>] {
        [
            .init("step", \.step, "The kind of step.") {
                $0.allowed = known
                $0.isRequired = true
            },
            .init("adapter_id", \.adapterID, "The role adapter that runs; the only fitting one by default.") {
                $0.aliases = ["role_ref"]
                $0.reference = .roleAdapter
            },
            .init("params", \.params, "Parameters that win over the adapter's."),
        ]
    }
}
