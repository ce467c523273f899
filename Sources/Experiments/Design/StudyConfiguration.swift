public import Evaluation
public import JSON
import YAML

/// Writes the gage configuration of a study: one data set and one sandbox profile for every environment and variant.
public struct StudyConfiguration: Sendable {
    /// The study's name.
    public var name: String
    /// The environments, each with the tasks that are selected in it; nil for all of them.
    public var environments: [(environment: StudyEnvironment, taskIDs: [String]?)]
    /// The variants' names.
    public var variants: [String]
    /// Attempts at each task.
    public var trials = 1
    /// Where all seeds come from.
    public var seed = 42
    /// Episodes at once in each worker.
    public var concurrency = 4
    /// The file in which the variants stand; nil for gage's own.
    public var variantsPath: String?
    /// What else every environment's `runtime_configs` say, such as `max_steps`.
    public var runtimeSettings: JSONObject = [:]
    /// The sections that a template brings: the backends `agent_model` and `user_model`, and what they need.
    public var template: JSONObject

    /// Describes a configuration.
    public init(
        name: String, environments: [(environment: StudyEnvironment, taskIDs: [String]?)], variants: [String],
        template: JSONObject
    ) {
        self.name = name
        self.environments = environments
        self.variants = variants
        self.template = template
    }

    /// The sections that the study writes itself.
    static let ownSections = [
        "api_version", "kind", "metadata", "seed", "datasets", "sandbox_profiles", "role_adapters", "metrics",
        "summary_generators", "tasks",
    ]

    /// The configuration.
    public var json: JSONValue {
        var root: JSONObject = [
            "api_version": "gage/v1", "kind": "PipelineConfig",
            "metadata": [
                "name": .string(name), "description": "An experiment on user variants, made by gage experiment launch.",
            ],
            "seed": JSONValue(seed),
        ]
        for (key, value) in template where !Self.ownSections.contains(key) { root[key] = value }
        if root["agent_backends"] == nil {
            root["agent_backends"] = [
                [
                    "agent_backend_id": "agent", "type": "model_backend", "backend_id": "agent_model",
                    "config": ["force_tool_choice": "never"],
                ]
            ]
        }
        root["datasets"] = .array(environments.map(dataset))
        root["sandbox_profiles"] = .array(cells.map(profile))
        root["role_adapters"] = .array(environments.flatMap { adapters(of: $0.environment) } + cells.map(agent))
        root["metrics"] = .array(metrics)
        let summaries = environments.flatMap(\.environment.components.summaryGenerators)
        root["summary_generators"] = .array(unique(summaries).map(JSONValue.string))
        root["tasks"] = .array(cells.map(task))
        return .object(root)
    }

    /// The configuration as a person reads it.
    public var yaml: String {
        "# Written by gage experiment launch; change nothing here while the experiment goes on.\n"
            + YAMLNode(json).text()
    }

    private struct Cell {
        var environment: StudyEnvironment
        var variant: String
        var id: String { StudyDesign.taskID(environment: environment.name, variant: variant) }
    }

    /// Environments by variants, in an order of variants that the seed draws anew for each environment.
    private var cells: [Cell] {
        environments.flatMap { environment, _ in
            var generator = SeedDerivation(root: UInt64(max(0, seed))).generator(for: "variants of \(environment.name)")
            return variants.shuffled(using: &generator).map { Cell(environment: environment, variant: $0) }
        }
    }

    private func dataset(_ entry: (environment: StudyEnvironment, taskIDs: [String]?)) -> JSONValue {
        let components = entry.environment.components
        let selection = StudyEnvironment.Selection(taskIDs: entry.taskIDs, trials: trials, seed: seed)
        return [
            "dataset_id": .string(StudyDesign.fileName(entry.environment.name)), "loader": .string(components.loader),
            "params": .object(components.parameters(selection)),
        ]
    }

    private func profile(_ cell: Cell) -> JSONValue {
        var settings = cell.environment.components.runtimeSettings.merging(runtimeSettings)
        settings["user_backend_id"] = "user_model"
        settings["user_variant"] = .string(cell.variant)
        settings["user_variants_path"] = variantsPath.map(JSONValue.string)
        return [
            "sandbox_id": .string("\(cell.id)__world"), "runtime": .string(cell.environment.components.runtime),
            "runtime_configs": .object(settings),
        ]
    }

    private func adapters(of environment: StudyEnvironment) -> [JSONValue] {
        let name = StudyDesign.fileName(environment.name)
        return [
            [
                "adapter_id": .string("\(name)__bootstrap"), "role_type": "context_provider",
                "params": ["implementation": .string(environment.components.bootstrap)],
            ],
            [
                "adapter_id": .string("\(name)__judge"), "role_type": "judge_extend",
                "params": ["implementation": .string(environment.components.judge)],
            ],
        ]
    }

    private func agent(_ cell: Cell) -> JSONValue {
        [
            "adapter_id": .string("\(cell.id)__agent"), "role_type": "dut_agent", "agent_backend_id": "agent",
            "sandbox": ["sandbox_id": .string("\(cell.id)__world"), "lifecycle": "per_sample"],
        ]
    }

    private func task(_ cell: Cell) -> JSONValue {
        let name = StudyDesign.fileName(cell.environment.name)
        let metrics = cell.environment.components.metrics.compactMap { $0["metric_id"] }
        return [
            "task_id": .string(cell.id), "dataset_id": .string(name), "trials": JSONValue(trials),
            // The same sample and trial has the same seed under every variant.
            "seed_group": .string(name), "concurrency": JSONValue(concurrency),
            "steps": [
                ["step": "support", "adapter_id": .string("\(name)__bootstrap")],
                ["step": "inference", "adapter_id": .string("\(cell.id)__agent")],
                ["step": "judge", "adapter_id": .string("\(name)__judge")], ["step": "auto_eval"],
            ],
            "metric_overrides": .array(metrics.map { ["metric_id": $0] }),
        ]
    }

    private var metrics: [JSONValue] {
        var seen: Set<String> = []
        return environments.flatMap(\.environment.components.metrics).filter { metric in
            seen.insert(metric["metric_id"]?.stringValue ?? "").inserted
        }.map(JSONValue.object)
    }

    private func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}
