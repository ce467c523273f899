import ArgumentParser
import Clusters
import Engine
import Evaluation
import Experiments
import GageConfiguration
import Glibc
import JSON
import Models
import Reports
import Tau

/// `gage experiment launch`: plans an experiment and runs it, or goes on with one.
struct ExperimentLaunchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "launch",
        abstract: "Plan an experiment and run it; with --resume, do what is missing of one.",
        discussion: """
            Writes results/NAME_YYYYmmdd_HHMMSS with experiment_config.json, the generated gage.yaml, the run and, at \
            the end, aggregated_results.json. The models come from --agent-model and --user-model, or from the \
            backends 'agent_model' and 'user_model' of a template.
            Example: gage experiment launch --experiment-name first --tasks 20 --environment retail,airline \
            --variants control,placebo,anger --agent-model openai/gpt-4.1 --user-model openai/gpt-4.1 --workers 2
            """)

    /// What runs the workers.
    enum Engine: String, ExpressibleByArgument, CaseIterable {
        case local
        case slurm
    }

    @OptionGroup var study: StudyOptions
    @OptionGroup var models: StudyModelOptions

    @Option(help: "Do what is missing of the experiment in this directory, and attempt its errored episodes again.")
    var resume: String?

    @Option(help: "Where experiments are made.")
    var outputDir = "results"

    @Option(help: "Child processes, or jobs of a cluster, that share the work, each with its share of the tasks.")
    var workers = 1

    @Option(help: "What runs the workers: local child processes, or an array of jobs on a Slurm cluster.")
    var engine = Engine.local

    @Option(help: ArgumentHelp("With slurm: an option for sbatch; may be repeated.", valueName: "--name=value"))
    var sbatchOption: [String] = []

    @Option(help: "Stop when so many US dollars are spent, as far as prices are known.")
    var maxPrice: Double?

    @Flag(help: "Say what would be run, and what so many tasks can show; run nothing.")
    var dryRun = false

    @Flag(help: "Do not look first whether the agent's server has the model and its model calls tools.")
    var skipProbe = false

    @Flag(help: "Print one JSON object at the end (with --dry-run: the design).")
    var json = false

    func validate() throws {
        if resume == nil, study.experimentName == nil {
            throw ValidationError("name the experiment: --experiment-name NAME, or --resume DIR")
        }
        if resume != nil, study.experimentName != nil {
            throw ValidationError("--resume goes on with an experiment as it was planned: leave --experiment-name out")
        }
        if !(1...256).contains(workers) { throw ValidationError("--workers wants a number from 1 to 256") }
        if let maxPrice, maxPrice <= 0 { throw ValidationError("--max-price wants an amount above 0") }
        if engine == .slurm, maxPrice != nil {
            throw ValidationError("--max-price watches local workers; a cluster's jobs do not report to this command")
        }
    }

    func run() async throws {
        if let resume { return try await goOn(with: try StudyDirectory.open(resume)) }
        let components = Components()
        let timestamp = StudyDirectory.timestamp(secondsSince1970: SystemClock().wallSeconds)
        let root = Self.absolute(outputDir)
        let name = study.experimentName ?? ""
        var request = try study.request(models: models)
        request.configuration.variantsPath = "\(root)/\(name)_\(timestamp)/\(Self.variantsFile)"
        let loader = ConfigurationLoader(
            registry: components.registry, environment: ProcessEnvironment.variables(),
            baseDirectory: ProcessEnvironment.currentDirectory())
        let planner = StudyPlanner(configuration: request.configuration, tasks: request.tasks, loader: loader)
        var prepared = try await planner.prepare(variants: request.variants, timestamp: timestamp)
        prepared.design.workers = workers
        prepared.design.maxPrice = maxPrice
        prepared.design.analysis = request.analysis
        prepared.design.options = models.record
        if !prepared.design.hasControl {
            Output.note(
                "note: '\(prepared.design.analysis.control)' is not among the variants, so nothing can be compared with it"
            )
        }
        if dryRun { return show(prepared) }
        if !skipProbe { try await probe(prepared.plan, components) }
        let directory = try StudyDirectory.create(in: outputDir, name: name, timestamp: timestamp)
        try directory.write(request.variantsText, to: Self.variantsFile)
        try directory.write(prepared.yaml, to: StudyDirectory.Name.configuration)
        try directory.write(prepared.design.json, to: StudyDirectory.Name.design)
        Output.note("experiment: \(directory.path)")
        if engine == .slurm { return try await submit(directory, prepared.design) }
        try await work(in: directory, prepared.design, spent: 0, retrying: false)
    }

    private static let variantsFile = "user_variants.yaml"

    private static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : "\(ProcessEnvironment.currentDirectory())/\(path)"
    }

    // MARK: Going on

    private func goOn(with directory: StudyDirectory) async throws {
        var design = try directory.design()
        var options = ConfigurationOptions()
        options.config = directory.place(StudyDirectory.Name.configuration)
        options.overrides = []
        let plan = try options.load(Components(), quiet: true).plan
        guard plan.digest == design.configurationDigest else {
            throw EvaluationError(
                .configurationInvalid, "\(options.config) is not what the experiment was launched with",
                cause: .configuration, advice: "put it back, or launch another experiment")
        }
        if let maxPrice { design.maxPrice = maxPrice }
        let monitor = try StudyMonitor(
            directory, design: design, environments: ExperimentCommand.environments, now: SystemClock().wallSeconds)
        let spent = monitor.cost ?? 0
        if let price = design.maxPrice, spent >= price {
            throw EvaluationError(
                .budgetExhausted,
                "the experiment has spent \(NumberText.dollars(spent)) of \(NumberText.dollars(price))",
                cause: .configuration, advice: "allow more with --max-price")
        }
        try await work(in: directory, design, spent: spent, retrying: true)
    }

    // MARK: Running

    private func work(
        in directory: StudyDirectory, _ design: StudyDesign, spent: Double, retrying: Bool
    ) async throws {
        let control = RunControl()
        Interrupts.forward(to: control)
        var options = StudyLauncher.Options(executable: ProcessEnvironment.executablePath())
        options.spent = spent
        if retrying { options.arguments = ["--retry-errored"] }
        let printer = LaunchPrinter()
        let launcher = StudyLauncher(
            directory: directory, design: design, options: options, control: control
        ) { printer.show($0) }
        let ending = await launcher.run()
        printer.finish()
        let results = try OpenedExperiment(directory).results()
        report(results, in: directory)
        if design.maxPrice != nil, !results.cells.isEmpty, results.cells.allSatisfy({ $0.cost == nil }) {
            Output.note("note: no model has a known price, so that --max-price had nothing to go by")
        }
        switch ending {
        case .finished: break
        case .interrupted, .maxPriceReached:
            Output.note("stopped; go on with: gage experiment launch --resume \(directory.path)")
            throw ExitStatus.interrupted.exitCode
        case .failed(let text):
            Output.note("gage: \(text)")
            Output.note("go on with: gage experiment launch --resume \(directory.path)")
            throw ExitStatus.failure.exitCode
        }
        if !results.isComplete { throw ExitStatus.erroredEpisodes.exitCode }
    }

    private func report(_ results: AggregatedResults, in directory: StudyDirectory) {
        let scored = results.cells.count { $0.reward != nil }
        if json {
            let summary: JSONValue = [
                "directory": .string(directory.path), "complete": .bool(results.isComplete),
                "scored": JSONValue(scored), "planned": JSONValue(results.design.cellCount),
            ]
            Output.result(summary.text())
        } else {
            Output.result("\(directory.path): \(scored) of \(results.design.cellCount) episodes scored")
            Output.result("next: gage experiment analyze \(directory.path)")
        }
    }

    /// Submits the workers as an array of jobs, and a merge after them; the other commands read their shards.
    private func submit(_ directory: StudyDirectory, _ design: StudyDesign) async throws {
        let place = try SubmissionPlace(outputDirectory: directory.path, runID: StudyDirectory.Name.run)
        let gage = ProcessEnvironment.executablePath()
        let submission = Submission(
            runID: place.runID, shardCount: design.workers,
            shardCommand: [
                gage, "run", "--config", place.absolute(directory.place(StudyDirectory.Name.configuration)), "--run-id",
                place.runID, "--output-dir", place.outputDirectory, "--quiet",
            ],
            mergeCommand: [gage, "merge", "--run-id", place.runID, "--output-dir", place.outputDirectory],
            directory: place.currentDirectory, options: sbatchOption)
        try await SlurmSubmitter(place: place).submit(Array(1...design.workers), of: submission)
        Output.note("look at it with: gage experiment monitor \(directory.path)")
        Output.note("lost jobs: gage submit requeue --run-id \(place.runID) --output-dir \(directory.path)")
    }

    // MARK: Before running

    private func probe(_ plan: Plan, _ components: Components) async throws {
        let id = plan.agentBackends.first { $0.id == "agent" }?.backendID ?? "agent_model"
        // A server that the run starts is looked at when it has started.
        guard let backend = plan.backends.first(where: { $0.id == id }),
            !["scripted", "dummy", "replay", "vllm_server"].contains(backend.typeKey)
        else { return }
        let provider = RunModels(
            backends: plan.backends.map { ($0.id, $0.factory) },
            resolver: ModelNameResolver(client: components.client), baseDirectory: plan.baseDirectory,
            environment: plan.environment)
        try await ToolCallProbe(try provider.model(backend: id)).check()
    }

    private func show(_ prepared: StudyPlanner.Prepared) {
        let design = prepared.design
        let comparisons = design.hasControl ? design.variants.count - 1 : 0
        let estimates = design.environments.map { environment in
            (
                environment,
                SampleSizeEstimate(tasks: environment.tasks.count, comparisons: comparisons, settings: design.analysis)
            )
        }
        if json {
            var object = design.json.objectValue ?? [:]
            object["sample_size"] = .array(estimates.map(\.1.json))
            return Output.result(JSONValue.object(object).text())
        }
        let names = design.variants.map(\.name).joined(separator: ", ")
        Output.result("variants: \(names)")
        for (environment, estimate) in estimates {
            Output.result("\(environment.name): \(estimate.text)")
        }
        Output.result(
            "\(design.cellCount) episodes: \(design.environments.reduce(0) { $0 + $1.tasks.count }) tasks × "
                + "\(design.variants.count) variants × \(design.trials) trials, \(design.workers) workers")
    }
}
