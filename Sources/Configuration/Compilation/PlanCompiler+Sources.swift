import Evaluation
import JSON

extension PlanCompiler {
    mutating func planDatasets() {
        for entry in document.datasets.entries {
            if let dataset = planDataset(entry) { datasets[dataset.id] = datasets[dataset.id] ?? dataset }
        }
    }

    private mutating func planDataset(_ entry: Entry<DatasetEntry>) -> PlannedDataset? {
        guard let registration = component(entry.field("loader"), in: registry.datasetLoaders) else { return nil }
        let node = block(entry.params, "params", of: entry.node)
        let keys = ComponentKeys(registration)
        let shared = share(node, own: DatasetParams.fieldDescriptions, with: keys)
        var block = shared.component
        // A loader that declares `hub_params` among its own parameters reads them there.
        if keys.field("hub_params") != nil, let hub = entry.entryNode("hub_params") { block = block.setting(hub) }
        let loader = registration.make(from: block, into: &diagnostics)
        guard let own = DatasetParams.decode(shared.own, into: &diagnostics) else { return nil }
        let preprocessor = planPreprocessor(own, shared.own)
        guard let loader else { return nil }
        var dataset = PlannedDataset(id: entry.id, loaderKey: registration.key, loader: loader)
        dataset.hubParameters = entry.field("hub_params")?.json.objectValue ?? [:]
        dataset.hub = entry.hub
        dataset.preprocessorKey = preprocessor?.key
        dataset.preprocessor = preprocessor?.preprocessor
        dataset.defaultFields = own.defaultParams
        dataset.recordLimit = own.limit ?? entry.hubParams.limit
        dataset.missingHint = own.missingHint
        return dataset
    }

    private mutating func planPreprocessor(
        _ params: DatasetParams, _ node: ConfigNode
    ) -> (key: String, preprocessor: any Preprocessor)? {
        guard let name = node["preprocess"], !name.isNull else {
            if let kwargs = node["preprocess_kwargs"], kwargs.entries?.isEmpty == false {
                diagnostics.error(
                    "'preprocess_kwargs' without 'preprocess'", at: kwargs, advice: "name the preprocessor")
            }
            return nil
        }
        guard let registration = component(name, in: registry.preprocessors) else { return nil }
        let kwargs = block(params.preprocessKwargs, "preprocess_kwargs", of: node)
        let shared = share(kwargs, own: [], with: ComponentKeys(registration))
        return registration.make(from: shared.component, into: &diagnostics).map { (registration.key, $0) }
    }

    mutating func planBackends() {
        for entry in document.backends.entries {
            planBackend(id: entry.id, type: entry.field("type"), config: entry.config, owner: entry.node)
        }
    }

    mutating func planBackend(id: String, type: ConfigNode?, config: Block, owner: ConfigNode) {
        guard let registration = component(type, in: registry.backends) else { return }
        let node = block(config, "config", of: owner)
        let shared = share(node, own: [], with: ComponentKeys(registration))
        guard let factory = registration.make(from: shared.component, into: &diagnostics) else { return }
        guard !backends.contains(where: { $0.id == id }) else { return }
        backends.append(
            PlannedBackend(
                id: id, typeKey: registration.key, factory: factory, settings: effective(node, as: .map(.any)).json))
    }

    mutating func planAgentBackends() {
        for entry in document.agentBackends.entries { planAgentBackend(id: entry.id, entry.agent) }
    }

    mutating func planAgentBackend(id: String, _ agent: InlineAgentBackend) {
        guard !agentBackends.contains(where: { $0.id == id }) else { return }
        agentBackends.append(
            PlannedAgentBackend(
                id: id, backendID: agent.backendID, forceToolChoice: agent.config.forceToolChoice,
                samplingParameters: agent.config.samplingParams))
    }

    mutating func planPrompts() {
        for entry in document.prompts.entries {
            let own = PromptEntry.fieldDescriptions
            // Without a renderer nobody says which other keys there may be, but a misspelt 'renderer' can be told.
            if entry.field("renderer") == nil { reportNearMisses(in: entry.node, among: own) }
            guard let registration = component(entry.field("renderer"), in: registry.promptRenderers) else { continue }
            let shared = share(entry.node, own: own, with: ComponentKeys(registration))
            guard let renderer = registration.make(from: shared.component, into: &diagnostics) else { continue }
            prompts[entry.id] = prompts[entry.id] ?? renderer
        }
    }

    mutating func planMCPClients() {
        for entry in document.mcpClients.entries where !entry.id.isEmpty {
            guard let registration = toolTransport(of: entry) else { continue }
            let shared = share(
                entry.node, own: MCPClientEntry.fieldDescriptions, with: ComponentKeys(registration))
            guard let transport = registration.make(from: shared.component, into: &diagnostics),
                !mcpClients.contains(where: { $0.id == entry.id })
            else { continue }
            var settings = effective(entry.node, as: .map(.any)).json.objectValue ?? [:]
            for field in MCPClientEntry.fieldDescriptions { settings[field.name] = nil }
            mcpClients.append(
                PlannedMCPClient(
                    id: entry.id, transportKey: registration.key, transport: transport, settings: settings))
        }
    }

    private mutating func toolTransport(of entry: Entry<MCPClientEntry>) -> Registration<any ToolTransport>? {
        if let node = entry.field("transport") { return component(node, in: registry.toolTransports) }
        if let registration = registry.toolTransports[entry.transport] { return registration }
        diagnostics.error(
            "missing key 'transport'", at: entry.node,
            advice: NearMiss.advice(entry.transport, among: registry.toolTransports.suggestions))
        return nil
    }

    mutating func planSummaryGenerators() -> [PlannedSummaryGenerator] {
        let listed = document.summaryGenerators.entries
        guard !listed.isEmpty else {
            return registry.summaryGenerators.registrations.compactMap { registration in
                let empty = ConfigNode.empty(at: root.location, path: "summary_generators")
                // One that cannot be made without parameters has to be listed to be used.
                var ignored = Diagnostics()
                return registration.make(from: empty, into: &ignored)
                    .map { PlannedSummaryGenerator(id: registration.key, generator: $0) }
            }
        }
        return listed.compactMap { entry in
            guard let registration = component(entry.field("generator_id"), in: registry.summaryGenerators) else {
                return nil
            }
            let shared = share(
                block(entry.params, "params", of: entry.node), own: [], with: ComponentKeys(registration))
            return registration.make(from: shared.component, into: &diagnostics)
                .map { PlannedSummaryGenerator(id: registration.key, generator: $0) }
        }
    }
}

extension Entry where Value: Parameters {
    /// The entry of a key under its own name, whichever of its names was written.
    func entryNode(_ name: String) -> ConfigEntry? {
        guard let field = Value.fieldDescriptions.first(where: { $0.name == name }) else { return nil }
        let written = node.entries?.first { $0.key == name || field.aliases.contains($0.key) }
        return written.map { ConfigEntry(key: name, keyLocation: $0.keyLocation, value: $0.value) }
    }
}
