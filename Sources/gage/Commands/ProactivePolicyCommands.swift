public import ArgumentParser
import Engine
import Evaluation
public import Proactive

/// The commands of `gage proactive` that train, export and evaluate policies.
enum ProactivePolicyCommands {
    static let all: [any ParsableCommand.Type] = [
        ProactiveTrainCommand.self, ProactiveExportCommand.self, ProactiveEvaluateCommand.self,
        ProactiveParetoCommand.self, ProactiveDoctorCommand.self, ProactiveSetupCommand.self,
    ]

    /// Paths as the pipeline has them, from the current directory.
    static var paths: ProactivePaths { ProactivePaths(baseDirectory: "") }

    /// Runs something that the first SIGINT or SIGTERM cancels, its child processes included.
    ///
    /// Ends the command with exit code 130 then.
    static func interruptible<Result: Sendable>(
        saying note: String, _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let control = RunControl()
        Interrupts.forward(to: control, saying: note)
        do {
            return try await withThrowingTaskGroup(of: Result?.self) { group in
                group.addTask { try await body() }
                group.addTask {
                    await control.waitForRequest(after: 0)
                    return nil
                }
                defer { group.cancelAll() }
                guard let first = try await group.next(), let result = first else { throw CancellationError() }
                return result
            }
        } catch is CancellationError {
            throw ExitStatus.interrupted.exitCode
        }
    }
}

/// `--python`, and where else an interpreter is looked for.
struct ProactivePythonOptions: ParsableArguments {
    @Option(help: "The Python interpreter; else $PROACT_PYTHON, ./venv, ./.venv, python3.")
    var python: String?

    func interpreter(beside directories: [String] = []) throws -> PythonInterpreter {
        try Self.find(python, directories)
    }

    /// A way to the interpreter for when it is needed.
    func access(beside directories: [String], baseModel: String?) -> LoadedPolicy.Python {
        let named = python
        return LoadedPolicy.Python(
            find: { try Self.find(named, directories) }, variables: ProcessEnvironment.variables(),
            baseModel: baseModel)
    }

    private static func find(_ named: String?, _ directories: [String]) throws -> PythonInterpreter {
        try PythonInterpreter.find(
            named: named, variables: ProcessEnvironment.variables(),
            directories: directories + [ProcessEnvironment.currentDirectory()])
    }
}

/// How policies are trained and what is held out.
struct ProactiveTrainingOptions: ParsableArguments {
    @Option(help: "Passes over the pairs; 3 with TRL and 200 with the native engine unless given.")
    var epochs: Double?

    @Option(help: "The learning rate; 5e-5 with TRL (1e-3 for tiny-random) and 1 with the native engine unless given.")
    var lr: Double?

    @Option(help: "How strongly the policy is held to the reference.")
    var beta = 0.1

    @Option(help: "The seed of training.")
    var seed: UInt64 = 42

    @Option(name: .customLong("heldout_share"), help: "The share of the states that are not trained on.")
    var heldOutShare = 0.1

    @Option(name: .customLong("split_seed"), help: "The seed that chooses them.")
    var splitSeed: UInt64 = 42

    @Flag(name: .customLong("render_persona"), help: "Let the policy know the user's patience and expertise.")
    var rendersPersona = false

    func validate() throws {
        if let epochs, !(epochs > 0 && epochs <= 1e6) { throw ValidationError("--epochs has to be above 0") }
        if let lr, !(lr > 0 && lr.isFinite) { throw ValidationError("--lr has to be above 0") }
        guard beta > 0, beta.isFinite else { throw ValidationError("--beta has to be above 0") }
        guard (0..<1).contains(heldOutShare) else {
            throw ValidationError("--heldout_share is a share from 0 to below 1")
        }
    }

    var settings: TrainingSettings {
        var settings = TrainingSettings()
        settings.epochs = epochs
        settings.learningRate = lr
        settings.beta = beta
        settings.seed = seed
        settings.heldOutShare = heldOutShare
        settings.splitSeed = splitSeed
        settings.rendersPersona = rendersPersona
        return settings
    }
}

/// How language models are trained, beyond what holds for all policies.
struct ProactiveModelOptions: ParsableArguments {
    @Option(name: .customLong("max_steps"), help: "TRL: stop after so many optimizer steps.")
    var maximumSteps: Int?

    @Option(name: .customLong("batch_size"), help: "TRL: pairs in a batch.")
    var batchSize = 1

    @Option(name: .customLong("gradient_accumulation"), help: "TRL: batches in an optimizer step.")
    var accumulation = 16

    @Option(name: .customLong("max_length"), help: "TRL: tokens of a prompt and its answer.")
    var maximumLength = 2048

    @Option(name: .customLong("lora_r"), help: "TRL: the adapter's rank, 0 for none; 64 (tiny-random: 0) unless given.")
    var adapterRank: Int?

    @Flag(name: .customLong("load_in_4bit"), help: "TRL: load the model in four bits (bitsandbytes, a GPU).")
    var usesFourBits = false

    @Option(
        name: .customLong("action_scoring"),
        help: "TRL: take the whole word's probability (sequence) or its first token's (token).")
    var scoring: LanguageModelSettings.Scoring?

    func settings(model: String, training: TrainingSettings) -> LanguageModelSettings {
        var settings = LanguageModelSettings(model: model)
        settings.take(training)
        settings.maximumSteps = maximumSteps
        settings.batch = max(1, batchSize)
        settings.accumulation = max(1, accumulation)
        settings.maximumLength = max(1, maximumLength)
        if let adapterRank { settings.adapterRank = max(0, adapterRank) }
        settings.usesFourBits = usesFourBits
        if let scoring { settings.scoring = scoring }
        return settings
    }
}

extension LanguageModelSettings.Scoring: ExpressibleByArgument {}
extension LanguageModelTrainer.Engine: ExpressibleByArgument {}
extension ExportFormat: ExpressibleByArgument {}
extension ExportTarget: ExpressibleByArgument {}
