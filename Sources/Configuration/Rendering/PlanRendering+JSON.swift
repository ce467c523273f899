import Evaluation
public import JSON

extension PlanRendering {
    /// The plan as JSON: what `plan.json` of a run directory holds.
    public var json: JSONValue {
        var object: JSONObject = ["name": .string(plan.name)]
        if let summary = plan.summary { object["description"] = .string(summary) }
        object["seed"] = .string(String(plan.seed))
        object["digest"] = .string(plan.digest)
        object["tasks"] = .array(plan.tasks.map { .object(json(of: $0)) })
        object["backends"] = .array(
            plan.backends.map { ["backend_id": .string($0.id), "type": .string($0.typeKey), "config": $0.settings] })
        object["agent_backends"] = .array(
            plan.agentBackends.map { backend in
                [
                    "agent_backend_id": .string(backend.id), "backend_id": .string(backend.backendID),
                    "force_tool_choice": .string(backend.forceToolChoice.rawValue),
                    "sampling_params": .object(backend.samplingParameters),
                ]
            })
        object["sandbox_profiles"] = .array(
            plan.sandboxProfiles.map { profile in
                var object: JSONObject = ["sandbox_id": .string(profile.id), "runtime": .string(profile.runtimeKey)]
                object["pool_size"] = profile.poolSize.map { JSONValue($0) }
                return .object(object)
            })
        object["mcp_clients"] = .array(
            plan.mcpClients.map { client in
                let own: JSONObject = [
                    "mcp_client_id": .string(client.id), "transport": .string(client.transportKey),
                ]
                return .object(own.merging(client.settings))
            })
        object["summary_generators"] = .array(plan.summaryGenerators.map { .string($0.id) })
        if let budget = plan.budget {
            var own: JSONObject = [:]
            own["usd"] = budget.dollars.map { JSONValue($0) }
            own["tokens"] = budget.tokens.map { JSONValue($0) }
            own["wall_time"] = budget.wallTime.map { JSONValue($0) }
            object["budget"] = .object(own)
        }
        if let cache = plan.cache {
            var own: JSONObject = ["path": .string(cache.path), "mode": .string(cache.mode.rawValue)]
            own["max_age"] = cache.maximumAge.map { JSONValue($0) }
            object["cache"] = .object(own)
        }
        return .object(object)
    }

    private func json(of task: PlannedTask) -> JSONObject {
        var object: JSONObject = ["task_id": .string(task.id), "location": .string(task.location.description)]
        var dataset: JSONObject = ["dataset_id": .string(task.dataset.id), "loader": .string(task.dataset.loaderKey)]
        dataset["preprocess"] = task.dataset.preprocessorKey.map { .string($0) }
        dataset["hub"] = task.dataset.hub.map { .string($0) }
        dataset["limit"] = task.dataset.recordLimit.map { JSONValue($0) }
        object["dataset"] = .object(dataset)
        object["steps"] = .array(task.steps.map { .object(json(of: $0)) })
        object["metrics"] = .array(
            task.metrics.map { metric in
                [
                    "metric_id": .string(metric.id), "implementation": .string(metric.implementationKey),
                    "aggregation": .string(metric.aggregationKey),
                ]
            })
        object["max_samples"] = task.maxSamples.map { JSONValue($0) } ?? .null
        object["trials"] = JSONValue(task.trials)
        object["concurrency"] = JSONValue(task.concurrency)
        object["prefetch"] = JSONValue(task.prefetch)
        object["shuffle"] = .bool(task.shuffle)
        if task.shuffle { object["shuffle_seed"] = .string(String(task.shuffleSeed)) }
        object["max_retries"] = JSONValue(task.maxRetries)
        if let limit = task.episodeTimeout {
            object["timeout_s"] = JSONValue(
                Double(limit.components.seconds) + Double(limit.components.attoseconds) / 1e18)
        }
        object["reporting"] = .array(
            task.reportSinks.map { sink in
                switch sink {
                case .console: ["type": "console"]
                case .file(let path): ["type": "file", "output_path": .string(path)]
                }
            })
        return object
    }

    private func json(of step: PlannedStep) -> JSONObject {
        var object: JSONObject = ["step": .string(step.kind.rawValue)]
        guard let adapter = step.adapter else { return object }
        object["adapter_id"] = .string(adapter.id)
        object["role_type"] = .string(adapter.role.rawValue)
        object["implementation"] = .string(adapter.implementationKey)
        let contract = adapter.implementation.contract
        object["reads"] = .array(contract.reads.sorted().map { .string($0.rawValue) })
        object["writes"] = .array(contract.writes.sorted().map { .string($0.rawValue) })
        object["backend_id"] = adapter.backendID.map { .string($0) }
        object["agent_backend_id"] = adapter.agentBackendID.map { .string($0) }
        object["prompt_id"] = adapter.promptID.map { .string($0) }
        object["mcp_client_id"] = adapter.mcpClientID.map { .string($0) }
        if let sandbox = adapter.sandbox {
            object["sandbox"] = [
                "sandbox_id": .string(sandbox.profileID), "lifecycle": .string(sandbox.lifecycle.rawValue),
            ]
        }
        return object
    }
}
