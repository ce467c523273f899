import Evaluation
import JSON

/// Puts overrides into a document before its placeholders are replaced.
struct OverrideApplication: Sendable {
    let interpolator: Interpolator

    /// The document with the overrides in it, later ones winning; paths that lead nowhere are reported.
    ///
    /// A key that no mapping has yet is added: whether it may be there is for the schema to say.
    func apply(
        _ overrides: [ConfigurationOverride], to document: ConfigNode, into diagnostics: inout Diagnostics
    ) -> ConfigNode {
        var document = document
        for override in overrides {
            let file = "\(override.origin) \(override.path)"
            guard let path = OverridePath(override.path) else {
                diagnostics.add(
                    Diagnostic(
                        .error, "'\(override.path)' is no path",
                        location: SourceLocation(file: override.origin, line: 1, column: 1),
                        advice: "write names parted by dots and indices in brackets, as tasks[0].max_samples"))
                continue
            }
            var reader = NodeReader(file: file)
            reader.offset.columns = path.text.count + 1
            reader.origin = override.origin
            guard let value = reader.read(override.value, path: path.text, into: &diagnostics) else { continue }
            let target = Target(file: file, origin: override.origin, value: value, interpolator: interpolator)
            document = target.set(path.steps[...], in: document, section: nil, into: &diagnostics)
        }
        return document
    }
}

/// One override on its way into the tree.
private struct Target {
    let file: String
    let origin: String
    let value: ConfigNode
    let interpolator: Interpolator

    func set(
        _ steps: ArraySlice<OverridePath.Step>, in node: ConfigNode, section: String?,
        into diagnostics: inout Diagnostics
    ) -> ConfigNode {
        guard let step = steps.first else { return value.moved(to: node.path) }
        let rest = steps.dropFirst()
        switch (node.content, step.kind) {
        case (.mapping, .key(let key)):
            return setKey(key, step, rest, in: node, into: &diagnostics)
        case (.scalar(.null), .key(let key)):
            var empty = node
            empty.content = .mapping([])
            return setKey(key, step, rest, in: empty, into: &diagnostics)
        case (.sequence(let items), .every):
            guard !items.isEmpty else { break }
            return node.mapItems { set(rest, in: $0, section: nil, into: &diagnostics) }
        case (.sequence(let items), .index(let index)):
            guard items.indices.contains(index) else {
                report("there is no item \(index)", step, at: node, "the list has \(items.count)", into: &diagnostics)
                return node
            }
            return replace(index, of: items, in: node, with: rest, into: &diagnostics)
        case (.sequence(let items), .key(let name)):
            return setItem(name, step, steps, of: items, in: node, section: section, into: &diagnostics)
        default: break
        }
        report("'\(node.path)' is \(node.kindName) here", step, at: node, nil, into: &diagnostics)
        return node
    }

    private func setKey(
        _ key: String, _ step: OverridePath.Step, _ rest: ArraySlice<OverridePath.Step>, in node: ConfigNode,
        into diagnostics: inout Diagnostics
    ) -> ConfigNode {
        let place = SourceLocation(file: file, line: 1, column: step.column)
        let path = ConfigNode.path(node.path, key: key)
        let known = node.entry(key)
        let old = known?.value ?? ConfigNode(.scalar(.null), location: place, path: path, origin: origin)
        let new = set(rest, in: old, section: key, into: &diagnostics)
        return node.setting(ConfigEntry(key: key, keyLocation: known?.keyLocation ?? place, value: new))
    }

    /// Finds the item whose id a name is; ids with dots in them span several steps.
    private func setItem(
        _ name: String, _ step: OverridePath.Step, _ steps: ArraySlice<OverridePath.Step>, of items: [ConfigNode],
        in node: ConfigNode, section: String?, into diagnostics: inout Diagnostics
    ) -> ConfigNode {
        let ids = items.map { SectionKeys.id(of: $0, in: section).flatMap { interpolator.text(of: $0) } }
        var joined = name
        var rest = steps.dropFirst()
        while true {
            if let index = ids.firstIndex(of: joined) {
                return replace(index, of: items, in: node, with: rest, into: &diagnostics)
            }
            guard case .key(let more)? = rest.first?.kind else { break }
            joined += ".\(more)"
            rest = rest.dropFirst()
        }
        if let index = Int(name), items.indices.contains(index) {
            return replace(index, of: items, in: node, with: steps.dropFirst(), into: &diagnostics)
        }
        let known = ids.compactMap { $0 }
        report(
            "'\(node.path)' has no item '\(name)'", step, at: node, NearMiss.advice(name, among: known),
            into: &diagnostics)
        return node
    }

    private func replace(
        _ index: Int, of items: [ConfigNode], in node: ConfigNode, with rest: ArraySlice<OverridePath.Step>,
        into diagnostics: inout Diagnostics
    ) -> ConfigNode {
        var items = items
        items[index] = set(rest, in: items[index], section: nil, into: &diagnostics)
        var copy = node
        copy.content = .sequence(items)
        return copy
    }

    private func report(
        _ message: String, _ step: OverridePath.Step, at node: ConfigNode, _ advice: String?,
        into diagnostics: inout Diagnostics
    ) {
        diagnostics.add(
            Diagnostic(
                .error, message, location: SourceLocation(file: file, line: 1, column: step.column), path: node.path,
                advice: advice))
    }
}
