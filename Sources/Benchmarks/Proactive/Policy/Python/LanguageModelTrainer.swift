import Evaluation
public import JSON

/// Trains a language model's choice of action with TRL, by our own program or by TRL's.
public struct LanguageModelTrainer: Sendable {
    /// Which program trains.
    public enum Engine: String, Sendable, Hashable, CaseIterable {
        /// `train_dpo.py`, which comes with gage.
        case trl
        /// `trl dpo --config dpo.yaml`.
        case trlCLI = "trl-cli"
    }

    /// Which program trains.
    public var engine: Engine
    /// The model and how it is trained.
    public var model: LanguageModelSettings
    /// What is held out, and whether the prompt names the persona.
    public var training: TrainingSettings
    /// What the model learns to prefer.
    public var target = ExportTarget.action
    /// The Python that it runs in.
    public var python: PythonInterpreter
    /// The environment variables of this process.
    public var variables: [String: String]
    /// How long training may take; nil for as long as it likes.
    public var timeout: Duration?
    /// Told of every line of output.
    public var onLine: (@Sendable (String) -> Void)?

    /// Plans a training.
    public init(
        engine: Engine, model: LanguageModelSettings, training: TrainingSettings, python: PythonInterpreter,
        variables: [String: String]
    ) {
        self.engine = engine
        self.model = model
        self.training = training
        self.python = python
        self.variables = variables
    }

    /// Trains, and leaves model, data, programs, `train.log`, `training.json`, the curve and the provenance in
    /// `directory`; returns the metrics.
    ///
    /// Throws ``EvaluationError`` with the last lines of the log where the environment is incomplete or training fails,
    /// and `CancellationError`.
    public func train(
        on pairs: [PreferencePair], source: PolicyTrainer.Source, to directory: String
    ) async throws -> JSONObject {
        let packages = try await PythonPackages.examine(python, variables: variables, importing: false)
        try packages.require(model.adapterRank > 0 ? ["peft"] : [])
        var model = model
        model.model = Self.absolute(model.model)
        var export = PreferenceExport(format: .trl, target: target, model: model, training: training)
        export.modelDirectory = "."
        try export.write(pairs, to: directory)
        let place = Place(directory: directory, model: model, export: export)
        var metrics = engine == .trl ? try await runOwn(place) : try await runCLI(place)
        metrics["engine"] = .string(engine.rawValue)
        let split = HeldOutSplit(pairs, share: training.heldOutShare, seed: training.splitSeed)
        metrics["train_rows"] = JSONValue(split.training.count)
        metrics["heldout_rows"] = JSONValue(split.heldOut.count)
        let provenance = PolicyProvenance(file: source.file, digest: source.digest, split: split)
        try write(metrics, provenance, place)
        return metrics
    }

    /// What stays the same within a training.
    struct Place {
        let directory: String
        let model: LanguageModelSettings
        let export: PreferenceExport
    }

    private func runOwn(_ place: Place) async throws -> JSONObject {
        // The program makes the random model itself.
        let start = place.model.isTinyRandom ? LanguageModelSettings.tinyRandom : place.model.model
        let arguments = [PythonPrograms.training] + place.export.trainingArguments(model: start, output: ".")
        var run = run("training", python.path, arguments, place)
        run.logPath = "\(place.directory)/\(PolicyFolder.logFile)"
        run.timeout = timeout
        guard let metrics = try await run().metrics, metrics["last_loss"] != nil else {
            throw EvaluationError(
                .trainingFailed, "training ended well and left no metrics in its last line", cause: .agent,
                advice: "all output is in \(place.directory)/\(PolicyFolder.logFile)")
        }
        return metrics
    }

    func run(_ purpose: String, _ program: String, _ arguments: [String], _ place: Place) -> PythonRun {
        let isLocal = place.model.isTinyRandom || ProactiveFiles.exists(place.model.model)
        var run = PythonRun(
            purpose, program, arguments, variables: PythonVariables.training(variables, isOffline: isLocal))
        run.workingDirectory = place.directory
        run.onLine = onLine
        return run
    }

    private func write(_ metrics: JSONObject, _ provenance: PolicyProvenance, _ place: Place) throws {
        let directory = place.directory
        try ProactiveFiles.write(.object(metrics), to: "\(directory)/\(PolicyFolder.metricsFile)")
        let curve = (metrics["curve"]?.arrayValue ?? []).compactMap { entry -> TrainingPoint? in
            guard let step = entry["step"]?.doubleValue, let loss = entry["loss"]?.doubleValue else { return nil }
            return TrainingPoint(step: step, loss: loss, accuracy: entry["accuracy"]?.doubleValue)
        }
        try ProactiveFiles.write(
            TrainingCurvePlot(curve, unit: "optimizer step").svg, to: "\(directory)/\(PolicyFolder.curveFile)")
        let policy: JSONValue = [
            "format": .string(LanguageModelPolicy.format), "engine": .string(engine.rawValue),
            "base_model": .string(place.export.startModel), "target": .string(target.rawValue),
            "action_scoring": .string(place.model.scoring.rawValue),
            "render_persona": .bool(training.rendersPersona), "trained_on": .object(provenance.json),
        ]
        try ProactiveFiles.write(policy, to: "\(directory)/\(PolicyFolder.modelFile)")
    }

    /// Programs run in the output directory: a model's folder has to be found from there.
    private static func absolute(_ model: String) -> String {
        guard !model.hasPrefix("/"), ProactiveFiles.exists("\(model)/config.json") else { return model }
        return ProactiveFiles.absolute(model)
    }
}
