import Evaluation
import JSON

extension PlanCompiler {
    mutating func planMetrics() {
        for entry in document.metrics.entries where !entry.id.isEmpty {
            if let metric = planMetric(entry), !metrics.contains(where: { $0.id == metric.id }) {
                metrics.append(metric)
            }
        }
    }

    /// The metrics of a task: all of them, or those that it lists, as it changes them.
    mutating func planMetrics(of task: Entry<TaskEntry>) -> [PlannedMetric] {
        let overrides = task.metricOverrides
        guard !overrides.entries.isEmpty else {
            used[.metric, default: []].formUnion(document.metrics.entries.map(\.id))
            return metrics
        }
        checkIdentities(overrides)
        return overrides.entries.compactMap { override in
            guard let base = document.metrics.entries.first(where: { $0.id == override.id }) else {
                let ids = document.metrics.entries.map(\.id)
                diagnostics.error(
                    "there is no metric '\(override.id)'", at: override.field("metric_id") ?? override.node,
                    advice: advice(for: override.id, .metric, among: ids))
                return nil
            }
            used[.metric, default: []].insert(base.id)
            let node = base.node.overlaid(with: override.node, depth: 2).moved(to: override.node.path)
            var merged = node
            merged.location = override.node.location
            var ignored = Diagnostics()
            // The parts were reported where they stand; this only puts them together.
            guard let value = MetricEntry.decode(merged, into: &ignored) else { return nil }
            return planMetric(Entry(value: value, node: merged))
        }
    }

    private mutating func planMetric(_ entry: Entry<MetricEntry>) -> PlannedMetric? {
        let name = entry.field("implementation") ?? entry.field("metric_id")
        guard let registration = component(name, in: registry.metrics) else { return nil }
        let node = block(entry.params, "params", of: entry.node)
        let metricKeys = ComponentKeys(registration)
        let explicit = entry.field("aggregation").flatMap { $0.isNull ? nil : $0 }
        // The metric's own aggregation is known only once the metric is made, and its keys only then.
        let metric = registration.make(from: node.keeping(metricKeys), into: &diagnostics)
        var aggregation: Registration<any Aggregation>?
        if let explicit {
            aggregation = component(explicit, in: registry.aggregations)
        } else if let metric {
            aggregation = registry.aggregations[metric.defaultAggregation]
            if aggregation == nil {
                diagnostics.error(
                    "metric '\(entry.id)' needs an 'aggregation'", at: entry.node,
                    advice: NearMiss.advice(metric.defaultAggregation, among: registry.aggregations.suggestions))
            }
        }
        guard let aggregation else { return nil }
        let keys = ComponentKeys(aggregation)
        let both = ComponentKeys(
            fields: metricKeys.fields + keys.fields.filter { metricKeys.field($0.name) == nil },
            allowsUnknownKeys: metricKeys.allowsUnknownKeys || keys.allowsUnknownKeys)
        _ = share(node, own: [], with: both)
        showAggregation(aggregation.key, of: entry.node)
        guard let metric, let made = aggregation.make(from: node.keeping(keys), into: &diagnostics) else { return nil }
        return PlannedMetric(
            id: entry.id, implementationKey: registration.key, metric: metric, aggregationKey: aggregation.key,
            aggregation: made)
    }
}

extension PlanCompiler {
    /// Lets the shown configuration say which aggregation holds where none was written.
    private mutating func showAggregation(_ key: String, of node: ConfigNode) {
        var fields = MetricEntry.fieldDescriptions
        for index in fields.indices where fields[index].name == "aggregation" {
            fields[index].defaultValue = .string(key)
        }
        blocks[node.path] = BlockSchema(fields: fields, allowsUnknownKeys: false)
    }
}

extension ConfigNode {
    /// The entries that a component knows, of a mapping that it shares with another.
    fileprivate func keeping(_ keys: ComponentKeys) -> ConfigNode {
        var copy = self
        copy.content = .mapping((entries ?? []).filter { keys.allowsUnknownKeys || keys.field($0.key) != nil })
        return copy
    }
}
