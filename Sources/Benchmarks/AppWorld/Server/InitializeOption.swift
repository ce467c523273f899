import JSON

/// An option of AppWorld's `/initialize`, as it may stand in a sample's metadata or a hook's `options`.
struct InitializeOption: Sendable {
    /// What kind of value it takes.
    enum Kind: Sendable { case flag, count, text }

    let key: String
    let kind: Kind

    /// The value, if it is of the kind that the option takes.
    func read(_ value: JSONValue) -> JSONValue? {
        switch kind {
        case .flag: value.boolValue.map(JSONValue.bool)
        case .count: value.intValue.map { JSONValue($0) }
        case .text: value.stringValue.map(JSONValue.string)
        }
    }

    /// Every option that AppWorld knows besides the task.
    static let all: [InitializeOption] = flags + counts + texts

    /// The options that take a number or a yes or no.
    static var withoutText: [InitializeOption] { flags + counts }

    private static let flags = [
        "remote_docker", "raise_on_unsafe_syntax", "raise_on_unsafe_execution", "load_ground_truth",
        "raise_on_failure", "show_api_response_schemas", "include_direct_functions", "raise_on_extra_parameters",
        "import_utils", "parse_datetimes", "allow_datetime_change", "add_login_shortcut", "wrap_response",
        "unwrap_response", "munchify_response",
    ].map { InitializeOption(key: $0, kind: .flag) }

    private static let counts = [
        "max_interactions", "max_api_calls_per_interaction", "random_seed", "timeout_seconds", "gc_threshold",
    ].map { InitializeOption(key: $0, kind: .count) }

    private static let texts = [
        "experiment_name", "remote_apis_url", "remote_environment_url", "remote_mcp_url", "ground_truth_mode",
        "direct_function_separator",
    ].map { InitializeOption(key: $0, kind: .text) }
}
