import Evaluation
import JSON

/// What follows the pairs: a native policy is trained and tested, with baselines, a sweep over alpha and the Pareto front.
///
/// Works on the trajectories alone: no model is asked, nothing is run.
struct PolicyStage {
    /// Where its files go, in the run directory.
    static let folder = "proactive_artifacts"

    let parameters: SummaryParameters
    let settings: RewardSettings

    /// What came of it.
    struct Result {
        var section: JSONObject
        var files: [String: [UInt8]] = [:]
    }

    /// Trains and tests; without pairs the section says so.
    ///
    /// Throws what training and evaluation throw.
    func run(_ trajectories: [ScoredTrajectory], pairs: [PreferencePair]) async throws -> Result {
        let cases = DecisionCase.cases(of: trajectories, settings: settings)
        guard !pairs.isEmpty, !cases.isEmpty else {
            return Result(section: ["trained": false, "reason": "there are no preference pairs"])
        }
        let trained = PolicyTrainer(settings: parameters.training).train(on: pairs)
        let heldOut = Set(trained.split.heldOut.map(\.state.id))
        let tested = cases.filter { heldOut.contains($0.state.id) }
        let report = try await PolicyEvaluation().evaluate(
            trained.policy, on: tested.isEmpty ? cases : tested,
            trainedOn: Set(trained.split.training.map(\.state.id)))
        let front = try await front(cases, trajectories, heldOut: report)
        var metrics = trained.metricsJSON
        // How long it took is no part of what the same episodes always give.
        metrics["seconds"] = nil
        var result = Result(section: ["trained": true, "training": .object(metrics)])
        result.section["training"]?["curve"] = nil
        result.section["evaluation"] = Self.evaluation(report)
        result.section["pareto"] = ["front": front.json["front"] ?? [], "points": JSONValue(front.points.count)]
        let texts = [
            "policy/policy.json": trained.policyJSON.text(.pretty) + "\n",
            "policy/training.json": JSONValue.object(metrics).text(.pretty) + "\n",
            "policy/training_curve.svg": TrainingCurvePlot(trained.curve, unit: "epoch").svg,
            "evaluation.json": report.json.text(.pretty) + "\n", "pareto.json": front.json.text(.pretty) + "\n",
            "pareto.csv": front.csv, "pareto.svg": front.svg,
        ]
        for (name, text) in texts { result.files["\(Self.folder)/\(name)"] = Array(text.utf8) }
        return result
    }

    /// The report without the decisions one by one, which stand in its file.
    private static func evaluation(_ report: EvaluationReport) -> JSONValue {
        var object = report.json.objectValue ?? [:]
        object["detailed_results"] = nil
        return .object(object)
    }

    /// Baselines and the policies of the sweep over all states, none of which a policy saw in training; without a sweep,
    /// the held-out report's policy and baselines.
    private func front(
        _ cases: [DecisionCase], _ trajectories: [ScoredTrajectory], heldOut: EvaluationReport
    ) async throws -> ParetoFront {
        guard parameters.sweepsAlpha else {
            let measure = SuccessMeasure.fitting([heldOut.policy] + heldOut.baselines)
            return ParetoFront(
                [ParetoPoint(heldOut.policy, kind: .policy, measure: measure)].compactMap { $0 }
                    + heldOut.baselines.compactMap { ParetoPoint($0, kind: .baseline, measure: measure) },
                measure: measure)
        }
        let fixed = try await PolicyEvaluation().evaluate(
            ConstantPolicy(.execute),
            against: [ConstantPolicy(.clarify), MainlineRulePolicy(), OraclePolicy()], on: cases)
        let sweep = try await AlphaSweep(
            alphas: parameters.alphas, training: parameters.training, reference: settings
        ).run(on: trajectories)
        let baselines = [fixed.policy] + fixed.baselines
        let measure = SuccessMeasure.fitting(baselines + sweep.map(\.scores))
        var points = baselines.compactMap { ParetoPoint($0, kind: .baseline, measure: measure) }
        for entry in sweep {
            guard var point = ParetoPoint(entry.scores, kind: .sweep, measure: measure) else { continue }
            point.alpha = entry.alpha
            points.append(point)
        }
        return ParetoFront(points, measure: measure)
    }
}
