public import Evaluation
public import GageConfiguration
import Models
import Storage

/// Executes a plan and leaves a run directory.
///
/// ```swift
/// let result = try await RunExecutor(plan: plan, options: options).run()
/// ```
///
/// Tasks run one after another, each with as many episodes at once as it says; the order in which episodes finish changes
/// nothing in the results. What is in memory follows what is in flight, not the size of the data.
public struct RunExecutor: Sendable {
    let plan: Plan
    let options: RunOptions
    let models: any ModelProvider
    let control: RunControl
    let clock: any EpisodeClock

    /// Prepares a run with these models.
    ///
    /// `control` can ask the run to stop. The clock is the machine's unless a test brings its own.
    public init(
        plan: Plan, options: RunOptions, models: any ModelProvider, control: RunControl = RunControl(),
        clock: any EpisodeClock = SystemClock()
    ) {
        self.plan = plan
        self.options = options
        self.models = models
        self.control = control
        self.clock = clock
    }

    /// Prepares a run with the plan's own backends as they are: no cache, no recorder, no models by name.
    public init(plan: Plan, options: RunOptions, control: RunControl = RunControl()) {
        let models = RunModels(
            backends: plan.backends.map { ($0.id, $0.factory) }, baseDirectory: plan.baseDirectory,
            environment: plan.environment)
        self.init(plan: plan, options: options, models: models, control: control)
    }

    /// Runs the plan, or goes on with a run, and says what it came to.
    ///
    /// Failures of episodes are data of the result. Throws ``EvaluationError`` when nothing could be begun: cause
    /// `configuration` when the run exists already, is held by another process, does not exist (when resuming) or follows
    /// another configuration, or when a model cannot be made; cause `gage` when the disk does not allow it.
    public func run() async throws -> RunResult {
        let session = try await RunSessionContext.open(self)
        return try await session.perform { task, ordinal in
            let steps = options.skipsJudges ? task.steps.filter { $0.kind != .judge } : task.steps
            let dataset = try await plan.open(task.dataset)
            let setting = DatasetSource.Setting(
                ordinal: ordinal, seed: plan.seed, journal: session.isResumed ? session.journal.journal : nil,
                retriesErrored: options.retriesErrored, shard: session.shard,
                onlySamples: options.onlySamples, events: session.events)
            let source = RequeuingSource(
                DatasetSource(task: task, dataset: dataset, setting: setting), journal: session.journal.journal,
                events: session.events
            ) { [plan] samples in
                var again = setting
                (again.journal, again.retriesErrored, again.onlySamples) = (session.journal.journal, true, samples)
                again.events = SilentEvents()
                return DatasetSource(task: task, dataset: try await plan.open(task.dataset), setting: again)
            }
            try await session.begin(task, ordinal: ordinal, datasetMetadata: dataset.metadata)
            return .init(source: source, steps: steps)
        }
    }
}

extension Plan {
    /// Opens a data set of the plan.
    func open(_ dataset: PlannedDataset) async throws -> Dataset {
        do {
            return try await dataset.loader.open(
                in: DatasetContext(
                    datasetID: dataset.id, baseDirectory: baseDirectory, seed: seed,
                    environment: environment, hubParameters: dataset.hubParameters))
        } catch var error as EvaluationError where error.code == .dataMissing {
            if let hint = dataset.missingHint { error.advice = hint }
            throw error
        }
    }
}
