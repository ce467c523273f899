public import Engine
public import Evaluation
public import GageConfiguration
public import Storage

/// A run of a plan that a test builds in code, in a directory that goes with the test.
///
/// ```swift
/// let run = try TemporaryRun(.testing(samples: 3), models: ["model": ScriptedModel("four")])
/// let result = try await run.run()
/// #expect(result.outcomes.scored == 3)
/// ```
public struct TemporaryRun: Sendable {
    /// The plan.
    public var plan: Plan
    /// How it is executed; the output directory is the test's own, and the run's id is `test`.
    public var options: RunOptions
    /// Asks the run to stop.
    public var control = RunControl()
    /// The models.
    public var models: FixedModels
    /// The directory that everything is in.
    public let directory: TemporaryDirectory

    /// Prepares a run.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when there is no room for a directory.
    public init(_ plan: Plan, models: [String: any ChatModel] = [:]) throws(EvaluationError) {
        self.plan = plan
        self.models = FixedModels(models)
        directory = try TemporaryDirectory()
        options = RunOptions()
        options.outputDirectory = directory.path
        options.runID = "test"
        options.retryDelay = .milliseconds(1)
    }

    /// The run's directory.
    public var path: String { "\(directory.path)/test" }

    private var executor: RunExecutor {
        RunExecutor(plan: plan, options: options, models: models, control: control)
    }

    /// Runs the plan; a second time, goes on with the run if the options say so.
    public func run() async throws -> RunResult { try await executor.run() }

    /// Goes on with the run, attempting errored episodes again on request.
    public func resume(retryingErrored: Bool = false) async throws -> RunResult {
        var again = self
        again.control = RunControl()
        again.options.resumes = true
        again.options.retriesErrored = retryingErrored
        return try await again.run()
    }

    /// Judges and measures the run again.
    public func rescore() async throws -> RunResult { try await executor.rescore() }

    /// The run's journal.
    public func journal() throws -> Journal { try Journal.open("\(path)/run.sqlite") }

    /// All finished episodes in plan order.
    public func records() throws -> [EpisodeRecord] {
        var records: [EpisodeRecord] = []
        try journal().forEachEpisode { records.append($0.record) }
        return records
    }

    /// The aggregated metrics.
    public func metrics() throws -> [AggregatedMetric] {
        try MetricsAggregation(plan: plan).aggregate(try journal())
    }
}
