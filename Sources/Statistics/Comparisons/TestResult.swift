/// What a significance test found.
public struct TestResult: Sendable, Hashable {
    /// The test's statistic; NaN when the data say nothing, such as no differences at all.
    public let statistic: Double
    /// The chance of a statistic at least as extreme when there is no difference; NaN with the statistic.
    public let pValue: Double
    /// The degrees of freedom of the statistic's distribution, where it has any.
    public let degreesOfFreedom: Double?

    init(statistic: Double, pValue: Double, degreesOfFreedom: Double? = nil) {
        self.statistic = statistic
        self.pValue = pValue
        self.degreesOfFreedom = degreesOfFreedom
    }
}

/// Which differences count as extreme.
public enum Alternative: String, Sendable, Hashable, CaseIterable {
    /// In either direction.
    case twoSided
    /// Below zero.
    case less
    /// Above zero.
    case greater
}
