import Glibc

/// The beta distribution.
public struct BetaDistribution: Sendable, Hashable {
    /// The first shape parameter, positive.
    public let alpha: Double
    /// The second shape parameter, positive.
    public let beta: Double

    /// Makes a distribution.
    public init(_ alpha: Double, _ beta: Double) {
        self.alpha = alpha
        self.beta = beta
    }

    /// The chance of a value up to `x`.
    public func cumulative(_ x: Double) -> Double { incompleteBeta(alpha, beta, x, 1 - x).lower }

    /// The value below which a share of the distribution lies.
    public func quantile(_ share: Double) -> Double {
        if share <= 0 { return 0 }
        if share >= 1 { return 1 }
        let middle = incompleteBeta(alpha, beta, 0.5, 0.5).lower
        // Solve for the distance from the nearer end, so that it keeps its digits.
        return share <= middle
            ? BetaDistribution(alpha, beta).lowerHalfQuantile(lower: share, upper: 1 - share)
            : 1 - BetaDistribution(beta, alpha).lowerHalfQuantile(lower: 1 - share, upper: share)
    }

    /// The x up to one half with the given shares below and beyond, of which the smaller counts: the other may be rounded.
    private func lowerHalfQuantile(lower: Double, upper: Double) -> Double {
        // In u = -ln x the logarithm of the share is nearly straight, and it falls, as `root` wants it.
        func equation(_ u: Double) -> (value: Double, slope: Double) {
            let (x, y) = (exp(-u), -expm1(-u))
            let shares = incompleteBeta(alpha, beta, x, y)
            let density = binomialTerm(alpha, alpha + beta, x, y) * alpha * beta / (alpha + beta) / y
            return lower <= upper
                ? (log(shares.lower / lower), -density / shares.lower)
                : (log(upper / shares.upper), -density / shares.upper)
        }
        var high = 2 * log(2.0)
        while high < 700, equation(high).value > 0 { high *= 2 }
        return exp(-root(between: log(2), and: high, from: high, of: equation))
    }
}
