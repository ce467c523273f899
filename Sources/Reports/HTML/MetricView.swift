import JSON

/// Turns one entry of `summary.json`'s metrics into cards and table rows.
enum MetricView {
    static func cards(for metric: JSONValue) -> [[String: Any]] {
        each(metric) { name, value, lower, upper, count in
            [
                "name": name, "value": NumberText.fixed(value), "interval": interval(lower, upper),
                "plot": IntervalPlot.svg(value: value, lower: lower, upper: upper),
                "count": "\(NumberText.count(count)) episodes",
            ]
        }
    }

    static func rows(for metric: JSONValue) -> [[String: Any]] {
        texts(for: metric).map {
            ["metric": $0.name, "value": $0.value, "interval": $0.interval, "count": $0.count]
        }
    }

    /// One number of a metric as text.
    struct Row {
        var name: String
        var value: String
        var interval: String
        var count: String
    }

    static func texts(for metric: JSONValue) -> [Row] {
        each(metric) { name, value, lower, upper, count in
            Row(
                name: name, value: NumberText.fixed(value), interval: interval(lower, upper),
                count: NumberText.count(count))
        }
    }

    private static func each<Item>(
        _ metric: JSONValue, _ make: (String, Double, Double?, Double?, Int) -> Item
    ) -> [Item] {
        let id = metric["metric_id"]?.stringValue ?? ""
        let count = metric["count"]?.intValue ?? 0
        return (metric["raw_values"]?.objectValue ?? [:]).compactMap { key, value in
            guard let number = value.doubleValue else { return nil }
            let ends = metric["intervals"]?[key]?.arrayValue
            return make(
                key == id || id.hasSuffix("_\(key)") ? id : "\(id) \(key)", number, ends?.first?.doubleValue,
                ends?.last?.doubleValue, count)
        }
    }

    private static func interval(_ lower: Double?, _ upper: Double?) -> String {
        guard let lower, let upper else { return "" }
        return "\(NumberText.fixed(lower)) … \(NumberText.fixed(upper))"
    }
}
