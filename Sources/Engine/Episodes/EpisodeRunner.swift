import Evaluation
import GageConfiguration
import Storage

/// Attempts episodes of one task: performs its steps and says how each episode ended.
///
/// A value without state of its own; attempts run beside each other.
struct EpisodeRunner: Sendable {
    /// What came of an attempt.
    struct Attempt: Sendable {
        /// The episode as far as it came; what the journal gets once it has an outcome.
        var record: EpisodeRecord
        /// How it ended.
        var end: AttemptEnd
    }

    /// What an episode holds while its steps run.
    private struct Surroundings: Sendable {
        var leases: EpisodeLeases
        var tools: EpisodeToolServers
        /// The attempt's spans; nil where the run is not traced.
        var trace: AttemptTrace?
    }

    /// What turns attempts into spans, and the span that theirs are part of.
    struct Tracing: Sendable {
        var tracer: RunTracer
        var task: TraceSpan
    }

    let task: PlannedTask
    let run: RunIdentity
    let steps: [StepBinding]
    let performed: OutcomeRules.Performed
    let models: any ModelProvider
    let sandboxes: SandboxPool
    let toolServers: ToolServerPool
    let events: any EventSink
    let artifacts: any ArtifactStore
    let clock: any EpisodeClock
    let backoff: RetryBackoff
    /// What turns attempts into spans; nil where the run is not traced.
    var tracing: Tracing?

    /// Attempts an episode once.
    ///
    /// Never throws: what fails is the outcome. A cancelled attempt has none. Sandboxes are ended before this returns.
    func attempt(_ ticket: EpisodeTicket) async -> Attempt {
        let startedAt = clock.wallSeconds
        let start = clock.monotonicSeconds
        let trace = tracing.map {
            AttemptTrace($0.tracer, of: ticket.id, attempt: ticket.attempt, in: $0.task, clock: clock)
        }
        var progress = EpisodeProgress(episode: makeEpisode(ticket))
        progress.attempt = ticket.attempt
        if case .broken(_, let error) = ticket.start {
            progress.failure = error
        } else {
            await prepareModels(for: &progress)
            let leases = sandboxes.leases(for: progress.episode, planned: plannedSandbox)
            let tools = toolServers.servers(for: leases)
            await perform(on: &progress, in: Surroundings(leases: leases, tools: tools, trace: trace))
            await Task.shielded {
                // Sessions first: their servers go with the sandbox.
                await tools.end()
                await leases.end()
            }
        }
        let outcome: Outcome
        if let failure = progress.failure { outcome = .errored(failure) } else { outcome = await conclude(&progress) }
        var record = EpisodeRecord(
            episode: progress.episode, outcome: outcome, startedAt: startedAt,
            duration: clock.monotonicSeconds - start, stepDurations: progress.stepDurations,
            failedAttempts: progress.failedJudgings)
        if case .stored(let earlier) = ticket.start { Self.keepInference(of: earlier, in: &record) }
        trace?.end(record, isCancelled: progress.isCancelled)
        // The record's outcome, whose error has been through the episode's redaction: events and later attempts tell it.
        return Attempt(record: record, end: progress.isCancelled ? .cancelled : .finished(record.outcome))
    }

    /// Waits until what the models hold for the run is ready: a server that starts takes none of the episode's time.
    private func prepareModels(for progress: inout EpisodeProgress) async {
        do {
            try await models.prepare()
        } catch {
            progress.failure = OutcomeRules.error(error, in: StepKind.inference.rawValue)
            progress.isCancelled = Task.isCancelled
        }
    }

    private func makeEpisode(_ ticket: EpisodeTicket) -> Episode {
        let name = EpisodeID(
            task: task.seedGroup ?? ticket.id.task, sample: ticket.id.sample, trial: ticket.id.trial)
        let seed = SeedDerivation.episode(runSeed: run.seed, id: name)
        switch ticket.start {
        case .sample(let sample), .broken(let sample, _): return Episode(id: ticket.id, seed: seed, sample: sample)
        case .stored(let record): return Episode(stored: record)
        }
    }

    /// Judging again does not change what the inference took.
    private static func keepInference(of earlier: EpisodeRecord, in record: inout EpisodeRecord) {
        record.seed = earlier.seed
        record.sample = earlier.sample
        record.startedAt = earlier.startedAt
        record.duration = earlier.duration
        record.failedAttempts = earlier.failedAttempts + record.failedAttempts
        let judging = Set(record.stepDurations.map(\.step))
        record.stepDurations = earlier.stepDurations.filter { !judging.contains($0.step) } + record.stepDurations
    }

    /// The first sandbox that an adapter asks for: the agent's, else a judge's, else another's.
    private var plannedSandbox: PlannedSandbox? {
        for kind in [StepKind.inference, .judge, .support] {
            for binding in steps where binding.step.kind == kind {
                if let sandbox = binding.step.adapter?.sandbox { return sandbox }
            }
        }
        return nil
    }

    // MARK: Steps

    /// Performs all steps that have an adapter: preparation and inference within the episode's time, judging within as
    /// much again, so that an agent that used its time up can still be judged.
    private func perform(on progress: inout EpisodeProgress, in surroundings: Surroundings) async {
        let isJudging = { (binding: StepBinding) in binding.step.kind == .judge }
        await performPhase(steps.filter { $0.adapter != nil && !isJudging($0) }, on: &progress, in: surroundings)
        await performPhase(steps.filter(isJudging), on: &progress, in: surroundings)
    }

    private func performPhase(
        _ phase: [StepBinding], on progress: inout EpisodeProgress, in surroundings: Surroundings
    ) async {
        guard !phase.isEmpty, progress.failure == nil, !progress.isCancelled else { return }
        let deadline = task.episodeTimeout.map { clock.monotonicSeconds + $0.inSeconds }
        let begun = progress
        let result = await TimeLimit.run(task.episodeTimeout) {
            var progress = begun
            for binding in phase where progress.failure == nil {
                await perform(binding, on: &progress, in: surroundings, deadline: deadline)
            }
            return progress
        }
        switch result {
        case .ended(let ended): progress = ended
        case .cutOff(let ended):
            progress = ended
            // A step that noticed and made a verdict of it has ended well, and so has the phase.
            if progress.failure != nil, let limit = task.episodeTimeout {
                progress.failure = OutcomeRules.timeUsedUp(
                    limit, in: phase.first { $0.step.name == progress.lastStep }?.step)
            }
        }
        progress.isCancelled = progress.failure != nil && Task.isCancelled
    }

    private func perform(
        _ binding: StepBinding, on progress: inout EpisodeProgress, in surroundings: Surroundings, deadline: Double?
    ) async {
        guard let planned = binding.step.adapter, let adapter = binding.adapter else { return }
        let name = binding.step.name
        let id = progress.episode.id
        var scope = EpisodeScope(
            run: run, episode: id, seeds: SeedDerivation(root: progress.episode.seed), adapter: adapter,
            models: models, sandboxes: surroundings.leases, events: events, artifacts: artifacts, clock: clock)
        scope.tools = surroundings.tools
        scope.deadline = deadline
        scope.attempt = progress.attempt
        let start = clock.monotonicSeconds
        let span = surroundings.trace?.step(binding.step)
        if let span, let trace = surroundings.trace {
            let traced = TracedModels(base: scope.models, trace: trace, step: span.id)
            (scope.models, scope.adapter) = (traced, traced.traced(adapter, of: planned))
        }
        progress.lastStep = name
        do {
            try Task.checkCancellation()
            if binding.step.kind == .judge {
                try await judge(planned.implementation, on: &progress, in: scope, step: name)
            } else {
                try await planned.implementation.perform(on: &progress.episode, in: scope)
            }
        } catch {
            progress.failure = OutcomeRules.error(error, in: name)
        }
        progress.stepDurations.append((name, clock.monotonicSeconds - start))
        if let span { surroundings.trace?.end(span, failure: progress.failure) }
    }

    /// Lets a judge decide, and decide again where it fails in a way that passes.
    ///
    /// A judge is repeated here, on the episode as it was before, and not with the whole episode: repeating the inference
    /// would cost money and judge something else.
    private func judge(
        _ judge: any RoleAdapter, on progress: inout EpisodeProgress, in scope: EpisodeScope, step: String
    ) async throws {
        let before = progress.episode
        var scope = scope
        while true {
            do {
                return try await judge.perform(on: &progress.episode, in: scope)
            } catch {
                var error = OutcomeRules.error(error, in: step)
                let failures = progress.failedJudgings.count + 1
                guard error.retry.isWorthwhile, failures <= task.maxRetries, !Task.isCancelled else {
                    error.retry = .never
                    throw error
                }
                progress.failedJudgings.append(error)
                progress.episode = before
                scope.attempt += 1
                try await Task.sleep(for: .seconds(backoff.delay(after: failures, advice: error.retry)))
            }
        }
    }

    // MARK: Metrics

    private func conclude(_ progress: inout EpisodeProgress) async -> Outcome {
        if let outcome = OutcomeRules.beforeMetrics(progress.episode, performed) { return outcome }
        let name = StepKind.autoEval.rawValue
        let start = clock.monotonicSeconds
        defer { progress.stepDurations.append((name, clock.monotonicSeconds - start)) }
        do {
            var scores: [Score] = []
            for metric in task.metrics {
                if let score = try await metric.metric.score(progress.episode, as: metric.id) { scores.append(score) }
            }
            progress.episode.scores = scores
            return .scored
        } catch {
            progress.episode.scores = []
            return .errored(OutcomeRules.error(error, in: name))
        }
    }
}

/// An episode between two steps.
struct EpisodeProgress: Sendable {
    /// The episode as far as it came.
    var episode: Episode
    /// What failed; nil while nothing did.
    var failure: EvaluationError?
    /// How many attempts came before.
    var attempt = 0
    /// How judges failed before they were asked again.
    var failedJudgings: [EvaluationError] = []
    /// Whether it was told to stop before it had an outcome.
    var isCancelled = false
    /// The step that began last.
    var lastStep = ""
    /// Seconds by step.
    var stepDurations: [(step: String, seconds: Double)] = []

    init(episode: Episode) { self.episode = episode }
}

extension Episode {
    /// An episode of the journal as far as judges need it: sample with gold data, trajectory, prediction.
    ///
    /// There is no world any more; judges derive what they need from the trajectory.
    init(stored record: EpisodeRecord) {
        // What the journal holds was written by us; a sample that cannot be read leaves the judge its name only.
        let sample = (try? Sample(json: record.sample)) ?? Sample(id: record.id.sample)
        self.init(id: record.id, seed: record.seed, sample: sample)
        trajectory = record.trajectory
        prediction = record.prediction
    }
}
