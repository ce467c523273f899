public import JSON
import Evaluation
import Statistics
import Storage

/// Two or more runs compared: the first with each of the others, or all with all.
public struct ComparisonReport: Sendable {
    /// The runs, in the order in which they were named.
    public let runs: [ComparedRun]
    let settings: ComparisonSettings
    private(set) var comparisons: [RunComparison]
    let matrix: [MatrixRow]
    /// How many tests the p values are corrected for.
    let testCount: Int

    /// Compares runs, of which there should be two at least.
    public init(_ runs: [ComparedRun], settings: ComparisonSettings = ComparisonSettings()) {
        let runs = Self.named(runs)
        self.runs = runs
        self.settings = settings
        var comparisons: [RunComparison] = []
        for (place, first) in runs.enumerated() where place == 0 || settings.comparesAllPairs {
            comparisons += runs[(place + 1)...].map { RunComparison(first, $0, settings) }
        }
        let pValues = comparisons.flatMap { $0.measures.map(\.test.pValue) }
        let adjusted = ComparisonSettings.correction.adjusted(pValues)
        testCount = pValues.count
        var next = 0
        for place in comparisons.indices {
            for measure in comparisons[place].measures.indices {
                comparisons[place].measures[measure].settle(
                    adjusted: adjusted[next], tests: pValues.count, settings)
                next += 1
            }
        }
        self.comparisons = comparisons
        matrix = Self.matrix(runs, settings)
    }

    /// Gives runs of the same id their paths as names.
    private static func named(_ runs: [ComparedRun]) -> [ComparedRun] {
        runs.map { run in
            var run = run
            if runs.count(where: { $0.name == run.name }) > 1 { run.name = run.path }
            return run
        }
    }

    /// One number of one metric in all runs, each over all of its own episodes.
    struct MatrixRow: Sendable {
        let scope: String
        let measure: Measure
        /// By run; nil where it has no such number.
        let cells: [RunScores.Row?]
    }

    private static func matrix(_ runs: [ComparedRun], _ settings: ComparisonSettings) -> [MatrixRow] {
        let scores = runs.map { run in
            RunScores(run, grouping: settings.grouping) {
                settings.tasks.isEmpty || settings.tasks.contains($0.id.task)
            }.rows.filter { settings.metrics.isEmpty || settings.metrics.contains($0.measure.metric) }
        }
        struct Key: Hashable {
            let scope: String
            let measure: Measure
        }
        var order: [Key] = []
        var cells: [Key: [RunScores.Row?]] = [:]
        for (place, rows) in scores.enumerated() {
            for row in rows {
                let key = Key(scope: row.scope, measure: row.measure)
                if cells[key] == nil { order.append(key) }
                cells[key, default: Array(repeating: nil, count: runs.count)][place] = row
            }
        }
        return order.map { MatrixRow(scope: $0.scope, measure: $0.measure, cells: cells[$0] ?? []) }
    }

    /// The comparison as JSON: `{schema_version, settings, runs, comparisons, matrix}`.
    public var json: JSONValue {
        [
            "schema_version": "gage/comparison/v1", "settings": settings.json(tests: testCount),
            "runs": .array(runs.map(\.json)), "comparisons": .array(comparisons.map { $0.json(settings) }),
            "matrix": .array(matrix.map { json(of: $0) }),
        ]
    }

    private func json(of row: MatrixRow) -> JSONValue {
        let cells = zip(runs, row.cells).map { run, cell -> JSONValue in
            guard let cell else { return ["run": .string(run.name), "mean": .null] }
            return [
                "run": .string(run.name), "mean": .finite(cell.mean),
                "interval": .interval(cell.interval(level: settings.confidence)), "episodes": .int(Int64(cell.count)),
                "samples": .int(Int64(cell.sampleCount)),
            ]
        }
        return [
            settings.grouping == .task ? "task_id" : "domain": .string(row.scope),
            "metric_id": .string(row.measure.metric), "value": .string(row.measure.value), "runs": .array(cells),
        ]
    }
}

extension ComparedRun {
    /// What a comparison says about a run.
    var json: JSONValue {
        var object: JSONObject = [
            "name": .string(name), "run_id": .string(metadata.runID), "run_dir": .string(path),
            "config_name": .string(metadata.name), "status": .string(metadata.status.rawValue),
            "plan_digest": .string(metadata.planDigest), "seed": .number(String(metadata.seed)),
            "gage_version": .string(metadata.gageVersion), "started_at": .string(TimeText.utc(metadata.startedAt)),
            "planned": plannedEpisodes.map { .int(Int64($0)) } ?? .null, "episodes": .int(Int64(episodes.count)),
            "scored": .int(Int64(scoredCount)), "cost_usd": .finite(knownCost),
            "episodes_without_price": .int(Int64(unpricedCount)),
        ]
        if let amendedEpisodes { object["amended_episodes"] = .int(Int64(amendedEpisodes)) }
        return .object(object)
    }

    /// What the episodes with known prices cost together.
    var knownCost: Double { episodes.reduce(0) { $0 + ($1.cost ?? 0) } }

    /// How many episodes have calls without a price.
    var unpricedCount: Int { episodes.count { $0.cost == nil } }

    /// What it cost, for tables: a part that is not known is not zero.
    var costText: String {
        guard unpricedCount > 0 else { return NumberText.dollars(knownCost) }
        return knownCost > 0 ? "at least \(NumberText.dollars(knownCost))" : "unknown"
    }
}
