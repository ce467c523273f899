import Evaluation
import JSON

/// `pause_summary`: completion, targets, tool calls, shopping and conduct of each model, overall, by difficulty and branch.
struct PauseSummary: SummaryGenerator {
    static let key = "pause_summary"

    var fidelity: FidelityStatement? {
        FidelityStatement(
            benchmark: "PAUSE", comparedWith: nil,
            statement: """
                The rules of scoring are those of hyc481/PAUSE at e618240. Its 180 tasks and minute tables are not published: users, \
                tasks and prompts are gage's own, so scores cannot be set beside published ones. docs/pause.md lists the differences.
                """)
    }

    func makeAccumulator(seed: UInt64) -> any SummaryAccumulator { PauseSummaryAccumulator() }
}

private struct PauseSummaryAccumulator: SummaryAccumulator {
    private var table = PauseFiguresTable()

    mutating func add(_ record: EpisodeRecord) {
        guard let facts = record.sample["metadata"]?["pause"], let branch = facts["branch"]?.stringValue,
            let model = facts["assistant_model"]?.stringValue
        else { return }
        let end: PauseFigures.End =
            switch record.outcome {
            case .scored: .scored
            case .errored(let error): .errored(cause: error.cause.rawValue)
            case .unscorable: .unscorable
            }
        let trial = PauseFigures.Trial(
            task: facts["log"]?.stringValue ?? record.id.sample, found: record.judgeOutput["pause"] ?? .null, end: end)
        table.add(trial, model: model, difficulty: facts["difficulty"]?.stringValue ?? "", branch: branch)
    }

    func finish() throws -> JSONObject? { table.isEmpty ? nil : table.json }

    func result() async throws -> SummaryResult {
        let section = try finish()
        return SummaryResult(section: section, tables: section.map { PauseTables(section: $0).all } ?? [])
    }
}
