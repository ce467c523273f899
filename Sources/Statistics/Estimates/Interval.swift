/// A confidence interval.
public struct Interval: Sendable, Hashable {
    /// The lower end.
    public var lower: Double
    /// The upper end.
    public var upper: Double

    /// Makes an interval from its ends.
    public init(_ lower: Double, _ upper: Double) {
        self.lower = lower
        self.upper = upper
    }

    /// Whether `value` lies between the ends, or on one of them.
    public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }

    /// The interval cut to between zero and one.
    func clippedToUnit() -> Interval { Interval(min(max(lower, 0), 1), min(max(upper, 0), 1)) }
}
