import Glibc

/// How small a difference a paired comparison can find, before it is run or when it found none.
public struct PowerAnalysis: Sendable, Hashable {
    /// The two-sided significance level.
    public var significance: Double
    /// The chance to find a difference that is there.
    public var power: Double

    /// Makes an analysis; divide the significance by the number of comparisons that are made.
    public init(significance: Double = 0.05, power: Double = 0.8) {
        self.significance = significance
        self.power = power
    }

    private var criticalValue: Double { NormalDistribution.quantile(1 - significance / 2) }
    private var powerValue: Double { NormalDistribution.quantile(power) }

    /// The smallest difference of two success rates on the same tasks that is found, one trial for each; nil when there is none.
    ///
    /// `discordance` is the share of tasks on which the two disagree, which bounds the difference. The formula is Connor's (1987)
    /// for McNemar's test.
    public func minimumDetectableDifference(tasks: Int, discordance: Double) -> Double? {
        guard tasks > 0, discordance > 0, discordance <= 1 else { return nil }
        let (n, z, w) = (Double(tasks), criticalValue, powerValue)
        // d sqrt(n) = z sqrt(discordance) + w sqrt(discordance - d²), squared and solved for d.
        let middle = z * (n * discordance).squareRoot()
        let radicand = middle * middle - (n + w * w) * (z * z - w * w) * discordance
        guard radicand >= 0 else { return nil }
        let difference = (middle + (w < 0 ? -1 : 1) * radicand.squareRoot()) / (n + w * w)
        return difference > 0 && difference <= discordance ? difference : nil
    }

    /// How many tasks are needed to find a difference of two success rates on the same tasks; nil when it cannot exist.
    public func tasksNeeded(difference: Double, discordance: Double) -> Int? {
        guard difference != 0, abs(difference) <= discordance, discordance <= 1 else { return nil }
        let spread = max(discordance - difference * difference, 0).squareRoot()
        let root = (criticalValue * discordance.squareRoot() + powerValue * spread) / abs(difference)
        return Int((root * root).rounded(.up))
    }

    /// The smallest mean of paired differences that is found, given their standard deviation; nil without tasks.
    public func minimumDetectableMean(tasks: Int, deviation: Double) -> Double? {
        tasks > 0 ? (criticalValue + powerValue) * deviation / Double(tasks).squareRoot() : nil
    }
}
