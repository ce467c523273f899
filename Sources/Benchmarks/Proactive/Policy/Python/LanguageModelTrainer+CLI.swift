import Evaluation
import JSON

extension LanguageModelTrainer {
    /// Trains by `trl dpo --config dpo.yaml`, then measures the choice of action before and after.
    func runCLI(_ place: Place) async throws -> JSONObject {
        guard let trl = python.program("trl", variables: variables) else {
            throw EvaluationError(
                .pythonPackageMissing, "there is no program 'trl' beside \(python.path)", cause: .configuration,
                advice: PythonPackages.remedy)
        }
        if place.model.isTinyRandom {
            let arguments = [
                PythonPrograms.actions, "init", "--data", PreferenceExport.trainingFile, "--output",
                PreferenceExport.initialModel, "--seed", String(place.model.seed),
            ]
            _ = try await run("making the random model", python.path, arguments, place)()
        }
        var training = run("training", trl, ["dpo", "--config", PreferenceExport.trlConfiguration], place)
        training.logPath = "\(place.directory)/\(PolicyFolder.logFile)"
        training.timeout = timeout
        let clock = ContinuousClock()
        let start = clock.now
        let curve = Self.curve(in: try await training().lines)
        let seconds = (clock.now - start).seconds
        guard let first = curve.first, let last = curve.last else {
            throw EvaluationError(
                .trainingFailed, "training ended well and logged no loss", cause: .agent,
                advice: "all output is in \(place.directory)/\(PolicyFolder.logFile)")
        }
        return [
            "base_model": .string(place.export.startModel), "steps": JSONValue(curve.count),
            "first_loss": JSONValue(first.loss), "last_loss": JSONValue(last.loss),
            "heldout_accuracy": try await accuracy(of: ".", place),
            "heldout_accuracy_untrained": try await accuracy(of: place.export.startModel, place),
            "action_scoring": .string(place.model.scoring.rawValue), "curve": .array(curve.map(\.json)),
            "seconds": JSONValue(seconds),
        ]
    }

    /// The held-out accuracy of a model; null where nothing is held out or answers are no actions.
    private func accuracy(of model: String, _ place: Place) async throws -> JSONValue {
        let path = "\(place.directory)/\(PreferenceExport.heldOutFile)"
        let rows = try JSONLines.values(in: try ProactiveFiles.bytes(path), of: path)
        guard target == .action, !rows.isEmpty else { return .null }
        let margins = try await run(
            "asking the model", python.path,
            LanguageModelPolicy.arguments(
                data: PreferenceExport.heldOutFile, model: model, settings: place.model), place)().margins
        let right = zip(rows, margins).count { row, margin in
            ActionPrediction(margin: margin).action.rawValue == row["chosen"]?.stringValue
        }
        return JSONValue(Double(right) / Double(rows.count))
    }

    /// The trainer's log lines are Python dictionaries: `{'loss': '0.6931', 'rewards/accuracies': '0.5', …}`.
    static func curve(in lines: [String]) -> [TrainingPoint] {
        var points: [TrainingPoint] = []
        for line in lines where line.contains("'loss'") {
            guard let loss = value(of: "loss", in: line) else { continue }
            points.append(
                TrainingPoint(
                    step: Double(points.count + 1), loss: loss, accuracy: value(of: "rewards/accuracies", in: line)))
        }
        return points
    }

    private static func value(of key: String, in line: String) -> Double? {
        guard let range = line.firstRange(of: "'\(key)':") else { return nil }
        let rest = line[range.upperBound...].drop { $0 == " " || $0 == "'" }
        return Double(rest.prefix { $0 != "'" && $0 != "," && $0 != "}" })
    }
}
