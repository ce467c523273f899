import Evaluation
import GageConfiguration
import JSON
import Storage
import Tau

/// What a run of τ-bench is made of.
struct TauBenchJob {
    let loaded: LoadedConfiguration
    let facts: TauBenchFacts
    /// Whether the run has begun before.
    var resumes = false
    /// Whether tasks were added to a run that has begun.
    var isExtended = false
    /// The tasks to attempt; nil for all.
    var only: [Int]?
}

/// Makes plans of τ-bench: from the built-in configuration or a file, or from a run that is to be gone on with.
struct TauBenchPlanner {
    let components: Components
    /// The configuration to begin runs with; nil for the built-in one.
    var configurationPath: String?
    /// Where run directories are.
    var outputDirectory = "runs"

    /// Plans a new run.
    ///
    /// Throws ``TauBenchConfigurationError`` with everything that is wrong.
    func begin(_ wish: TauBenchWish) throws -> TauBenchJob {
        let loaded: LoadedConfiguration
        if let path = configurationPath {
            loaded = try load(wish) { loader, overrides in loader.load(path: path, overrides: overrides) }
        } else {
            loaded = try load(wish) { loader, overrides in
                loader.load(
                    text: MTBenchmarkConfiguration.text, file: MTBenchmarkConfiguration.name, overrides: overrides)
            }
        }
        return TauBenchJob(loaded: loaded, facts: try facts(of: loaded))
    }

    /// Plans to go on with a run: with the tasks asked for, or with everything that it lacks.
    ///
    /// Tasks that the run did not have are added to it. Throws ``EvaluationError``, cause `configuration`, when there is no
    /// such run, or when it is of something else than what is asked for.
    func resume(_ runID: String, _ wish: TauBenchWish) throws -> TauBenchJob {
        let path = try RunDirectory.location(in: outputDirectory, runID: runID)
        let begun = try load(TauBenchWish()) { loader, _ in loader.load(path: "\(path)/config.yaml") }
        let facts = try facts(of: begun)
        try check(wish, against: facts, runID)
        var job = TauBenchJob(loaded: begun, facts: facts, resumes: true)
        guard !wish.tasks.isEmpty else { return job }
        job.only = wish.tasks
        let added = wish.tasks.filter { !facts.tasks.contains($0) }
        guard !facts.tasks.isEmpty, !added.isEmpty else { return job }
        // What was begun must be the plan of the journal; only then is the added tasks' the one thing that changes.
        let run = try Journal.open(try RunDirectory.open(path).journalPath).run()
        guard run.planDigest == begun.plan.digest else { return job }
        let all = TauBenchWish(tasks: facts.tasks + added)
        let extended = try load(all) { loader, overrides in
            loader.load(path: "\(path)/config.yaml", overrides: overrides)
        }
        job = TauBenchJob(
            loaded: extended, facts: try self.facts(of: extended), resumes: true, isExtended: true, only: wish.tasks)
        return job
    }

    private func check(_ wish: TauBenchWish, against facts: TauBenchFacts, _ runID: String) throws(EvaluationError) {
        let pairs: [(name: String, wanted: String?, has: String?)] = [
            ("model", wish.model, facts.model), ("environment", wish.subset, facts.subset),
            ("user model", wish.userModel, facts.userModel),
            ("number of trials", wish.trials.map { String($0) }, String(facts.trials)),
        ]
        for pair in pairs {
            guard let wanted = pair.wanted, wanted != pair.has else { continue }
            throw EvaluationError(
                .configurationInvalid,
                "the run '\(runID)' has the \(pair.name) '\(pair.has ?? "none")', and '\(wanted)' is asked for",
                cause: .configuration, advice: "leave it out to go on with the run, or give a new --run-id")
        }
    }

    private func facts(of loaded: LoadedConfiguration) throws(EvaluationError) -> TauBenchFacts {
        if let facts = TauBenchFacts(loaded.document.json) { return facts }
        throw EvaluationError(
            .configurationInvalid, "the configuration is not one of τ-bench", cause: .configuration,
            advice:
                "give it one data set, with the loader 'tau_bench_tasks'; \(MTBenchmarkConfiguration.name) is an example"
        )
    }

    private func load(
        _ wish: TauBenchWish, _ body: (ConfigurationLoader, [ConfigurationOverride]) -> LoadResult
    ) throws -> LoadedConfiguration {
        let loader = ConfigurationLoader(
            registry: components.registry, environment: ProcessEnvironment.variables(),
            baseDirectory: ProcessEnvironment.currentDirectory())
        let result = body(loader, Self.overrides(wish))
        guard let plan = result.plan, let document = result.document, !result.diagnostics.hasErrors else {
            throw TauBenchConfigurationError(diagnostics: result.diagnostics)
        }
        return LoadedConfiguration(plan: plan, document: document)
    }

    private static func overrides(_ wish: TauBenchWish) -> [ConfigurationOverride] {
        var overrides: [ConfigurationOverride] = []
        func set(_ path: String, _ value: JSONValue, _ origin: String) {
            overrides.append(ConfigurationOverride(path: path, value: value.text(), origin: origin))
        }
        if let model = wish.model { set("backends.agent_model.config.model", .string(model), "--model") }
        if let model = wish.userModel { set("backends.user_model.config.model", .string(model), "--user-model") }
        if let subset = wish.subset { set("datasets[0].params.env", .string(subset), "--env") }
        if let trials = wish.trials { set("datasets[0].params.num_trials", JSONValue(trials), "--num-trials") }
        if !wish.tasks.isEmpty {
            set("datasets[0].params.task_ids", .array(wish.tasks.map { JSONValue($0) }), "--task-ids")
        }
        return overrides
    }
}

/// A configuration of τ-bench that cannot be run.
struct TauBenchConfigurationError: Error {
    let diagnostics: Diagnostics

    /// What is wrong, in one line.
    var message: String {
        diagnostics.all.filter { $0.severity == .error }.map(\.message).joined(separator: "; ")
    }
}
