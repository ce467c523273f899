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
        each(metric) { name, value, lower, upper, count in
            [
                "metric": name, "value": NumberText.fixed(value), "interval": interval(lower, upper),
                "count": NumberText.count(count),
            ]
        }
    }

    private static func each(
        _ metric: JSONValue, _ make: (String, Double, Double?, Double?, Int) -> [String: Any]
    ) -> [[String: Any]] {
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
