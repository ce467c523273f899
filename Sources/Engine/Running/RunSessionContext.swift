import Evaluation
import GageConfiguration
import JSON
import Storage

/// One process's work on a run: its directory, journal, events and sandboxes, opened together and closed together.
struct RunSessionContext: Sendable {
    /// What a task is performed with.
    struct TaskWork: Sendable {
        var source: any EpisodeSource
        var steps: [PlannedStep]
    }

    let executor: RunExecutor
    let directory: RunDirectory
    let journal: JournalWriter
    let events: EventLog
    let sandboxes: SandboxPool
    let toolServers: ToolServerPool
    let identity: RunIdentity
    /// What the models use.
    let spending: RunSpending
    /// When this process began its work.
    let start: SessionStart
    /// Whether the journal had been begun before.
    let isResumed: Bool
    /// The part of the run that the journal is of; nil for all of it.
    let shard: Shard?

    // MARK: Opening and closing

    /// Opens everything; what was opened is closed again when a later part fails.
    static func open(_ executor: RunExecutor, command: String? = nil) async throws -> RunSessionContext {
        let (plan, options, clock) = (executor.plan, executor.options, executor.clock)
        try plan.check(options)
        let directory = try openDirectory(options, clock)
        let journal = try await RunJournalOpening(plan: plan, options: options, clock: clock).open(in: directory)
        do {
            try writeConfiguration(plan, options, in: directory)
            let events = try EventLog(
                path: directory.eventsPath, runID: directory.runID, wallSeconds: { clock.wallSeconds })
            executor.models.runBegins(in: RunSurroundings(artifacts: directory, events: events))
            let identity = RunIdentity(id: directory.runID, seed: plan.seed, baseDirectory: plan.baseDirectory)
            let setting = SandboxPool.Setting(
                run: identity, models: executor.models, environment: plan.environment, events: events, clock: clock)
            let word = command ?? (options.retriesErrored ? "retry" : options.resumes ? "resume" : "run")
            let start = SessionStart(clock)
            try await journal.record(
                RunSession(command: word, gageVersion: options.gageVersion, startedAt: start.wall))
            try await journal.record(.running)
            let place = RunPlace(
                runID: directory.runID, directory: directory.path, shard: try journal.journal.run().shard?.shard,
                command: word, tasks: plan.tasks.map(\.id), startedAt: clock.wallSeconds)
            executor.control.begin(place)
            options.tracer?.runBegins(
                place, version: options.gageVersion, providers: TraceProvider.names(in: plan))
            return RunSessionContext(
                executor: executor, directory: directory, journal: journal, events: events,
                sandboxes: SandboxPool(profiles: plan.sandboxProfiles, setting: setting),
                toolServers: ToolServerPool(
                    clients: plan.mcpClients,
                    setting: .init(
                        baseDirectory: plan.baseDirectory, environment: plan.environment, events: events)),
                identity: identity, spending: RunSpending(models: executor.models, journal: journal),
                start: start,
                isResumed: options.resumes, shard: try journal.journal.run().shard?.shard)
        } catch {
            // The first failure is the one to report.
            try? await journal.close()
            throw error
        }
    }

    private static func openDirectory(
        _ options: RunOptions, _ clock: any EpisodeClock
    ) throws(EvaluationError) -> RunDirectory {
        guard options.resumes else {
            let id = options.runID ?? RunID.make(wallSeconds: clock.wallSeconds, random: .random(in: 0 ... .max))
            return try RunDirectory.create(in: options.outputDirectory, runID: id, shard: options.shard)
        }
        guard let id = options.runID else {
            throw EvaluationError(
                .configurationInvalid, "going on with a run needs its id", cause: .configuration,
                advice: "add --run-id")
        }
        let path = try RunDirectory.location(in: options.outputDirectory, runID: id, shard: options.shard)
        return try RunDirectory.resume(path)
    }

    static func writeConfiguration(_ plan: Plan, _ options: RunOptions, in directory: RunDirectory) throws {
        if let text = options.configurationText { _ = try directory.write(Array(text.utf8), to: "config.yaml") }
        _ = try directory.write(JSONValue.object(plan.outline).bytes(.pretty), to: "plan.json")
    }

    // MARK: Tasks

    /// Performs the plan's tasks one after another and closes everything, whatever happens.
    func perform(
        _ prepare: @Sendable (PlannedTask, Int) async throws -> TaskWork
    ) async throws -> RunResult {
        let now = executor.clock.monotonicSeconds
        let policy = try stopPolicy(at: now)
        let tasks = executor.plan.tasks.map { $0.applying(executor.options) }
        var progress = ProgressTracker(
            runID: identity.id, tasks: tasks, options: executor.options, now: now,
            wallSeconds: executor.clock.wallSeconds)
        var tally = StopPolicy.Tally()
        var stop: StopReason?
        var left: [String] = []
        for (ordinal, task) in tasks.enumerated() where stop == nil {
            guard !executor.control.isCancelled(task: task.id) else {
                left.append(task.id)
                progress.left(task: ordinal)
                continue
            }
            do {
                let work = try await prepare(task, ordinal)
                var machine = RunStateMachine(
                    limits: .init(
                        concurrency: task.concurrency, readAhead: max(0, task.prefetch), maxRetries: task.maxRetries,
                        backoff: backoff),
                    policy: policy, tally: tally)
                var runner = try runner(for: task, steps: work.steps)
                let span = beginSpan(of: task)
                runner.tracing = span
                defer { endSpan(span) }
                var taskExecutor = TaskExecutor(
                    ordinal: ordinal, source: work.source, runner: runner, journal: journal,
                    control: executor.control)
                taskExecutor.spending = spending
                await spending.recording { await taskExecutor.run(&machine, progress: &progress) }
                (tally, stop) = (machine.runTally, machine.stopReason)
                if machine.isLeft { left.append(task.id) }
                try await end(task, ordinal: ordinal, source: work.source)
            } catch {
                stop = .failed(OutcomeRules.error(error, in: "task \(task.id)"))
            }
        }
        if stop == nil, !left.isEmpty { stop = .cancelled(tasks: left) }
        return try await close(stop: stop, spending: tally.spending)
    }

    /// When the session stops, what earlier ones used counted in.
    private func stopPolicy(at now: Double) throws -> StopPolicy {
        var policy = StopPolicy(failFast: executor.options.failFast)
        policy.budget = executor.options.budget.filled(from: executor.plan.budget)
        let earlier = isResumed ? try EarlierSpending(journal.journal) : EarlierSpending()
        policy.earlier = earlier.spending
        policy.budget.deadline = policy.budget.time.map { now + $0.inSeconds - earlier.seconds }
        return policy
    }

    private func beginSpan(of task: PlannedTask) -> EpisodeRunner.Tracing? {
        executor.options.tracer.map {
            .init(tracer: $0, task: $0.taskBegins(task.id, at: executor.clock.wallSeconds))
        }
    }

    private func endSpan(_ tracing: EpisodeRunner.Tracing?) {
        guard let tracing else { return }
        tracing.tracer.taskEnds(tracing.task, at: executor.clock.wallSeconds)
    }

    /// Writes down that a task begins.
    func begin(_ task: PlannedTask, ordinal: Int, datasetMetadata: JSONObject) async throws {
        events.report(RunEvent("task_started", payload: ["task_id": .string(task.id)]))
        try await journal.record(
            TaskMetadata(id: task.id, ordinal: ordinal, datasetID: task.dataset.id, datasetMetadata: datasetMetadata))
    }

    private func end(_ task: PlannedTask, ordinal: Int, source: any EpisodeSource) async throws {
        events.report(RunEvent("task_finished", payload: ["task_id": .string(task.id)]))
        guard let source = source as? RequeuingSource else { return }
        let census = await source.census
        guard var metadata = try journal.journal.tasks().first(where: { $0.id == task.id }) else { return }
        metadata.plannedEpisodes = census.expectedEpisodes
        metadata.isFullyPlanned = census.isComplete
        try await journal.record(metadata)
        try await journal.record(census.droppedRecords(of: task.id), of: task.id)
    }

    private func runner(for task: PlannedTask, steps: [PlannedStep]) throws -> EpisodeRunner {
        var performed = OutcomeRules.Performed()
        performed.judges = steps.filter { $0.kind == .judge }.map(\.name)
        performed.skippedJudges = performed.judges.isEmpty && task.steps.contains { $0.kind == .judge }
        performed.hasMetrics = !task.metrics.isEmpty
        performed.hasInference = task.steps.contains { $0.kind == .inference }
        return EpisodeRunner(
            task: task, run: identity,
            steps: try StepBinding.bind(steps, of: executor.plan, models: executor.models), performed: performed,
            models: executor.models, sandboxes: sandboxes, toolServers: toolServers, events: events,
            artifacts: directory,
            clock: executor.clock, backoff: backoff)
    }

    private var backoff: RetryBackoff { RetryBackoff(first: executor.options.retryDelay.inSeconds) }

    func close(stop: StopReason?, spending: Spending) async throws -> RunResult {
        defer { executor.control.end() }
        await Task.shielded {
            await toolServers.endRun()
            await sandboxes.endRun()
            await executor.models.runEnds()
        }
        let status: RunStatus =
            switch stop {
            case nil: try lacksEpisodes ? .stopped : .completed
            case .interrupted: .interrupted
            case .budget, .failFast, .cancelled: .stopped
            case .failed: .failed
            }
        let reason = stop?.message ?? (status == .stopped ? "only some of the samples were asked for" : nil)
        executor.options.tracer?.runEnds(
            status: status.rawValue, failure: status == .failed ? reason : nil, at: executor.clock.wallSeconds)
        events.report(RunEvent("run_finished", payload: ["status": .string(status.rawValue)]))
        var result = RunResult(
            runID: identity.id, directory: directory.path, status: status, stopReason: stop, tasks: [],
            spending: spending)
        do {
            try await self.spending.record()
            try await journal.record(status, reason: reason)
            try await journal.record(
                RunSession(
                    command: "", gageVersion: "", startedAt: 0, endedAt: start.end(by: executor.clock)))
            result.tasks = try taskResults()
        } catch {
            // The failure to write is reported; closing can add nothing to it.
            try? await journal.close()
            throw error
        }
        try await journal.close()
        // The journal has everything that counts; the log of events is told of, and no reason to leave out the report.
        do { try events.close() } catch { result.lostEvents = error }
        return result
    }

    /// Whether samples that nobody asked for have not been attempted yet.
    private var lacksEpisodes: Bool {
        get throws {
            guard executor.options.onlySamples != nil else { return false }
            let planned = try journal.journal.tasks().reduce(0) { $0 + ($1.plannedEpisodes ?? 0) }
            return try journal.journal.outcomes().values.reduce(0, { $0 + $1.total }) < planned
        }
    }

    private func taskResults() throws -> [TaskResult] {
        let outcomes = try journal.journal.outcomes()
        let dropped = try journal.journal.dropped()
        return try journal.journal.tasks().map { task in
            TaskResult(
                id: task.id, outcomes: outcomes[task.id] ?? OutcomeCounts(), planned: task.plannedEpisodes,
                dropped: dropped.filter { $0.task == task.id })
        }
    }
}
