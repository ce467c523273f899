public import JSON
public import Reports
import Statistics

/// Two experiments side by side: the effect of each variant in one against its effect in the other.
///
/// They may differ in the agent's model, in the environment, or in both; tasks that both have are compared pair by pair.
public struct StudyComparison: Sendable {
    struct Row: Sendable {
        var environments: (first: String, second: String)
        var variant: String
        var effects: (first: Double, second: Double)
        var isPaired: Bool
        var tasks: (first: Int, second: Int)
        var contrast: Double
        var interval: Interval?
    }

    let names: (first: String, second: String)
    let rows: [Row]

    /// Compares two experiments' cells.
    public init(_ first: AggregatedResults, _ second: AggregatedResults, settings: AnalysisSettings) {
        names = ("\(first.design.name)_\(first.design.timestamp)", "\(second.design.name)_\(second.design.timestamp)")
        var rows: [Row] = []
        for (one, two) in Self.matching(first.design, second.design) {
            let (left, right) = (OutcomeTable(first, environment: one), OutcomeTable(second, environment: two))
            for variant in left.variants where variant != settings.control && right.variants.contains(variant) {
                if let row = Self.row(variant, left, right, settings) { rows.append(row) }
            }
        }
        self.rows = rows
    }

    /// Environments of one name; where there are none and each study has one, these two.
    private static func matching(
        _ first: StudyDesign, _ second: StudyDesign
    ) -> [(StudyDesign.Environment, StudyDesign.Environment)] {
        let same = first.environments.compactMap { one in
            second.environments.first { $0.name == one.name }.map { (one, $0) }
        }
        guard same.isEmpty, first.environments.count == 1, second.environments.count == 1 else { return same }
        return [(first.environments[0], second.environments[0])]
    }

    private static func row(
        _ variant: String, _ left: OutcomeTable, _ right: OutcomeTable, _ settings: AnalysisSettings
    ) -> Row? {
        let one = left.differences(variant, minus: settings.control)
        let two = right.differences(variant, minus: settings.control)
        guard let first = one.map(\.difference).mean, let second = two.map(\.difference).mean else { return nil }
        let options = Bootstrap.Options(replicates: settings.replicates, seed: UInt64(max(0, settings.seed)))
        let other = Dictionary(two.map { ($0.task, $0.difference) }, uniquingKeysWith: { held, _ in held })
        let paired = one.compactMap { item in other[item.task].map { item.difference - $0 } }
        let isPaired = left.environment == right.environment && paired.count == one.count && paired.count == two.count
        let contrast =
            isPaired
            ? paired.mean.map { ($0, Bootstrap(meanOf: paired, options: options)?.percentileInterval()) }
            : TwoGroupContrast.of(one.map(\.difference), minus: two.map(\.difference), options)
                .map { ($0.difference, $0.interval) }
        return Row(
            environments: (left.environment, right.environment), variant: variant, effects: (first, second),
            isPaired: isPaired, tasks: (one.count, two.count), contrast: contrast?.0 ?? first - second,
            interval: contrast?.1)
    }

    /// The comparison as one object.
    public var json: JSONValue {
        [
            "first": .string(names.first), "second": .string(names.second),
            "method":
                "difference of the differences from the control; percentile bootstrap over tasks, paired where both have the same tasks",
            "rows": .array(
                rows.map { row in
                    [
                        "variant": .string(row.variant), "environment1": .string(row.environments.first),
                        "environment2": .string(row.environments.second), "difference1": JSONValue(row.effects.first),
                        "difference2": JSONValue(row.effects.second), "tasks1": JSONValue(row.tasks.first),
                        "tasks2": JSONValue(row.tasks.second), "paired": .bool(row.isPaired),
                        "difference_in_differences": JSONValue(row.contrast), "percentile95": JSONValue(row.interval),
                    ]
                }),
        ]
    }

    /// The comparison as lines for a terminal.
    public func lines(on terminal: Terminal) -> [String] {
        var table = TextTable([
            .init("environment"), .init("variant"), .init(names.first, .right, canShrink: true),
            .init(names.second, .right, canShrink: true),
            .init("difference", .right), .init("95 % interval", .right), .init("tasks"),
        ])
        for row in rows {
            let (first, second) = row.environments
            table.add([
                first == second ? first : "\(first), \(second)", row.variant, PointsText.text(row.effects.first),
                PointsText.text(row.effects.second),
                PointsText.text(row.contrast),
                row.interval.map { "\(PointsText.text($0.lower)) … \(PointsText.text($0.upper))" } ?? "–",
                row.isPaired ? "\(row.tasks.first), paired" : "\(row.tasks.first) and \(row.tasks.second)",
            ])
        }
        return rows.isEmpty
            ? ["The two experiments have no environment and variant in common."] : table.lines(on: terminal)
    }
}
