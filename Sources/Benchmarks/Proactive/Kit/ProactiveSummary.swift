import Evaluation
import JSON

/// `proactive_summary`: rewards taken apart, preference pairs, and what a policy learns from them.
///
/// All of it is derived from the journal without any model: `gage score` with other weights makes it anew.
struct ProactiveSummary: SummaryGenerator {
    static let key = "proactive_summary"

    let parameters: SummaryParameters

    var fidelity: FidelityStatement? {
        FidelityStatement(
            benchmark: "ProactiveLLM", comparedWith: nil,
            statement: """
                Uncertainty, rewards and pairs follow the formulas of ShanghaoLi0913/ProactiveLLM at 04d8f1a, of which no recorded \
                results exist. Personas, prompts and tasks are gage's own, so scores cannot be set beside published ones.
                """)
    }

    func makeAccumulator(seed: UInt64) -> any SummaryAccumulator {
        ProactiveSummaryAccumulator(parameters: parameters, seed: seed)
    }
}

private struct ProactiveSummaryAccumulator: SummaryAccumulator {
    let parameters: SummaryParameters
    let seed: UInt64
    private var episodes = 0
    private var scored = 0
    private var errored = 0
    private var trajectories: [ScoredTrajectory] = []
    private var settings: [RewardSettings: Int] = [:]
    private var problem: (any Error)?

    init(parameters: SummaryParameters, seed: UInt64) {
        self.parameters = parameters
        self.seed = seed
    }

    mutating func add(_ record: EpisodeRecord) {
        guard record.sample["metadata"]?["proactive"] != nil else { return }
        episodes += 1
        switch record.outcome {
        case .scored: scored += 1
        case .errored: errored += 1
        case .unscorable: break
        }
        guard case .scored = record.outcome else { return }
        do { try addScored(record) } catch { problem = problem ?? error }
    }

    private mutating func addScored(_ record: EpisodeRecord) throws {
        let output = record.judgeOutput
        guard let scores = output[TaskRewardJudge.key]?["scores"]?.arrayValue else { return }
        let (state, _) = try ProactiveSample.read(record.sample["metadata"], gold: record.sample["gold"])
        let lines = try ProactiveLines.read(record.prediction, state: state)
        for (line, score) in zip(lines, scores) {
            trajectories.append(ScoredTrajectory(line, task: try TaskScore(json: score)))
        }
        if let recorded = output[InterruptCostJudge.key]?["settings"] {
            settings[try RewardParameters.recorded(recorded).settings, default: 0] += 1
        }
    }

    func finish() throws -> JSONObject? { try makeBasis().map { section(of: $0) } }

    func result() async throws -> SummaryResult {
        guard let basis = try makeBasis() else { return SummaryResult(section: nil) }
        var section = section(of: basis)
        var files = [
            "\(PolicyStage.folder)/trajectories.jsonl": JSONLinesFile.bytes(trajectories.map(\.trajectory.json)),
            "\(PolicyStage.folder)/prefs.jsonl": JSONLinesFile.bytes(basis.pairs.pairs.map(\.json)),
        ]
        if parameters.trains {
            let stage = try await PolicyStage(parameters: parameters, settings: basis.settings)
                .run(trajectories, pairs: basis.pairs.pairs)
            section["policy"] = .object(stage.section)
            files.merge(stage.files) { first, _ in first }
        }
        let tables = ProactiveTables(section: .object(section)).all
        return SummaryResult(section: section, files: files, tables: tables)
    }

    private struct Basis {
        let settings: RewardSettings
        let pairs: PreferenceSet
    }

    private func makeBasis() throws -> Basis? {
        if let problem { throw problem }
        guard episodes > 0 else { return nil }
        guard settings.count <= 1 else {
            throw EvaluationError(
                .configurationInvalid, "the run's tasks have different reward weights", cause: .configuration,
                advice: "give all judges 'proactive_interrupt_cost' of a run the same parameters")
        }
        let settings = settings.keys.first ?? RewardSettings()
        return Basis(settings: settings, pairs: PreferenceSet(trajectories, settings: settings))
    }

    private func section(of basis: Basis) -> JSONObject {
        let parts = RewardDecomposition(trajectories, settings: basis.settings)
        return [
            "coverage": [
                "planned": JSONValue(episodes), "scored": JSONValue(scored), "errored": JSONValue(errored),
            ],
            "states": JSONValue(Set(trajectories.map(\.trajectory.state.id)).count),
            "trajectories": JSONValue(trajectories.count), "pairs": .object(basis.pairs.statistics),
            "by_action": .object(parts.byAction), "by_persona": .object(parts.byPersona),
            "by_task_uncertainty": parts.byUncertainty(basis.pairs.pairs),
            "test_sandboxes": .object(parts.sandboxes),
        ]
    }
}
