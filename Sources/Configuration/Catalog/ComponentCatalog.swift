public import Evaluation

/// Every component that configurations can name, for lists and reference pages.
public struct ComponentCatalog: Sendable {
    /// The components, kind by kind, sorted by key.
    public let components: [ComponentDescription]

    /// Describes a registry.
    public init(_ registry: Registry) {
        components =
            Self.describe(.loader, registry.datasetLoaders) + Self.describe(.preprocessor, registry.preprocessors)
            + Self.describe(.backend, registry.backends) + Self.describe(.role, registry.roles)
            + Self.describe(.hook, registry.hooks) + Self.describe(.promptRenderer, registry.promptRenderers)
            + Self.describe(.prompt, registry.catalogPrompts)
            + Self.describe(.sandboxRuntime, registry.sandboxRuntimes)
            + Self.describe(.toolTransport, registry.toolTransports) + Self.describe(.metric, registry.metrics)
            + Self.describe(.aggregation, registry.aggregations)
            + Self.describe(.summaryGenerator, registry.summaryGenerators)
    }

    private static func describe<Product>(
        _ kind: ComponentKind, _ table: RegistryTable<Product>
    ) -> [ComponentDescription] {
        table.registrations.map { ComponentDescription(kind, $0) }
    }

    /// The kind that a word means, in the singular or plural; nil for other words.
    public static func kind(named word: String) -> ComponentKind? {
        let folded = word.lowercased().map { $0 == "-" || $0 == " " ? "_" : String($0) }.joined()
        return ComponentKind(rawValue: folded)
            ?? (folded.hasSuffix("s") ? .init(rawValue: String(folded.dropLast())) : nil)
    }

    /// A table of the components, of one kind or of all, ending in a line feed.
    public func list(_ kind: ComponentKind? = nil) -> String {
        var text = ""
        for group in ComponentKind.allCases where kind == nil || kind == group {
            let members = components.filter { $0.kind == group }
            guard !members.isEmpty else { continue }
            if !text.isEmpty { text += "\n" }
            text += "\(group.rawValue)  (\(group.place))\n"
            let width = members.map(\.key.count).max() ?? 0
            for member in members {
                let padding = String(repeating: " ", count: width - member.key.count)
                text += "  \(member.key)\(padding)  \(member.summary)\n"
            }
        }
        return text
    }

    /// What is known under a key: every component of that key or alias, or a section of the configuration.
    ///
    /// Nil when there is neither; ``nearMiss(_:)`` then may know what was meant.
    public func describe(_ key: String) -> String? {
        let found = components.filter { $0.key == key || $0.aliases.contains(key) }
        if !found.isEmpty { return found.map { ComponentPage($0).text }.joined(separator: "\n") }
        return ComponentPage.section(key)
    }

    /// The key that was probably meant.
    public func nearMiss(_ key: String) -> String? {
        NearMiss.find(key, among: components.flatMap { [$0.key] + $0.aliases } + ComponentPage.sections)
    }
}
