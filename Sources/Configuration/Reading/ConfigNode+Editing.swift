import Evaluation

extension ConfigNode {
    /// The same node at another place in the document.
    func moved(to path: String) -> ConfigNode {
        var copy = self
        copy.path = path
        switch content {
        case .scalar: break
        case .sequence(let items):
            copy.content = .sequence(items.enumerated().map { $1.moved(to: "\(path)[\($0)]") })
        case .mapping(let entries):
            copy.content = .mapping(
                entries.map { entry in
                    var entry = entry
                    entry.value = entry.value.moved(to: ConfigNode.path(path, key: entry.key))
                    return entry
                })
        }
        return copy
    }

    /// The entry under a name or one of its aliases.
    func entry(_ names: String...) -> ConfigEntry? {
        entries?.first { names.contains($0.key) }
    }

    /// The same mapping with an entry set: replaced where it is, else added at the end.
    func setting(_ entry: ConfigEntry) -> ConfigNode {
        guard case .mapping(var entries) = content else { return self }
        var entry = entry
        entry.value = entry.value.moved(to: ConfigNode.path(path, key: entry.key))
        if let index = entries.firstIndex(where: { $0.key == entry.key }) {
            entries[index] = entry
        } else {
            entries.append(entry)
        }
        var copy = self
        copy.content = .mapping(entries)
        return copy
    }

    /// The same mapping with the entries of another set in it; mappings below are merged down to a depth.
    func overlaid(with other: ConfigNode, depth: Int) -> ConfigNode {
        guard case .mapping = content, case .mapping(let entries) = other.content else {
            return other.moved(to: path)
        }
        var result = self
        for entry in entries {
            var entry = entry
            if depth > 1, let own = result[entry.key], own.entries != nil, entry.value.entries != nil {
                entry.value = own.overlaid(with: entry.value, depth: depth - 1)
            }
            result = result.setting(entry)
        }
        return result
    }

    /// The same mapping without some keys.
    func without(_ keys: Set<String>) -> ConfigNode {
        guard case .mapping(let entries) = content else { return self }
        var copy = self
        copy.content = .mapping(entries.filter { !keys.contains($0.key) })
        return copy
    }

    /// The same mapping with its values changed; `change` is given the key.
    func mapEntries(_ change: (String, ConfigNode) -> ConfigNode) -> ConfigNode {
        guard case .mapping(let entries) = content else { return self }
        var copy = self
        copy.content = .mapping(
            entries.map { entry in
                var entry = entry
                entry.value = change(entry.key, entry.value)
                return entry
            })
        return copy
    }

    /// The same list with its items changed.
    func mapItems(_ change: (ConfigNode) -> ConfigNode) -> ConfigNode {
        guard case .sequence(let items) = content else { return self }
        var copy = self
        copy.content = .sequence(items.map(change))
        return copy
    }
}
