import Evaluation

/// What is declared about a component's parameters.
struct ComponentKeys {
    var fields: [FieldDescription]
    var allowsUnknownKeys: Bool

    init(fields: [FieldDescription], allowsUnknownKeys: Bool) {
        self.fields = fields
        self.allowsUnknownKeys = allowsUnknownKeys
    }

    init<Product>(_ registration: Registration<Product>) {
        self.init(fields: registration.fields, allowsUnknownKeys: registration.allowsUnknownKeys)
    }

    func field(_ key: String) -> FieldDescription? {
        fields.first { $0.name == key || $0.aliases.contains(key) }
    }
}

/// A mapping shared between the document's own keys and a component's.
struct SharedBlock {
    /// The component's entries.
    var component: ConfigNode
    /// The document's own entries.
    var own: ConfigNode
}

extension PlanCompiler {
    /// The registered component that a node names; reports a name that is not known.
    mutating func component<Product>(
        _ node: ConfigNode?, in table: RegistryTable<Product>
    ) -> Registration<Product>? {
        guard let node, let name = node.text, !node.isNull, node.entries == nil, node.items == nil else { return nil }
        if let registration = table[name] { return registration }
        diagnostics.error("there is no \(table.kind) '\(name)'", at: node, advice: advice(for: name, in: table))
        return nil
    }

    /// What was probably meant, or what there is where that is a short list.
    private func advice<Product>(for name: String, in table: RegistryTable<Product>) -> String {
        if let hint = NearMiss.hint(name, among: table.suggestions) { return hint }
        if table.keys.isEmpty { return "no \(table.kind) is registered" }
        if table.keys.count <= 12 { return "registered: \(table.keys.joined(separator: ", "))" }
        return "`gage list` shows what is registered"
    }

    /// Divides a mapping's keys between the document and a component, and reports those of neither.
    ///
    /// A key that both declare is the component's: a loader that takes `limit` itself gets it.
    mutating func share(
        _ node: ConfigNode, own: [FieldDescription], with component: ComponentKeys, showsDefaults: Bool = true
    ) -> SharedBlock {
        let ownKeys = own.filter { field in
            !component.fields.contains { $0.name == field.name || $0.aliases.contains(field.name) }
        }
        blocks[node.path] = BlockSchema(
            fields: component.fields + ownKeys, allowsUnknownKeys: component.allowsUnknownKeys,
            showsDefaults: showsDefaults)
        var shared = SharedBlock(
            component: .empty(at: node.location, path: node.path), own: .empty(at: node.location, path: node.path))
        var componentEntries: [ConfigEntry] = []
        var ownEntries: [ConfigEntry] = []
        for entry in node.entries ?? [] {
            if component.field(entry.key) != nil {
                componentEntries.append(entry)
            } else if ownKeys.contains(where: { $0.name == entry.key || $0.aliases.contains(entry.key) }) {
                ownEntries.append(entry)
            } else if component.allowsUnknownKeys {
                warnOfNearMiss(entry, among: ownKeys)
                componentEntries.append(entry)
            } else {
                reportUnknown(entry, among: component.fields + ownKeys)
            }
        }
        shared.component.content = .mapping(componentEntries)
        shared.own.content = .mapping(ownEntries)
        return shared
    }

    private mutating func reportUnknown(_ entry: ConfigEntry, among fields: [FieldDescription]) {
        diagnostics.add(
            Diagnostic(
                .error, "unknown key '\(entry.key)'", location: entry.keyLocation, path: entry.value.path,
                advice: NearMiss.advice(entry.key, among: fields.flatMap { [$0.name] + $0.aliases })))
    }

    /// A component that takes any key would swallow a misspelt one of the document's.
    private mutating func warnOfNearMiss(_ entry: ConfigEntry, among fields: [FieldDescription]) {
        guard let hint = NearMiss.hint(entry.key, among: fields.flatMap { [$0.name] + $0.aliases }) else { return }
        diagnostics.add(
            Diagnostic(
                .warning, "'\(entry.key)' is passed on as it is", location: entry.keyLocation,
                path: entry.value.path, advice: hint))
    }

    /// Reports the keys of an open mapping that look like declared ones.
    mutating func reportNearMisses(in node: ConfigNode, among fields: [FieldDescription]) {
        let names = fields.flatMap { [$0.name] + $0.aliases }
        for entry in node.entries ?? [] where !names.contains(entry.key) {
            if NearMiss.find(entry.key, among: names) != nil { reportUnknown(entry, among: fields) }
        }
    }

    /// A block that may not have been written, at the place of the entry it belongs to.
    func block(_ block: Block, _ key: String, of owner: ConfigNode) -> ConfigNode {
        block.node ?? .empty(at: block.emptyPlace ?? owner.location, path: ConfigNode.path(owner.path, key: key))
    }
}
