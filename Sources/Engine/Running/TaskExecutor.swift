import Evaluation
import GageConfiguration
import JSON
import Storage

/// Performs what the state machine decides for one task: the thin part of the run loop.
///
/// Everything that runs is a child of one task group; the loop takes their results one by one, tells the machine, and
/// performs its actions. What it holds of an episode it holds from the offer to the commit.
struct TaskExecutor {
    /// What a child of the group came back with.
    private enum Happening: Sendable {
        case pulled(Result<EpisodeTicket?, EvaluationError>, TaskCensus)
        case pullCancelled
        case attempted(EpisodeID, EpisodeRunner.Attempt)
        case committed(EpisodeID, EvaluationError?)
        case woken
        case wished
        case refilled
        case cancelled
        case quiet
    }

    let ordinal: Int
    let source: any EpisodeSource
    let runner: EpisodeRunner
    let journal: JournalWriter
    let events: any EventSink
    let control: RunControl
    let clock: any EpisodeClock
    /// Counts what models use; nil for what trajectories say.
    var spending: RunSpending?

    private var tickets: [EpisodeID: EpisodeTicket] = [:]
    private var records: [EpisodeID: EpisodeRecord] = [:]
    /// What the user wants, as far as the machine was told.
    private var heeded = RunControl.Wishes()

    init(
        ordinal: Int, source: any EpisodeSource, runner: EpisodeRunner, journal: JournalWriter, control: RunControl
    ) {
        self.ordinal = ordinal
        self.source = source
        self.runner = runner
        self.journal = journal
        self.control = control
        events = runner.events
        clock = runner.clock
    }

    /// Runs the task to its end, or until the machine says stop.
    mutating func run(_ machine: inout RunStateMachine, progress: inout ProgressTracker) async {
        await withTaskGroup(of: Happening.self) { group in
            var isOver = perform(machine.start(at: clock.monotonicSeconds), in: &group, &progress)
            // What was wanted before the task began.
            var happening: Happening? = .wished
            while !isOver, let next = happening {
                let now = clock.monotonicSeconds
                let questions = heeded.questions
                for event in digest(next, in: &group, &progress) {
                    isOver = perform(machine.handle(event, at: now), in: &group, &progress) || isOver
                }
                if heeded.questions > questions { control.publish(progress.current(at: now), answering: heeded) }
                progress.report(now: now)
                happening = isOver ? nil : await group.next()
            }
            group.cancelAll()
        }
        if machine.isLeft { progress.left(task: ordinal) }
        progress.finished(task: ordinal)
        progress.report(now: clock.monotonicSeconds, isImportant: true)
        control.publish(progress.current(at: clock.monotonicSeconds), answering: heeded)
    }

    // MARK: What happened

    private mutating func digest(
        _ happening: Happening, in group: inout TaskGroup<Happening>, _ progress: inout ProgressTracker
    ) -> [RunEventKind] {
        switch happening {
        case .pulled(let result, let census):
            progress.surveyed(census, inTask: ordinal)
            switch result {
            case .success(nil): return [.sourceEnded]
            case .failure(let error): return [.sourceFailed(error)]
            case .success(let ticket?):
                // One that is alive and was asked for again keeps what it began with.
                if tickets[ticket.id] == nil { tickets[ticket.id] = ticket }
                return [.offered(ticket.id)]
            }
        case .pullCancelled: return [.cancelled, .sourceEnded]
        case .attempted(let id, let attempt):
            progress.running(-1, inTask: ordinal)
            records[id] = attempt.record
            // Judging again spends nothing that the trajectory tells.
            var told = Spending()
            if case .sample = tickets[id]?.start { told = Spending(attempt.record.trajectory) }
            let spending = spending?.sinceLastAsked(trajectory: told) ?? told
            progress.spent(spending)
            return [.attemptEnded(id, attempt.end, spending)]
        case .committed(let id, nil):
            if let record = records[id] {
                if let cause = tickets[id]?.countedAs { progress.requeued(cause, inTask: ordinal) }
                progress.committed(record, inTask: ordinal, now: clock.monotonicSeconds)
                reportEnd(of: record)
            }
            forget(id)
            return [.committed(id)]
        case .committed(let id, let error?): return [.commitFailed(id, error)]
        case .woken: return [.timePassed]
        case .wished:
            let events = heed(&progress)
            watch(in: &group)
            requeue(in: &group)
            return events
        case .refilled: return [.sourceRefilled]
        case .cancelled: return [.cancelled]
        case .quiet: return []
        }
    }

    private mutating func forget(_ id: EpisodeID) {
        tickets[id] = nil
        records[id] = nil
    }

    // MARK: What to do

    /// Performs actions; true when the task is over.
    private mutating func perform(
        _ actions: [RunAction], in group: inout TaskGroup<Happening>, _ progress: inout ProgressTracker
    ) -> Bool {
        var isOver = false
        for action in actions {
            switch action {
            case .pull: pull(in: &group)
            case .begin(let id): begin(id, in: &group, &progress)
            case .commit(let id, let failures): commit(id, failures, in: &group)
            case .discard(let id):
                events.report(RunEvent("episode_discarded", episode: id))
                forget(id)
            case .wait(let moment): wait(until: moment, in: &group)
            case .announceRetry(let id, let error, let attempt, let delay):
                records[id] = nil
                tickets[id]?.attempt = attempt - 1
                progress.retried(inTask: ordinal)
                reportRetry(of: id, after: error, attempt: attempt, delay: delay)
            case .announceStop(let reason):
                progress.stopping(reason)
                events.report(RunEvent("run_stopping", payload: ["reason": .string(reason.message)]))
            case .cancelRunning: group.cancelAll()
            case .finish: isOver = true
            }
        }
        return isOver
    }

    private func pull(in group: inout TaskGroup<Happening>) {
        let source = source
        group.addTask {
            do {
                let ticket = try await source.next()
                return .pulled(.success(ticket), await source.census)
            } catch {
                if Task.isCancelled { return .pullCancelled }
                let known =
                    error as? EvaluationError
                    ?? EvaluationError(
                        .dataMissing, "the data set cannot be read on", cause: .task, underlying: error)
                return .pulled(.failure(known), await source.census)
            }
        }
    }

    private func begin(_ id: EpisodeID, in group: inout TaskGroup<Happening>, _ progress: inout ProgressTracker) {
        guard let ticket = tickets[id] else { return }
        progress.running(1, inTask: ordinal)
        events.report(RunEvent("episode_started", episode: id))
        let runner = runner
        group.addTask { .attempted(id, await runner.attempt(ticket)) }
    }

    private mutating func commit(_ id: EpisodeID, _ failures: [EvaluationError], in group: inout TaskGroup<Happening>) {
        guard let ticket = tickets[id], var record = records[id] else { return }
        record.failedAttempts = failures + record.failedAttempts
        records[id] = record
        let (journal, now) = (journal, clock.wallSeconds)
        group.addTask { [record] in
            do {
                if let reason = ticket.replaces {
                    try await journal.replace(record, at: ticket.position, because: reason, now: now)
                } else {
                    try await journal.commit(record, at: ticket.position)
                }
                return .committed(id, nil)
            } catch {
                return .committed(id, OutcomeRules.error(error, in: "journal"))
            }
        }
    }

    private func wait(until moment: Double, in group: inout TaskGroup<Happening>) {
        let delay = Duration.bounded(seconds: moment - clock.monotonicSeconds)
        group.addTask {
            do {
                try await Task.sleep(for: delay)
                return .woken
            } catch {
                return .quiet
            }
        }
    }

    // MARK: What the user wants

    /// What is wanted now and was not before.
    private mutating func heed(_ progress: inout ProgressTracker) -> [RunEventKind] {
        let wishes = control.wishes
        var changes: [RunEventKind] = Array(repeating: .interrupted, count: max(0, wishes.stops - heeded.stops))
        if wishes.isPaused != heeded.isPaused {
            changes.append(wishes.isPaused ? .paused : .resumed)
            progress.paused(wishes.isPaused)
            events.report(RunEvent(wishes.isPaused ? "run_paused" : "run_resumed"))
        }
        let task = runner.task.id
        if let limit = wishes.concurrency[task], limit != heeded.concurrency[task] {
            changes.append(.limited(limit))
            progress.limited(limit, inTask: ordinal)
            events.report(
                RunEvent(
                    "concurrency_changed", payload: ["task_id": .string(task), "concurrency": JSONValue(limit)]))
        }
        if wishes.cancelled.contains(task), !heeded.cancelled.contains(task) {
            changes.append(.taskCancelled)
            events.report(RunEvent("task_cancelled", payload: ["task_id": .string(task)]))
        }
        heeded = wishes
        return changes
    }

    /// Waits for the user to want something else, or for the end of the task that runs all this.
    private func watch(in group: inout TaskGroup<Happening>) {
        let (control, seen) = (control, heeded)
        group.addTask {
            await control.waitForWish(after: seen)
            return control.wishes.version > seen.version ? .wished : .cancelled
        }
    }

    /// Gives the source the episodes that the user wants to be attempted again.
    private func requeue(in group: inout TaskGroup<Happening>) {
        let wanted = control.takeRequeued(ofTask: runner.task.id)
        guard !wanted.isEmpty else { return }
        let source = source
        group.addTask {
            await source.requeue(wanted)
            return .refilled
        }
    }
}
