import JSON
import Statistics

/// Whether a variant's effect is another in one environment than in the next.
///
/// Rates of different task sets are never pooled; what is compared are the differences from the control.
struct InteractionAnalysis: Sendable {
    struct Effect: Sendable {
        var environment: String
        var tasks: Int
        var difference: Double
        var interval: Interval?
    }

    let variant: String
    let effects: [Effect]
    /// The p value of all environments having one difference.
    let pValue: Double?
    /// The first environment's difference minus the second's, for two environments.
    let contrast: (difference: Double, interval: Interval?)?

    init(_ variant: String, _ tables: [OutcomeTable], _ settings: AnalysisSettings) {
        let groups = tables.map { $0.differences(variant, minus: settings.control).map(\.difference) }
        let seed = UInt64(max(0, settings.seed))
        let options = Bootstrap.Options(replicates: settings.replicates, seed: seed)
        self.variant = variant
        effects = zip(tables, groups).compactMap { table, differences in
            differences.mean.map { mean in
                Effect(
                    environment: table.environment, tasks: differences.count, difference: mean,
                    interval: Bootstrap(meanOf: differences, options: options)?.percentileInterval())
            }
        }
        pValue = GroupPermutationTest(groups, deals: settings.replicates, seed: seed)?.result.pValue
        let filled = groups.filter { !$0.isEmpty }
        contrast = filled.count == 2 ? TwoGroupContrast.of(filled[0], minus: filled[1], options) : nil
    }

    var json: JSONValue {
        [
            "variant": .string(variant), "p_value": JSONValue(optional: pValue),
            "effects": .array(
                effects.map { effect in
                    [
                        "environment": .string(effect.environment), "tasks": JSONValue(effect.tasks),
                        "difference": JSONValue(effect.difference), "percentile95": JSONValue(effect.interval),
                    ]
                }),
            "difference_in_differences": JSONValue(optional: contrast?.difference),
            "difference_in_differences_percentile95": JSONValue(contrast?.interval),
        ]
    }
}

/// The difference of two independent groups' means, resampled within each group.
enum TwoGroupContrast {
    static func of(
        _ first: [Double], minus second: [Double], _ options: Bootstrap.Options
    ) -> (difference: Double, interval: Interval?)? {
        guard let one = first.mean, let two = second.mean else { return nil }
        var other = options
        other.seed &+= 1
        guard let left = Bootstrap(meanOf: first, options: options),
            let right = Bootstrap(meanOf: second, options: other)
        else { return nil }
        let replicates = zip(left.replicates, right.replicates).map { $0 - $1 }
        guard let lower = replicates.quantile(0.025), let upper = replicates.quantile(0.975) else { return nil }
        return (one - two, Interval(lower, upper))
    }
}
