public import Evaluation
public import JSON

/// The parameters of `dut_agent`.
public struct AgentParameters: Parameters {
    /// The largest number of the agent's replies.
    public var maxTurns = 8
    /// The largest number of tokens of one episode.
    public var maxTotalTokens: Int?
    /// The largest price of one episode in US dollars.
    public var maxCost: Double?
    /// Hooks that run before the agent.
    public var preHooks = OneOrMany<HookReference>()
    /// Hooks that run after the agent.
    public var postHooks = OneOrMany<HookReference>()
    /// Sampling parameters of every call.
    public var samplingParameters: JSONObject = [:]
    /// Numbers of turns left at which the agent is told so.
    public var turnNotices: [Int] = []
    /// What an agent is told, once, that replied without calling a tool.
    public var nudge: String?

    /// The defaults.
    public init() {}

    /// The keys.
    public static var fields: [ParameterField<Self>] {
        [
            .init(
                "max_turns", \.maxTurns,
                "The largest number of the agent's replies; a benchmark with rules of its own does not read it."
            ) { $0.minimum = 1 },
            .init("max_total_tokens", \.maxTotalTokens, "Tokens after which an episode ends.") { $0.minimum = 1 },
            .init("max_cost_usd", \.maxCost, "US dollars after which an episode ends.") { $0.minimum = 0 },
            .init("pre_hooks", \.preHooks, "Hooks that run before the agent.") { $0.aliases = ["pre_hook"] },
            .init("post_hooks", \.postHooks, "Hooks that run after the agent.") { $0.aliases = ["post_hook"] },
            .init("sampling_params", \.samplingParameters, "Sampling parameters of every call."),
            .init("turn_notices", \.turnNotices, "Numbers of turns left at which the agent is told so."),
            .init(
                "nudge", \.nudge,
                "What an agent is told, once, that replied without calling a tool; without it the reply is its answer."),
        ]
    }
}

/// A hook by its key: `appworld_save`, or `{type: appworld_save, params: {…}}`.
public struct HookReference: ParameterValue {
    /// The hook's key.
    public var key: String
    let parameters: ConfigNode
    let node: ConfigNode

    /// A key, or a mapping with `type` and `params`.
    public static var schema: ParameterSchema { .either([.string(), HookBlock.schema]) }

    /// Reads a key or a mapping.
    public static func decode(_ node: ConfigNode, into diagnostics: inout Diagnostics) -> Self? {
        let none = ConfigNode.empty(at: node.location, path: node.path)
        if case .scalar(.string(let key)) = node.content { return Self(key: key, parameters: none, node: node) }
        guard let block = HookBlock.decode(node, into: &diagnostics), !block.type.isEmpty else { return nil }
        return Self(key: block.type, parameters: node["params"] ?? node["config"] ?? none, node: node)
    }

    /// The reference as configured.
    public var json: JSONValue { node.json }

    func resolve(in registry: Registry, into diagnostics: inout Diagnostics) -> (any AgentHook)? {
        guard let registration = registry.hooks[key] else {
            diagnostics.error(
                "there is no agent hook '\(key)'", at: node,
                advice: NearMiss.advice(key, among: registry.hooks.names))
            return nil
        }
        return registration.make(from: parameters, into: &diagnostics)
    }
}

/// The mapping form of a hook's reference.
private struct HookBlock: Parameters {
    var type = ""
    var params: JSONObject = [:]

    static var fields: [ParameterField<Self>] {
        [
            .init("type", \.type, "The hook's key.") { $0.isRequired = true },
            .init("params", \.params, "The hook's parameters.") { $0.aliases = ["config"] },
        ]
    }
}
