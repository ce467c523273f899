import ArgumentParser
import Evaluation
import JSON
import Proactive
import Reports

/// `gage proactive train-dpo`: trains a policy on preference pairs.
struct ProactiveTrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train-dpo",
        abstract: "Train a policy on preference pairs: natively, or a language model with TRL.",
        discussion: """
            Without --model, or with --model native, gage trains a log-linear policy itself, in milliseconds. Any other \
            model is trained in Python with TRL (see `gage proactive doctor`): a folder, a name on the hub, or \
            tiny-random, a small model of random weights for tests.
            Example: gage proactive train-dpo --data dpo/prefs_synth_coding.jsonl --output outputs/policy_model
            Exit codes: 1 training failed or took too long; 2 the data, the interpreter or a package is missing; 130 \
            interrupted.
            """)

    @Option(help: "The preference pairs, a file of `gage proactive compute-rewards`.")
    var data: String

    @Option(help: "native, a model's folder or name, or tiny-random.")
    var model = "native"

    @Option(help: "Where the trained policy goes.")
    var output = "outputs/policy_model"

    @Option(help: "native, trl, trl-cli, or export to write the trainer's files without starting it.")
    var engine: Engine?

    @Option(help: "What a language model learns to prefer: the action's word, or the assistant's text.")
    var target = ExportTarget.action

    @Option(help: "native: the policy.json that training starts from and is held to.")
    var reference: String?

    @Option(help: "TRL: seconds that training may take.")
    var timeout: Double?

    @Flag(help: "Print the metrics as one JSON object.")
    var json = false

    @OptionGroup var training: ProactiveTrainingOptions
    @OptionGroup var languageModel: ProactiveModelOptions
    @OptionGroup var python: ProactivePythonOptions

    /// What trains.
    enum Engine: String, ExpressibleByArgument, CaseIterable {
        case native
        case trl
        case trlCLI = "trl-cli"
        case export
    }

    private var chosenEngine: Engine { engine ?? (model == "native" ? .native : .trl) }

    func validate() throws {
        if chosenEngine == .native, target == .text {
            throw ValidationError("the native engine decides between actions: --target text needs a language model")
        }
        if chosenEngine != .native, model == "native" {
            throw ValidationError("--engine \(chosenEngine.rawValue) needs a --model: a folder, a name or tiny-random")
        }
        if reference != nil, chosenEngine != .native { throw ValidationError("--reference is for the native engine") }
        if let timeout, !(timeout > 0) { throw ValidationError("--timeout has to be above 0") }
    }

    func run() async throws {
        let path = try ProactivePolicyCommands.paths.input(
            data, advice: "make it with `gage proactive compute-rewards`")
        let file = try await PreferenceFile(path, named: data)
        guard !file.pairs.isEmpty else {
            throw EvaluationError(
                .dataMissing, "'\(data)' has no preference pairs", cause: .configuration,
                advice: "rewards may all be equal: look at the counts that `gage proactive compute-rewards` prints")
        }
        let source = PolicyTrainer.Source(file: data, digest: file.digest)
        switch chosenEngine {
        case .native: try trainNatively(file.pairs, source)
        case .trl: try await train(file.pairs, source, .trl)
        case .trlCLI: try await train(file.pairs, source, .trlCLI)
        case .export: try export(file.pairs)
        }
    }

    private func trainNatively(_ pairs: [PreferencePair], _ source: PolicyTrainer.Source) throws {
        let held = try reference.map { path in try LogLinearPolicy.load(path) }
        let trained = PolicyTrainer(settings: training.settings, reference: held).train(on: pairs, source: source)
        try trained.write(to: output)
        if json { return Output.result(JSONValue.object(trained.metricsJSON).text()) }
        let milliseconds = NumberText.duration(trained.metricsJSON["seconds"]?.doubleValue ?? 0)
        Output.result(
            "trained on \(trained.split.training.count) pairs in \(milliseconds), "
                + "\(trained.split.heldOut.count) held out; loss "
                + "\(NumberText.fixed(trained.curve.first?.loss ?? 0)) → \(NumberText.fixed(trained.curve.last?.loss ?? 0))"
        )
        var table = TextTable([
            .init("accuracy"), .init("right", .right), .init("of", .right), .init("share", .right),
            .init("95 %", .right), .init("majority", .right), .init("by facts", .right), .init("ceiling", .right),
        ])
        let rows = [
            ("held out", trained.heldOut), ("held out, untrained", trained.untrained),
            ("all, cross-fitted", trained.crossFit), ("trained on", trained.training),
        ]
        for (name, accuracy) in rows { if let accuracy { table.add(Self.cells(name, accuracy)) } }
        for line in table.lines(on: Terminal()) { Output.result(line) }
        Output.note("written: \(output)/\(PolicyFolder.nativeFile)")
    }

    private static func cells(_ name: String, _ accuracy: ActionAccuracy) -> [String] {
        [
            name, String(accuracy.right), String(accuracy.count), NumberText.percent(accuracy.value),
            accuracy.intervalText, NumberText.percent(accuracy.majority), NumberText.percent(accuracy.factCeiling),
            NumberText.percent(accuracy.ceiling),
        ]
    }

    private func train(
        _ pairs: [PreferencePair], _ source: PolicyTrainer.Source, _ engine: LanguageModelTrainer.Engine
    ) async throws {
        let settings = training.settings
        var trainer = LanguageModelTrainer(
            engine: engine, model: languageModel.settings(model: model, training: settings), training: settings,
            python: try python.interpreter(beside: [output]), variables: ProcessEnvironment.variables())
        trainer.target = target
        trainer.timeout = timeout.map { .bounded(seconds: $0) }
        if !json { trainer.onLine = { Output.note($0) } }
        let metrics = try await ProactivePolicyCommands.interruptible(saying: "stopping the training") {
            [trainer, output] in try await trainer.train(on: pairs, source: source, to: output)
        }
        if json { return Output.result(JSONValue.object(metrics).text()) }
        func shown(_ key: String) -> String { metrics[key]?.doubleValue.map { NumberText.fixed($0) } ?? "–" }
        Output.result(
            "loss \(shown("first_loss")) → \(shown("last_loss")); held-out accuracy "
                + "\(shown("heldout_accuracy_untrained")) → \(shown("heldout_accuracy")); "
                + "\(shown("seconds")) s in Python")
        Output.note("written: \(output)")
    }

    private func export(_ pairs: [PreferencePair]) throws {
        let settings = training.settings
        let export = PreferenceExport(
            format: .trl, target: target, model: languageModel.settings(model: model, training: settings),
            training: settings)
        for name in try export.write(pairs, to: output) { Output.result("\(output)/\(name)") }
    }
}
