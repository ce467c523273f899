public import Evaluation

/// A metric with its implementation and aggregation made.
public struct PlannedMetric: Sendable {
    /// The metric's id.
    public var id: String
    /// The implementation's key.
    public var implementationKey: String
    /// The implementation.
    public var metric: any Metric
    /// The aggregation's key.
    public var aggregationKey: String
    /// The aggregation.
    public var aggregation: any Aggregation

    /// Plans a metric.
    public init(
        id: String, implementationKey: String, metric: any Metric, aggregationKey: String,
        aggregation: any Aggregation
    ) {
        self.id = id
        self.implementationKey = implementationKey
        self.metric = metric
        self.aggregationKey = aggregationKey
        self.aggregation = aggregation
    }
}

/// A section of `summary.json`.
public struct PlannedSummaryGenerator: Sendable {
    /// The section's key.
    public var id: String
    /// What makes it.
    public var generator: any SummaryGenerator

    /// Plans a section.
    public init(id: String, generator: any SummaryGenerator) {
        self.id = id
        self.generator = generator
    }
}
