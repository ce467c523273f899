import Glibc

/// The standard normal distribution.
public enum NormalDistribution {
    /// The chance of a value up to `x`.
    public static func cumulative(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

    /// The chance of a value beyond `x`, accurate in the far tail.
    public static func survival(_ x: Double) -> Double { 0.5 * erfc(x / 2.0.squareRoot()) }

    /// The value below which a share of the distribution lies; infinite for the shares zero and one.
    public static func quantile(_ share: Double) -> Double {
        guard share > 0, share < 1 else {
            return share == 0 ? -.infinity : share == 1 ? .infinity : .nan
        }
        return share < 0.5 ? -upperQuantile(share) : upperQuantile(1 - share)
    }

    /// The value beyond which a share of at most one half lies.
    private static func upperQuantile(_ tail: Double) -> Double {
        if tail == 0.5 { return 0 }
        // Hastings' approximation (Abramowitz and Stegun 26.2.23), good to three digits, then Halley's method: cubic.
        let t = (-2 * log(tail)).squareRoot()
        var x =
            t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
        for _ in 0..<4 {
            let density = exp(-x * x / 2) / (2 * Double.pi).squareRoot()
            guard density > 0 else { break }
            let step = (survival(x) - tail) / density
            x += step / (1 - x * step / 2)
        }
        return x
    }
}
