/// A filter expression's tree.
indirect enum FilterNode: Sendable, Hashable {
    /// Every part holds.
    case all([FilterNode])
    /// One of the parts holds.
    case any([FilterNode])
    /// The part does not hold.
    case not(FilterNode)
    /// A field's value is so.
    case compare(FilterSubject, FilterComparison, FilterValue)
    /// A field's value is one of these.
    case isOneOf(FilterSubject, [FilterValue])
    /// The episode has a value there.
    case has(FilterSubject)
    /// A field of which it is so or not.
    case truth(FilterField)
}

/// What a comparison looks at.
struct FilterSubject: Sendable, Hashable {
    var field: FilterField
    /// For a score: the metric, or the metric, a dot and the name of one of its values.
    var metric: String?
    /// Where the metric's name stands in the expression, in characters.
    var metricOffset = 0
}

/// What a field is compared with.
enum FilterValue: Sendable, Hashable {
    case text(String)
    case number(Double)
}
