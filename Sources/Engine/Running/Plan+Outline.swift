import Evaluation
public import GageConfiguration
public import JSON

extension Plan {
    /// The plan in outline, for `plan.json`: what runs in which order, with which limits.
    public var outline: JSONObject {
        var object: JSONObject = ["name": .string(name), "seed": .number(String(seed)), "digest": .string(digest)]
        object["tasks"] = .array(tasks.map { .object(Self.outline($0)) })
        object["backends"] = .array(
            backends.map { ["backend_id": .string($0.id), "type": .string($0.typeKey), "config": $0.settings] })
        object["sandbox_profiles"] = .array(
            sandboxProfiles.map { ["sandbox_id": .string($0.id), "runtime": .string($0.runtimeKey)] })
        object["summary_generators"] = .array(summaryGenerators.map { .string($0.id) })
        return object
    }

    private static func outline(_ task: PlannedTask) -> JSONObject {
        var object: JSONObject = ["task_id": .string(task.id)]
        var dataset: JSONObject = [
            "dataset_id": .string(task.dataset.id), "loader": .string(task.dataset.loaderKey),
        ]
        if let key = task.dataset.preprocessorKey { dataset["preprocess"] = .string(key) }
        object["dataset"] = .object(dataset)
        object["steps"] = .array(
            task.steps.map { step in
                var item: JSONObject = ["step": .string(step.kind.rawValue)]
                if let adapter = step.adapter {
                    item["adapter_id"] = .string(adapter.id)
                    item["role_type"] = .string(adapter.role.rawValue)
                    item["implementation"] = .string(adapter.implementationKey)
                }
                return .object(item)
            })
        object["metrics"] = .array(
            task.metrics.map {
                [
                    "metric_id": .string($0.id), "implementation": .string($0.implementationKey),
                    "aggregation": .string($0.aggregationKey),
                ]
            })
        object["trials"] = JSONValue(task.trials)
        object["concurrency"] = JSONValue(task.concurrency)
        object["max_samples"] = task.maxSamples.map { JSONValue($0) } ?? .null
        object["max_retries"] = JSONValue(task.maxRetries)
        object["episode_timeout_s"] = task.episodeTimeout.map { JSONValue($0.inSeconds) } ?? .null
        object["shuffle"] = JSONValue(task.shuffle)
        return object
    }
}
