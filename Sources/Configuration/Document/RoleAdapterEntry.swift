import Evaluation
import JSON

/// An entry of `role_adapters`.
struct RoleAdapterEntry: Identified {
    var id = ""
    var roleType = RoleType.dutModel
    var classPath: String?
    var backendID: String?
    var backend: Entry<InlineBackend>?
    var agentBackendID: String?
    var agentBackend: Entry<InlineAgentBackend>?
    var mcpClientID: String?
    var promptID: String?
    var promptParams: JSONObject = [:]
    var sandbox: Entry<AdapterSandbox>?
    var params = Block()
    var capabilities: [String] = []
    var resourceRequirement: Block?
    var parallel: Block?

    static let idKey = "adapter_id"

    static var fields: [ParameterField<Self>] {
        [
            .init("adapter_id", \.id, "The adapter's name in this document.") { $0.isRequired = true },
            .init("role_type", \.roleType, "What the adapter does.") { $0.isRequired = true },
            .init("class_path", \.classPath, "A Python class, which gage cannot load."),
            .init("backend_id", \.backendID, "The backend that it asks.") { $0.reference = .backend },
            .init("backend", \.backend, "A backend of its own."),
            .init("agent_backend_id", \.agentBackendID, "The agent backend that drives it.") {
                $0.reference = .agentBackend
            },
            .init("agent_backend", \.agentBackend, "An agent backend of its own."),
            .init("mcp_client_id", \.mcpClientID, "The MCP client that it uses.") { $0.reference = .mcpClient },
            .init("prompt_id", \.promptID, "The prompt that it renders.") { $0.reference = .prompt },
            .init("prompt_params", \.promptParams, "Variables for the prompt.") { $0.aliases = ["prompt_args"] },
            .init("sandbox", \.sandbox, "The sandbox that it works in."),
            .init("params", \.params, "The implementation's name and parameters."),
            .init("capabilities", \.capabilities, "What the model behind it can do.") {
                $0.ignoredBecause = "what a model can do shows when it is asked"
            },
            .init("resource_requirement", \.resourceRequirement, "What a pool of adapters needs.") {
                $0.ignoredBecause = Reasons.resources
            },
            .init("parallel", \.parallel, "How adapters share a machine.") { $0.ignoredBecause = Reasons.resources },
        ]
    }

    func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        if let classPath, !classPath.isEmpty, let place = node["class_path"] {
            diagnostics.error(
                "'class_path' names a Python class, which gage cannot load", at: place,
                advice: "remove it and name a registered implementation in params.implementation")
        }
        for (name, inline) in [("backend_id", "backend"), ("agent_backend_id", "agent_backend")] {
            if let place = node[inline], !place.isNull, node[name].map({ !$0.isNull }) ?? false {
                diagnostics.error("'\(inline)' says again what '\(name)' says", at: place, advice: "remove one of them")
            }
        }
    }
}

/// The keys of an adapter's `params` that are not the implementation's own.
struct RoleParams: Parameters {
    var implementation: String?
    var implementationParams = Block()

    static var allowsUnknownKeys: Bool { true }

    static var fields: [ParameterField<Self>] {
        [
            .init("implementation", \.implementation, "The registered implementation; else the role type names it."),
            .init(
                "implementation_params", \.implementationParams,
                "The implementation's parameters; those beside it in params win."),
        ]
    }
}

/// An entry of `prompts`; keys beyond these are the renderer's.
struct PromptEntry: Identified {
    var id = ""
    var renderer = ""

    static let idKey = "prompt_id"
    static var allowsUnknownKeys: Bool { true }

    static var fields: [ParameterField<Self>] {
        [
            .init("prompt_id", \.id, "The prompt's name in this document.") { $0.isRequired = true },
            .init("renderer", \.renderer, "The registered renderer.") { $0.isRequired = true },
        ]
    }
}
