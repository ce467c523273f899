import JSON
import Statistics

/// What a study found in one environment.
struct EnvironmentAnalysis: Sendable {
    let environment: String
    let table: OutcomeTable
    let summaries: [VariantSummary]
    let completeTasks: Int
    let omnibus: TestResult?
    let omnibusName: String
    var pairs: [PairedAnalysis]
    /// Tasks whose user had another prompt, the variant's text aside, under one variant than under another.
    let unevenPrompts: [String]

    init(_ results: AggregatedResults, _ environment: StudyDesign.Environment, _ settings: AnalysisSettings) {
        let table = OutcomeTable(results, environment: environment)
        let cells = results.cells.filter { $0.place.environment == environment.name }
        self.environment = environment.name
        self.table = table
        summaries = table.variants.map { variant in
            VariantSummary(variant, table, cells.filter { $0.place.variant == variant }, settings)
        }
        let tasks = table.completeTasks(table.variants)
        completeTasks = tasks.count
        let rows = tasks.map { task in table.variants.compactMap { table.entry(task, $0) } }
        if table.trials == 1 {
            omnibus = rows.isEmpty ? nil : OmnibusTest.cochransQ(rows.map { $0.map { $0.successes[0] } })
            omnibusName = "Cochran's Q"
        } else {
            omnibus = rows.isEmpty ? nil : OmnibusTest.friedman(rows.map { $0.map(\.rate) })
            omnibusName = "Friedman"
        }
        pairs = Self.compare(table, settings)
        unevenPrompts = Self.unevenPrompts(cells)
    }

    private static func compare(_ table: OutcomeTable, _ settings: AnalysisSettings) -> [PairedAnalysis] {
        guard table.variants.contains(settings.control) else { return [] }
        let treated = table.variants.filter { $0 != settings.control }
        var planned = treated.map { PairedAnalysis($0, settings.control, table, settings, isPlanned: true) }
        let adjusted = MultipleComparisons.holm.adjusted(planned.map(\.pValue))
        for place in planned.indices { planned[place].adjusted = adjusted[place] }
        guard settings.comparesAllPairs else { return planned }
        for (place, first) in treated.enumerated() {
            for second in treated.dropFirst(place + 1) {
                planned.append(PairedAnalysis(first, second, table, settings, isPlanned: false))
            }
        }
        return planned
    }

    private static func unevenPrompts(_ cells: [StudyCell]) -> [String] {
        var prompts: [String: Set<String>] = [:]
        for cell in cells { if let base = cell.basePrompt { prompts[cell.place.task, default: []].insert(base) } }
        return prompts.filter { $0.value.count > 1 }.keys.sorted()
    }

    /// Whether the variants differ on any task at all.
    var hasVariation: Bool { omnibus.map { $0.statistic.isFinite } ?? false }

    func json(_ settings: AnalysisSettings) -> JSONValue {
        var stats: JSONObject = [:]
        for summary in summaries { stats[summary.variant] = summary.json }
        let omnibusJSON: JSONValue = [
            "test": .string(omnibusName), "tasks": JSONValue(completeTasks), "variants": JSONValue(summaries.count),
            "statistic": JSONValue(finite: omnibus?.statistic), "df": JSONValue(finite: omnibus?.degreesOfFreedom),
            "p_value": JSONValue(finite: hasVariation ? omnibus?.pValue : nil),
            "note": hasVariation ? .null : .string(omnibus == nil ? "no complete task" : "no variation"),
        ]
        let ranked = summaries.filter { $0.rate != nil }.sorted { ($0.rate ?? 0) > ($1.rate ?? 0) }
        return [
            "environment": .string(environment), "tasks": JSONValue(table.tasks.count),
            "complete_tasks": JSONValue(completeTasks), "trials": JSONValue(table.trials),
            "omnibus": omnibusJSON, "variant_stats": .object(stats),
            "variant_rankings": .array(ranked.map { .string($0.variant) }),
            "pairwise_comparisons": .array(pairs.map { $0.json(settings) }),
            "significant_differences": .array(
                pairs.filter { $0.isSignificant(settings) }.map { .string($0.variant) }),
            "uneven_prompts": .array(unevenPrompts.map(JSONValue.string)),
        ]
    }
}
