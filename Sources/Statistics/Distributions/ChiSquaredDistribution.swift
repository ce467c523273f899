/// The chi-squared distribution.
public struct ChiSquaredDistribution: Sendable, Hashable {
    /// The degrees of freedom, positive.
    public let degreesOfFreedom: Double

    /// Makes a distribution.
    public init(degreesOfFreedom: Double) { self.degreesOfFreedom = degreesOfFreedom }

    /// The chance of a value beyond `x`.
    public func survival(_ x: Double) -> Double {
        x.isNaN ? .nan : incompleteGamma(degreesOfFreedom / 2, x / 2).upper
    }

    /// The chance of a value up to `x`.
    public func cumulative(_ x: Double) -> Double {
        x.isNaN ? .nan : incompleteGamma(degreesOfFreedom / 2, x / 2).lower
    }
}
