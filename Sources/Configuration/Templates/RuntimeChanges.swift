import Evaluation
import JSON

/// A run's `runtime` block, put over a template's definition.
struct RuntimeChanges: Sendable {
    /// The block as written.
    let node: ConfigNode
    private let runtime: RuntimeOverrides

    init(runtime: Entry<RuntimeOverrides>) {
        node = runtime.node
        self.runtime = runtime.value
    }

    /// The definition with the run's changes in it; changes of entries that it does not have are reported.
    func apply(to definition: ConfigNode, into diagnostics: inout Diagnostics) -> ConfigNode {
        let changed = definition.mapEntries { key, value in
            switch key {
            case "datasets":
                section(value, "dataset_id", runtime.datasets, into: &diagnostics) { entry, change, _ in
                    dataset(entry, change)
                }
            case "backends":
                section(value, "backend_id", runtime.backends, into: &diagnostics, backend)
            case "tasks":
                section(value, "task_id", runtime.tasks, into: &diagnostics) { entry, change, _ in
                    entry.overlaid(with: change, depth: 1)
                }
            default: value
            }
        }
        return sinks(in: changed)
    }

    private typealias Change = (ConfigNode, ConfigNode, inout Diagnostics) -> ConfigNode

    private func section(
        _ section: ConfigNode, _ idKey: String, _ changes: Block, into diagnostics: inout Diagnostics,
        _ apply: Change
    ) -> ConfigNode {
        let ids = section.items?.compactMap { $0[idKey]?.text } ?? []
        for change in changes.node?.entries ?? [] where !ids.contains(change.key) {
            diagnostics.add(
                Diagnostic(
                    .error, "the template has no \(idKey) '\(change.key)'", location: change.keyLocation,
                    path: change.value.path, advice: NearMiss.advice(change.key, among: ids)))
        }
        return section.mapItems { entry in
            guard let id = entry[idKey]?.text, let change = changes.node?[id], change.entries != nil else {
                return entry
            }
            return apply(entry, change, &diagnostics)
        }
    }

    private func dataset(_ entry: ConfigNode, _ change: ConfigNode) -> ConfigNode {
        let merged = entry.overlaid(with: change.without(["hub_limit"]), depth: 2)
        guard let limit = change.entry("hub_limit") else { return merged }
        let hub = merged["hub_params"] ?? .empty(at: limit.keyLocation, path: "\(entry.path).hub_params")
        let limited = hub.setting(ConfigEntry(key: "limit", keyLocation: limit.keyLocation, value: limit.value))
        return merged.setting(ConfigEntry(key: "hub_params", keyLocation: limit.keyLocation, value: limited))
    }

    /// Shortcuts beside `type` and `config` are keys of `config`.
    private func backend(_ entry: ConfigNode, _ change: ConfigNode, _ diagnostics: inout Diagnostics) -> ConfigNode {
        var merged = entry.overlaid(with: change.without(Self.shortcuts.union(["pool_size"])), depth: 3)
        for shortcut in change.entries ?? [] where !shortcut.value.isNull {
            if shortcut.key == "pool_size" {
                diagnostics.note("'pool_size' has no effect: \(Reasons.resources)", at: shortcut.value)
            }
            guard Self.shortcuts.contains(shortcut.key) else { continue }
            let config = merged["config"] ?? .empty(at: shortcut.keyLocation, path: "\(entry.path).config")
            merged = merged.setting(
                ConfigEntry(key: "config", keyLocation: shortcut.keyLocation, value: config.setting(shortcut)))
        }
        return merged
    }

    private static let shortcuts: Set<String> = ["base_url", "model", "async_max_concurrency"]

    private func sinks(in definition: ConfigNode) -> ConfigNode {
        guard runtime.global.outputPath != nil, let entry = node["global"]?.entry("output_path") else {
            return definition
        }
        return definition.mapEntries { key, value in
            guard key == "tasks" else { return value }
            return value.mapItems { task in
                task.mapEntries { key, value in
                    guard key == "reporting" else { return value }
                    return value.mapEntries { _, sinks in sinks.mapItems { sink($0, writingTo: entry) } }
                }
            }
        }
    }

    private func sink(_ sink: ConfigNode, writingTo path: ConfigEntry) -> ConfigNode {
        guard sink["type"]?.text == "file" else { return sink }
        let params = sink["params"] ?? .empty(at: path.keyLocation, path: "\(sink.path).params")
        return sink.setting(ConfigEntry(key: "params", keyLocation: path.keyLocation, value: params.setting(path)))
    }
}
