import Glibc

/// The error of Stirling's approximation, ln Γ(x + 1) - [(x + 1/2) ln x - x + ln √(2π)].
///
/// Loader, "Fast and Accurate Computation of Binomial Probabilities", 2000. With it and ``deviance(_:_:)`` the large terms of a log
/// probability cancel on paper, not in floating point.
func stirlingError(_ x: Double) -> Double {
    let halfLogTau = 0.918938533204672741780329736406
    guard x > 15 else {
        var sign: Int32 = 0
        return lgamma_r(x + 1, &sign) - (x + 0.5) * log(x) + x - halfLogTau
    }
    let square = x * x
    return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / square) / square) / square) / square) / x
}

/// x ln(x / mean) + mean - x, without the cancellation where both are close.
func deviance(_ x: Double, _ mean: Double) -> Double {
    guard abs(x - mean) < 0.1 * (x + mean) else { return x * log(x / mean) + mean - x }
    let ratio = (x - mean) / (x + mean)
    var sum = (x - mean) * ratio
    var term = 2 * x * ratio
    for order in 1..<1000 {
        term *= ratio * ratio
        let next = sum + term / Double(2 * order + 1)
        if next == sum { break }
        sum = next
    }
    return sum
}

/// Γ(n+1) / (Γ(x+1) Γ(n-x+1)) p^x q^(n-x) for real 0 ≤ x ≤ n, where q = 1 - p.
func binomialTerm(_ x: Double, _ n: Double, _ p: Double, _ q: Double) -> Double {
    if p == 0 { return x == 0 ? 1 : 0 }
    if q == 0 { return x == n ? 1 : 0 }
    if x == 0 { return exp(n * (p < 0.5 ? log1p(-p) : log(q))) }
    if x == n { return exp(n * (q < 0.5 ? log1p(-q) : log(p))) }
    let exponent =
        stirlingError(n) - stirlingError(x) - stirlingError(n - x) - deviance(x, n * p) - deviance(n - x, n * q)
    return exp(exponent) * (n / (2 * Double.pi * x * (n - x))).squareRoot()
}

/// Both tails of the regularized incomplete beta function, I_x(a, b) and 1 - I_x(a, b), where y = 1 - x.
///
/// The smaller of the two is accurate to some units in the last place.
func incompleteBeta(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> (lower: Double, upper: Double) {
    if x <= 0 { return (0, 1) }
    if y <= 0 { return (1, 0) }
    let scale = binomialTerm(a, a + b, x, y) / (a + b)
    if x < (a + 1) / (a + b + 2) {
        let lower = min(scale * b * betaFraction(a, b, x), 1)
        return (lower, 1 - lower)
    }
    let upper = min(scale * a * betaFraction(b, a, y), 1)
    return (1 - upper, upper)
}

/// The continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz's method.
private func betaFraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
    var numerator = 1.0
    var denominator = 1 / nonzero(1 - (a + b) * x / (a + 1))
    var value = denominator
    for order in 1..<100_000 {
        let m = Double(order)
        let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        denominator = 1 / nonzero(1 + even * denominator)
        numerator = nonzero(1 + even / numerator)
        value *= denominator * numerator
        let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        denominator = 1 / nonzero(1 + odd * denominator)
        numerator = nonzero(1 + odd / numerator)
        let change = denominator * numerator
        value *= change
        if abs(change - 1) < 1e-16 { break }
    }
    return value
}

/// Both tails of the regularized incomplete gamma function, P(a, x) and Q(a, x).
func incompleteGamma(_ a: Double, _ x: Double) -> (lower: Double, upper: Double) {
    if x <= 0 { return (0, 1) }
    if x.isInfinite { return (1, 0) }
    let scale = exp(-stirlingError(a) - deviance(a, x)) / (2 * Double.pi * a).squareRoot()
    if x < a + 1 {
        var (sum, term, order) = (1.0, 1.0, a)
        while term > sum * 1e-17 {
            order += 1
            term *= x / order
            sum += term
        }
        let lower = min(scale * sum, 1)
        return (lower, 1 - lower)
    }
    let upper = min(scale * a * gammaFraction(a, x), 1)
    return (1 - upper, upper)
}

/// The continued fraction of the upper incomplete gamma function (DLMF 8.9.2), by Lentz's method.
private func gammaFraction(_ a: Double, _ x: Double) -> Double {
    var b = x + 1 - a
    var numerator = 1e300
    var denominator = 1 / nonzero(b)
    var value = denominator
    for order in 1..<100_000 {
        let m = Double(order)
        let factor = -m * (m - a)
        b += 2
        denominator = 1 / nonzero(factor * denominator + b)
        numerator = nonzero(b + factor / numerator)
        let change = denominator * numerator
        value *= change
        if abs(change - 1) < 1e-16 { break }
    }
    return value
}

/// Lentz's method steps over zeros by putting something tiny in their place.
private func nonzero(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }

/// The zero of a decreasing function between `low` and `high`, by Newton's method kept inside a shrinking bracket.
///
/// `function` gives the value and the derivative.
func root(
    between low: Double, and high: Double, from start: Double, of function: (Double) -> (value: Double, slope: Double)
) -> Double {
    var (low, high, x) = (low, high, start)
    for _ in 0..<400 {
        let (value, slope) = function(x)
        if value == 0 { return x }
        if value > 0 { low = x } else { high = x }
        var next = x - value / slope
        if !(next > low && next < high) { next = low + (high - low) / 2 }
        if next == x || abs(next - x) <= abs(x) * 1e-16 { return next }
        x = next
    }
    return x
}
