import Evaluation
import JSON

extension PlanCompiler {
    /// An adapter as one step runs it; `step` is nil where no step does.
    mutating func planAdapter(_ entry: Entry<RoleAdapterEntry>, in step: Entry<StepEntry>?) -> PlannedAdapter? {
        let bindings = planBindings(of: entry)
        let sandbox = planSandbox(entry.sandbox)
        guard let role = entry.field("role_type")?.text.flatMap(RoleType.init(rawValue:)),
            let registration = implementation(of: entry, role: role)
        else { return nil }
        let block = parameters(of: entry, in: step, with: ComponentKeys(registration))
        guard var implementation = registration.make(from: block, into: &diagnostics) else { return nil }
        if let dependent = implementation as? any RoleDependent { implementation = dependent.playing(role) }
        if let referring = implementation as? any ComponentReferring,
            let resolved = referring.resolved(in: registry, into: &diagnostics) as? any RoleAdapter
        {
            implementation = resolved
        }
        var adapter = PlannedAdapter(
            id: entry.id, role: role, implementationKey: registration.key, implementation: implementation)
        adapter.backendID = bindings.backendID
        adapter.agentBackendID = bindings.agentBackendID
        adapter.promptID = entry.promptID
        adapter.prompt = bindings.prompt
        adapter.promptParameters = entry.promptParams
        adapter.mcpClientID = entry.mcpClientID
        adapter.sandbox = sandbox
        return adapter
    }

    private struct Bindings {
        var backendID: String?
        var agentBackendID: String?
        var prompt: (any PromptRenderer)?
    }

    private mutating func planBindings(of entry: Entry<RoleAdapterEntry>) -> Bindings {
        var bindings = Bindings(backendID: entry.backendID, agentBackendID: entry.agentBackendID)
        if let inline = entry.backend {
            let id = "\(entry.id).backend"
            planBackend(id: id, type: inline.field("type"), config: inline.config, owner: inline.node)
            bindings.backendID = id
        }
        if let inline = entry.agentBackend {
            let id = "\(entry.id).agent_backend"
            planAgentBackend(id: id, inline.value)
            bindings.agentBackendID = id
        }
        if let id = entry.promptID {
            bindings.prompt = prompts[id] ?? catalogPrompt(id, at: entry.field("prompt_id") ?? entry.node)
        }
        return bindings
    }

    private mutating func catalogPrompt(_ id: String, at node: ConfigNode) -> (any PromptRenderer)? {
        // An entry of the same name that could not be read has been reported.
        guard !document.prompts.entries.contains(where: { $0.id == id }) else { return nil }
        return registry.catalogPrompts[id]?.make(from: .empty(at: node.location, path: node.path), into: &diagnostics)
    }

    private mutating func implementation(
        of entry: Entry<RoleAdapterEntry>, role: RoleType
    ) -> Registration<any RoleAdapter>? {
        guard let name = entry.params.node?["implementation"], !name.isNull else {
            if let registration = registry.roles[role.rawValue] { return registration }
            diagnostics.error(
                "a \(role.rawValue) needs 'params.implementation'", at: entry.params.node ?? entry.node,
                advice: implementations(of: role).map { "registered: \($0)" })
            return nil
        }
        guard String.decode(name, into: &diagnostics) != nil, let registration = component(name, in: registry.roles)
        else { return nil }
        guard registration.roles.isEmpty || registration.roles.contains(role) else {
            let roles = registration.roles.map(\.rawValue).joined(separator: " or ")
            diagnostics.error(
                "'\(registration.key)' is a \(roles), not a \(role.rawValue)", at: name,
                advice: implementations(of: role).map { "registered for this role: \($0)" })
            return nil
        }
        return registration
    }

    private func implementations(of role: RoleType) -> String? {
        let keys = registry.roles.registrations.filter { $0.roles.contains(role) }.map(\.key)
        return keys.isEmpty ? nil : keys.joined(separator: ", ")
    }

    /// The implementation's parameters: `implementation_params`, under `params`, under the step's `params`.
    private mutating func parameters(
        of entry: Entry<RoleAdapterEntry>, in step: Entry<StepEntry>?, with keys: ComponentKeys
    ) -> ConfigNode {
        let params = block(entry.params, "params", of: entry.node)
        let shared = share(params, own: RoleParams.fieldDescriptions, with: keys)
        var layers = [shared.component]
        let nested = shared.own["implementation_params"]
        if let nested, !nested.isNull {
            if nested.entries == nil {
                diagnostics.error("expected a mapping, found \(nested.kindName)", at: nested)
            } else {
                let inner = share(nested, own: [], with: keys, showsDefaults: false).component
                layers.insert(inner, at: 0)
                let names = (inner.entries ?? []).map { keys.field($0.key)?.name ?? $0.key }
                blocks[params.path]?.writtenElsewhere = Set(names)
            }
        }
        if let step, let node = step.params.node {
            layers.append(share(node, own: [], with: keys, showsDefaults: false).component)
        }
        return merge(layers, into: params, with: keys)
    }

    private func merge(_ layers: [ConfigNode], into params: ConfigNode, with keys: ComponentKeys) -> ConfigNode {
        var merged: [ConfigEntry] = []
        for layer in layers {
            // Two names of one key within a layer are left for decoding to report.
            let replaced = Set((layer.entries ?? []).map { keys.field($0.key)?.name ?? $0.key })
            merged.removeAll { replaced.contains(keys.field($0.key)?.name ?? $0.key) }
            merged += layer.entries ?? []
        }
        return ConfigNode(.mapping(merged), location: params.location, path: params.path)
    }

    /// Checks the adapters that no step runs, so that their mistakes are reported too.
    mutating func checkIdleAdapters() {
        for entry in document.roleAdapters.entries where !(used[.roleAdapter] ?? []).contains(entry.id) {
            _ = planAdapter(entry, in: nil)
        }
    }
}
