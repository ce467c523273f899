import Evaluation

extension PlanCompiler {
    /// Checks every key that is declared to name an entry of another section.
    mutating func checkReferences() {
        var found: [(node: ConfigNode, kind: ReferenceKind)] = []
        SchemaWalk(blocks: blocks).visit(root, as: PipelineDocument.schema) { node, field in
            guard let kind = field.reference else { return }
            for item in node.items ?? [node] where item.text != nil && !item.isNull { found.append((item, kind)) }
        }
        for (node, kind) in found {
            guard let name = node.text else { continue }
            let known = identifiers(kind)
            if known.contains(name) {
                used[kind, default: []].insert(name)
            } else if isReadable(kind, known) {
                diagnostics.error(
                    "there is no \(Self.word(kind)) '\(name)'", at: node,
                    advice: advice(for: name, kind, among: known))
            }
        }
    }

    /// Whether a section could be read: when it could not, that is the mistake, and not the names that refer to it.
    private func isReadable(_ kind: ReferenceKind, _ known: [String]) -> Bool {
        guard let section = root[Self.section(of: kind)], !section.isNull else { return true }
        return section.items != nil && !known.contains("")
    }

    /// What was probably meant, or what there is.
    func advice(for name: String, _ kind: ReferenceKind, among known: [String]) -> String {
        if let hint = NearMiss.hint(name, among: known) { return hint }
        let section = Self.section(of: kind)
        guard !known.isEmpty, known.count <= 12 else { return "declare it in '\(section)'" }
        return "'\(section)' has \(known.sorted().joined(separator: ", "))"
    }

    /// Warns of entries that nothing refers to.
    mutating func reportUnused() {
        reportUnused(document.prompts, .prompt)
        reportUnused(document.datasets, .dataset)
        reportUnused(document.backends, .backend)
        reportUnused(document.agentBackends, .agentBackend)
        reportUnused(document.sandboxProfiles, .sandboxProfile)
        reportUnused(document.mcpClients, .mcpClient)
        reportUnused(document.roleAdapters, .roleAdapter)
        reportUnused(document.metrics, .metric)
    }

    private mutating func reportUnused<Value: Identified>(_ section: Section<Value>, _ kind: ReferenceKind) {
        for entry in section.entries where !(used[kind] ?? []).contains(entry.value.id) && !entry.value.id.isEmpty {
            diagnostics.warning(
                "\(Self.word(kind)) '\(entry.value.id)' is never used", at: entry.field(Value.idKey) ?? entry.node)
        }
    }

    private func identifiers(_ kind: ReferenceKind) -> [String] {
        switch kind {
        case .dataset: document.datasets.entries.map(\.id)
        case .backend: document.backends.entries.map(\.id)
        case .agentBackend: document.agentBackends.entries.map(\.id)
        case .sandboxProfile: document.sandboxProfiles.entries.map(\.id)
        case .mcpClient: document.mcpClients.entries.map(\.id)
        case .prompt: document.prompts.entries.map(\.id) + registry.catalogPrompts.suggestions
        case .roleAdapter: document.roleAdapters.entries.map(\.id)
        case .metric: document.metrics.entries.map(\.id)
        }
    }

    private static func section(of kind: ReferenceKind) -> String {
        kind == .sandboxProfile ? "sandbox_profiles" : "\(kind.rawValue)s"
    }

    private static func word(_ kind: ReferenceKind) -> String {
        switch kind {
        case .dataset: "data set"
        case .mcpClient: "MCP client"
        default: kind.rawValue.split(separator: "_").joined(separator: " ")
        }
    }
}
