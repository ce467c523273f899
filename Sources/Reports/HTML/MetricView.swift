import JSON

/// Turns one entry of `summary.json`'s metrics into rows of tables and cards.
enum MetricView {
    /// One number of a metric.
    struct Row {
        var name: String
        var value: Double
        var lower: Double?
        var upper: Double?
        var count: Int
        /// How many episodes are planned, where that is known.
        var planned: Int?

        var valueText: String { NumberText.fixed(value) }
        var interval: String {
            guard let lower, let upper else { return "" }
            return "\(NumberText.fixed(lower)) … \(NumberText.fixed(upper))"
        }
        var countText: String { NumberText.count(count) }
        var plot: HTML? { IntervalPlot.svg(value: value, lower: lower, upper: upper) }
    }

    /// The numbers of a metric, named after the metric where that is clear.
    static func rows(for metric: JSONValue) -> [Row] {
        let id = metric["metric_id"]?.stringValue ?? ""
        let count = metric["count"]?.intValue ?? 0
        return (metric["raw_values"]?.objectValue ?? [:]).compactMap { key, value in
            guard let number = value.doubleValue else { return nil }
            let ends = metric["intervals"]?[key]?.arrayValue
            return Row(
                name: key == id || id.hasSuffix("_\(key)") ? id : "\(id) \(key)", value: number,
                lower: ends?.first?.doubleValue, upper: ends?.last?.doubleValue, count: count,
                planned: metric.at("coverage.planned")?.intValue)
        }
    }
}
