public import Evaluation
public import JSON

/// A kind of component, in the word that lists and pages use.
public enum ComponentKind: String, Sendable, Hashable, CaseIterable {
    /// Opens data sets.
    case loader
    /// Turns records into samples.
    case preprocessor
    /// Answers chat requests.
    case backend
    /// Runs in steps.
    case role
    /// Runs right before or after an agent.
    case hook
    /// Renders prompts.
    case promptRenderer = "prompt_renderer"
    /// Is a prompt that needs no declaration.
    case prompt
    /// Starts sandboxes.
    case sandboxRuntime = "sandbox_runtime"
    /// Reaches servers of tools.
    case toolTransport = "mcp_transport"
    /// Scores episodes.
    case metric
    /// Sums scores up.
    case aggregation
    /// Makes a section of the summary.
    case summaryGenerator = "summary_generator"

    /// Where a configuration names a component of this kind.
    public var place: String {
        switch self {
        case .loader: "datasets[].loader"
        case .preprocessor: "datasets[].params.preprocess"
        case .backend: "backends[].type"
        case .role: "role_adapters[].params.implementation"
        case .hook: "role_adapters[].params.pre_hooks[].type"
        case .promptRenderer: "prompts[].renderer"
        case .prompt: "role_adapters[].prompt_id"
        case .sandboxRuntime: "sandbox_profiles[].runtime"
        case .toolTransport: "mcp_clients[].transport"
        case .metric: "metrics[].implementation"
        case .aggregation: "metrics[].aggregation"
        case .summaryGenerator: "summary_generators[]"
        }
    }

    /// Where the parameters of a component of this kind stand.
    public var parameterPlace: String {
        switch self {
        case .loader: "datasets[].params"
        case .preprocessor: "datasets[].params.preprocess_kwargs"
        case .backend: "backends[].config"
        case .role: "role_adapters[].params"
        case .hook: "role_adapters[].params.pre_hooks[]"
        case .promptRenderer: "prompts[]"
        case .prompt: "role_adapters[].prompt_params"
        case .sandboxRuntime: "sandbox_profiles[]"
        case .toolTransport: "mcp_clients[]"
        case .metric, .aggregation: "metrics[].params"
        case .summaryGenerator: "summary_generators[].params"
        }
    }
}

/// What there is to say about a registered component.
public struct ComponentDescription: Sendable {
    /// The kind.
    public var kind: ComponentKind
    /// The key that configurations write.
    public var key: String
    /// Other keys that are accepted.
    public var aliases: [String]
    /// What it is, in one sentence.
    public var summary: String
    /// The roles that a role implementation can play.
    public var roles: [RoleType]
    /// Its parameters.
    public var fields: [FieldDescription]
    /// Whether it takes keys beyond its parameters.
    public var allowsUnknownKeys: Bool

    init<Product>(_ kind: ComponentKind, _ registration: Registration<Product>) {
        self.kind = kind
        key = registration.key
        aliases = registration.aliases
        summary = registration.summary
        roles = registration.roles
        fields = registration.fields
        allowsUnknownKeys = registration.allowsUnknownKeys
    }

    /// The description as JSON, its parameters as JSON Schema.
    public var json: JSONValue {
        var object: JSONObject = [
            "kind": .string(kind.rawValue), "key": .string(key), "summary": .string(summary),
            "place": .string(kind.place),
        ]
        if !aliases.isEmpty { object["aliases"] = .array(aliases.map { .string($0) }) }
        if !roles.isEmpty { object["roles"] = .array(roles.map { .string($0.rawValue) }) }
        object["parameters"] = .object(
            FieldDescription.jsonSchema(of: fields, allowsUnknownKeys: allowsUnknownKeys))
        return .object(object)
    }
}
