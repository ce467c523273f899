/// McNemar's comparison of two variants that each tried the same tasks once.
///
/// Only the tasks on which they disagree say which is better.
public struct McNemarTest: Sendable, Hashable {
    /// Tasks on which only the first succeeded.
    public let firstOnly: Int
    /// Tasks on which only the second succeeded.
    public let secondOnly: Int
    /// All tasks, also those on which they agree.
    public let tasks: Int

    /// Takes the counts; `tasks` is at least the sum of the others.
    public init(firstOnly: Int, secondOnly: Int, tasks: Int) {
        self.firstOnly = firstOnly
        self.secondOnly = secondOnly
        self.tasks = tasks
    }

    /// Counts the outcomes of both variants, task by task; the longer list's rest is left out.
    public init(_ first: [Bool], _ second: [Bool]) {
        let pairs = zip(first, second)
        self.init(
            firstOnly: pairs.count { $0 && !$1 }, secondOnly: pairs.count { !$0 && $1 },
            tasks: min(first.count, second.count))
    }

    private var discordant: Int { firstOnly + secondOnly }
    private var fewer: Int { min(firstOnly, secondOnly) }
    private var chance: BinomialDistribution { BinomialDistribution(count: discordant, chance: 0.5) }

    /// The exact two-sided test: twice the binomial tail of the smaller count, at most one.
    ///
    /// One when they never disagree.
    public var exact: TestResult {
        TestResult(
            statistic: Double(fewer), pValue: BinomialDistribution.evenSplitPValue(fewer: fewer, of: discordant))
    }

    /// The two-sided mid-p value (Fagerland, Lydersen and Laake 2013): less conservative than the exact one.
    public var midPValue: Double {
        if discordant == 0 { return 1 }
        if firstOnly == secondOnly { return 1 - chance.mass(fewer) }
        return 2 * chance.cumulative(fewer) - chance.mass(fewer)
    }

    /// The exact one-sided p value of the first variant being better.
    public var pValueOfFirstBetter: Double {
        discordant == 0 ? 1 : chance.survival(firstOnly - 1)
    }

    /// The chi-squared approximation, with Edwards' continuity correction or without; NaN when they never disagree.
    public func chiSquared(continuity: Bool) -> TestResult {
        let distance = abs(Double(firstOnly - secondOnly)) - (continuity ? 1 : 0)
        let statistic = distance * distance / Double(discordant)
        return TestResult(
            statistic: discordant == 0 ? .nan : statistic,
            pValue: discordant == 0 ? .nan : ChiSquaredDistribution(degreesOfFreedom: 1).survival(statistic),
            degreesOfFreedom: 1)
    }

    /// The first variant's success rate minus the second's; nil without tasks.
    public var rateDifference: Double? {
        tasks > 0 ? Double(firstOnly - secondOnly) / Double(tasks) : nil
    }

    /// The odds of the first being the better on a task on which they disagree; infinite when it always is, nil without such tasks.
    public var oddsRatio: Double? {
        discordant == 0 ? nil : Double(firstOnly) / Double(secondOnly)
    }

    /// The exact interval of ``oddsRatio``, from that of Clopper and Pearson.
    public func oddsRatioInterval(level: Double = 0.95) -> Interval? {
        guard let share = Proportion(successes: firstOnly, of: discordant) else { return nil }
        let interval = share.clopperPearsonInterval(level: level)
        return Interval(interval.lower / (1 - interval.lower), interval.upper / (1 - interval.upper))
    }
}
