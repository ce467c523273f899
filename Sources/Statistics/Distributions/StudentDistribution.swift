import Glibc

/// Student's t distribution.
public struct StudentDistribution: Sendable, Hashable {
    /// The degrees of freedom, positive, not necessarily whole.
    public let degreesOfFreedom: Double

    /// Makes a distribution.
    public init(degreesOfFreedom: Double) { self.degreesOfFreedom = degreesOfFreedom }

    /// The chance of a value beyond `t`.
    public func survival(_ t: Double) -> Double {
        if t.isNaN { return .nan }
        let half = halfTail(abs(t))
        return t < 0 ? 1 - half : half
    }

    /// The chance of a value up to `t`.
    public func cumulative(_ t: Double) -> Double { survival(-t) }

    /// The value below which a share of the distribution lies; infinite for the shares zero and one.
    public func quantile(_ share: Double) -> Double {
        guard share > 0, share < 1 else {
            return share == 0 ? -.infinity : share == 1 ? .infinity : .nan
        }
        return share < 0.5 ? -upperQuantile(share) : upperQuantile(1 - share)
    }

    /// The chance of a value beyond `t`, which is not negative.
    private func halfTail(_ t: Double) -> Double {
        if t.isInfinite { return 0 }
        let square = t * t
        let total = degreesOfFreedom + square
        guard total.isFinite else { return 0 }
        return 0.5 * incompleteBeta(degreesOfFreedom / 2, 0.5, degreesOfFreedom / total, square / total).lower
    }

    private func density(_ t: Double) -> Double {
        // The tails of both distributions are alike enough to give a good slope, and the bracket corrects the rest.
        let nu = degreesOfFreedom
        var sign: Int32 = 0
        let scale = lgamma_r((nu + 1) / 2, &sign) - lgamma_r(nu / 2, &sign) - 0.5 * log(nu * Double.pi)
        return exp(scale - (nu + 1) / 2 * log1p(t * t / nu))
    }

    private func upperQuantile(_ tail: Double) -> Double {
        if tail == 0.5 { return 0 }
        var high = max(1, -NormalDistribution.quantile(tail))
        while halfTail(high) > tail, high < 1e300 { high *= 4 }
        return root(between: 0, and: high, from: high) { t in
            // The logarithm of the tail is nearly straight, so that Newton's method needs few steps.
            let value = halfTail(t)
            return (log(value / tail), -density(t) / value)
        }
    }
}
