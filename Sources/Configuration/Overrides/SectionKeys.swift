import Evaluation

/// Which key names the items of a section.
enum SectionKeys {
    private static let keys: [String: [String]] = [
        "prompts": ["prompt_id"], "datasets": ["dataset_id"], "models": ["model_id"], "backends": ["backend_id"],
        "agent_backends": ["agent_backend_id"], "sandbox_profiles": ["sandbox_id", "template_name"],
        "mcp_clients": ["mcp_client_id"], "role_adapters": ["adapter_id"],
        "metrics": ["metric_id", "implementation"], "metric_overrides": ["metric_id", "implementation"],
        "tasks": ["task_id"], "steps": ["adapter_id", "role_ref"],
        "summary_generators": ["generator_id", "name"], "tools": ["name"],
    ]

    /// The node that holds an item's id, where the section is one whose items have ids.
    static func id(of item: ConfigNode, in section: String?) -> ConfigNode? {
        guard let section, let names = keys[section] else { return nil }
        return names.lazy.compactMap { item[$0] }.first
    }
}
