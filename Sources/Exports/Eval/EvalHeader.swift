import Evaluation
import JSON
import Storage

/// What a log says before its samples: task, data, model, results.
struct EvalHeader {
    let run: ExportedRun
    let task: TaskMetadata
    let census: EvalCensus
    let identifier: (String) -> String

    /// The version of inspect's log format.
    private static let version: JSONValue = 2

    /// The content of `header.json`.
    var json: JSONValue {
        var object: JSONObject = [
            "version": Self.version, "status": .string(status), "eval": specification, "plan": plan,
            "results": results, "stats": statistics,
        ]
        if status == "error" {
            let reason = JSONValue.string(run.metadata.statusReason ?? "the run could not go on")
            object["error"] = ["message": reason, "traceback": reason, "traceback_ansi": reason]
        }
        return .object(object)
    }

    /// The content of `_journal/start.json`.
    var start: JSONValue { ["version": Self.version, "eval": specification, "plan": plan] }

    private var status: String {
        switch run.metadata.status {
        case .completed: "success"
        case .running: "started"
        case .interrupted, .stopped: "cancelled"
        case .failed: "error"
        }
    }

    private var specification: JSONValue {
        let metrics = census.metrics.map(\.id)
        var seen: Set<String> = []
        let scorers = metrics.filter { seen.insert($0).inserted }
        return [
            "eval_id": .string(identifier("eval")), "run_id": .string(identifier("run")),
            "created": .string(TimeStamp.offset(run.metadata.startedAt)), "task": .string(task.id),
            "task_id": .string(identifier("task")), "task_version": 0, "task_attribs": [:], "task_args": [:],
            "task_display_name": .string(task.id), "tags": ["gage"],
            "dataset": [
                "name": .string(task.datasetID), "samples": .int(Int64(census.sampleIDs.count)),
                "sample_ids": .array(census.sampleIDs.map(JSONValue.string)), "shuffled": false,
            ],
            "model": .string(model), "model_generate_config": [:], "model_args": [:],
            "config": ["epochs": .int(Int64(census.epochs))],
            "packages": ["gage": .string(run.metadata.gageVersion)],
            "metadata": [
                "gage_run_id": .string(run.metadata.runID), "gage_config_name": .string(run.metadata.name),
                "gage_plan_digest": .string(run.metadata.planDigest), "gage_seed": .string(String(run.metadata.seed)),
                "gage_dataset": .object(task.datasetMetadata),
            ],
            "scorers": .array(scorers.map { ["name": .string($0)] }),
        ]
    }

    /// The agent's model as messages name it, or that of the first backend.
    private var model: String {
        census.model ?? run.metadata.configuration.at("backends[0].config.model")?.stringValue ?? "unknown"
    }

    private var plan: JSONValue {
        let steps =
            (run.metadata.configuration["tasks"]?.arrayValue ?? [])
            .first { $0["task_id"]?.stringValue == task.id }?["steps"]?.arrayValue ?? []
        let solvers = steps.map { step -> JSONValue in
            let name = [step["step"], step["adapter_id"]].compactMap { $0?.stringValue }.joined(separator: ":")
            return ["solver": .string(name.isEmpty ? "step" : name), "params": [:]]
        }
        return ["name": "gage", "steps": .array(solvers), "config": [:]]
    }

    private var results: JSONValue {
        let scores = census.metrics.map { metric -> JSONValue in
            var metrics: JSONObject = ["mean": ["name": "mean", "value": JSONValue(metric.mean), "params": [:]]]
            if let error = metric.standardError {
                metrics["stderr"] = ["name": "stderr", "value": JSONValue(error), "params": ["cluster": "sample"]]
            }
            let name =
                metric.id == metric.value || metric.id.hasSuffix("_\(metric.value)")
                ? metric.id : "\(metric.id) \(metric.value)"
            return [
                "name": .string(name), "scorer": .string(metric.id), "params": [:],
                "scored_samples": .int(Int64(metric.scored)),
                "unscored_samples": .int(Int64(census.samples - metric.scored)), "metrics": .object(metrics),
            ]
        }
        return [
            "total_samples": .int(Int64(max(task.plannedEpisodes ?? 0, census.samples))),
            "completed_samples": .int(Int64(census.completed)), "scores": .array(scores),
        ]
    }

    private var statistics: JSONValue {
        let ended = run.sessions.compactMap(\.endedAt).max() ?? max(census.endedAt, run.metadata.startedAt)
        return [
            "started_at": .string(TimeStamp.offset(run.metadata.startedAt)),
            "completed_at": .string(TimeStamp.offset(ended)), "model_usage": census.usage.json,
        ]
    }
}
