import Evaluation
public import GageConfiguration
import JSON
import Statistics

/// Turns what was asked for into a design and a configuration that has been checked.
public struct StudyPlanner: Sendable {
    /// Which tasks of each environment take part.
    public enum Tasks: Sendable, Hashable {
        /// All of them.
        case all
        /// The first ones of the data set.
        case first(Int)
        /// So many, drawn by the study's seed.
        case sampled(Int)
        /// These, by the benchmark's ids.
        case named([String])
    }

    /// A study that is ready to run.
    public struct Prepared: Sendable {
        /// The design.
        public var design: StudyDesign
        /// The generated configuration.
        public var yaml: String
        /// What it compiles to.
        public var plan: Plan
    }

    /// What is written into the configuration.
    public var configuration: StudyConfiguration
    /// Which tasks take part.
    public var tasks: Tasks
    /// Reads configurations.
    public var loader: ConfigurationLoader

    /// Prepares to plan.
    public init(configuration: StudyConfiguration, tasks: Tasks, loader: ConfigurationLoader) {
        self.configuration = configuration
        self.tasks = tasks
        self.loader = loader
    }

    /// Reads the data sets, selects the tasks and checks the configuration that comes of it.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, when anything is wrong; the message holds every fault.
    public func prepare(variants: [StudyVariant], timestamp: String) async throws -> Prepared {
        let draft = try compile(configuration)
        var settled = configuration
        var environments: [StudyDesign.Environment] = []
        for (place, entry) in configuration.environments.enumerated() {
            let chosen = try select(from: try await available(in: entry.environment, of: draft), in: entry.environment)
            settled.environments[place].taskIDs = chosen.map(\.id)
            environments.append(.init(name: entry.environment.name, tasks: chosen))
        }
        let plan = try compile(settled)
        var design = StudyDesign(
            name: configuration.name, timestamp: timestamp, environments: environments, variants: variants)
        design.trials = configuration.trials
        design.seed = configuration.seed
        design.configurationDigest = plan.digest
        return Prepared(design: design, yaml: settled.yaml, plan: plan)
    }

    private func compile(_ configuration: StudyConfiguration) throws(EvaluationError) -> Plan {
        let result = loader.load(text: configuration.yaml, file: "gage.yaml")
        let errors = result.diagnostics.all.filter { $0.severity == .error }
        if let plan = result.plan, errors.isEmpty { return plan }
        throw EvaluationError(
            .configurationInvalid,
            "the experiment's configuration is wrong:\n" + errors.map(\.description).joined(separator: "\n"),
            cause: .configuration)
    }

    private func available(in environment: StudyEnvironment, of plan: Plan) async throws -> [StudyDesign.Task] {
        let id = StudyDesign.taskID(environment: environment.name, variant: configuration.variants.first ?? "")
        guard let dataset = plan.tasks.first(where: { $0.id == id })?.dataset else { return [] }
        let opened = try await dataset.loader.open(
            in: DatasetContext(
                datasetID: dataset.id, baseDirectory: plan.baseDirectory, seed: plan.seed,
                environment: plan.environment, hubParameters: dataset.hubParameters))
        var tasks: [StudyDesign.Task] = []
        for try await record in opened.records {
            guard case .sample(let sample)? = try await dataset.preprocessor?.process(record) else { continue }
            tasks.append(.init(id: environment.taskID(sample.judgedJSON) ?? sample.id, sample: sample.id))
        }
        guard !tasks.isEmpty else {
            throw EvaluationError(
                .dataMissing, "environment '\(environment.name)' has no tasks", cause: .configuration)
        }
        return tasks
    }

    private func select(
        from available: [StudyDesign.Task], in environment: StudyEnvironment
    ) throws(EvaluationError) -> [StudyDesign.Task] {
        switch tasks {
        case .all: return available
        case .first(let count): return Array(available.prefix(count))
        case .sampled(let count):
            var random = PythonRandom(seed: configuration.seed)
            let drawn = Set(random.sample(Array(available.indices), count: min(count, available.count)))
            return available.indices.filter(drawn.contains).map { available[$0] }
        case .named(let ids):
            let known = Set(available.map(\.id))
            if let stranger = ids.first(where: { !known.contains($0) }) {
                throw EvaluationError(
                    .configurationInvalid, "environment '\(environment.name)' has no task '\(stranger)'",
                    cause: .configuration,
                    advice: NearMiss.hint(stranger, among: available.map(\.id))
                        ?? "its \(available.count) tasks are \(available[0].id) to \(available[available.count - 1].id)"
                )
            }
            let wanted = Set(ids)
            return available.filter { wanted.contains($0.id) }
        }
    }
}
