extension Collection<Double> {
    /// The arithmetic mean, nil of nothing.
    public var mean: Double? {
        isEmpty ? nil : reduce(0, +) / Double(count)
    }

    /// The unbiased variance (divisor n - 1), nil of fewer than two values.
    public var sampleVariance: Double? {
        guard count > 1, let mean else { return nil }
        return reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)
    }

    /// The square root of the unbiased variance, nil of fewer than two values.
    public var sampleDeviation: Double? { sampleVariance?.squareRoot() }

    /// The standard error of the mean of independent values, nil of fewer than two.
    public var standardError: Double? {
        sampleVariance.map { ($0 / Double(count)).squareRoot() }
    }

    /// The middle value, or the mean of the two middle ones; nil of nothing.
    public var median: Double? { quantile(0.5) }

    /// The quantile of a share between zero and one, nil of nothing.
    ///
    /// Interpolates linearly between order statistics (Hyndman and Fan's type 7, the default of R and NumPy). Sorts the values.
    public func quantile(_ share: Double) -> Double? {
        isEmpty ? nil : quantileOfSorted(sorted(), share)
    }

    /// Student's t interval of the mean, nil of fewer than two values.
    ///
    /// Exact for independent normal values, good for others from some dozens of values on. `level` is the coverage, 0.95 usually.
    public func studentInterval(level: Double = 0.95) -> Interval? {
        guard let mean, let standardError else { return nil }
        let factor = StudentDistribution(degreesOfFreedom: Double(count - 1)).quantile(0.5 + level / 2)
        return Interval(mean - factor * standardError, mean + factor * standardError)
    }
}

/// The type 7 quantile of values in ascending order, of which there has to be one.
func quantileOfSorted(_ sorted: [Double], _ share: Double) -> Double {
    let place = min(max(share, 0), 1) * Double(sorted.count - 1)
    let below = Int(place)
    guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
    let (low, high) = (sorted[below], sorted[below + 1])
    let part = place - Double(below)
    // From the nearer end, so that the result never leaves the interval by rounding.
    return part < 0.5 ? low + (high - low) * part : high - (high - low) * (1 - part)
}
