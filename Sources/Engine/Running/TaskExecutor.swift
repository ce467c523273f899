import Evaluation
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
        case interrupted
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

    private var tickets: [EpisodeID: EpisodeTicket] = [:]
    private var records: [EpisodeID: EpisodeRecord] = [:]
    private var requestsSeen = 0

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
            watch(in: &group)
            var isOver = perform(machine.start(at: clock.monotonicSeconds), in: &group, &progress)
            while !isOver, let happening = await group.next() {
                let now = clock.monotonicSeconds
                for event in digest(happening, in: &group, &progress) {
                    isOver = perform(machine.handle(event, at: now), in: &group, &progress) || isOver
                }
                progress.report(now: now)
            }
            group.cancelAll()
        }
        progress.finished(task: ordinal)
        progress.report(now: clock.monotonicSeconds, isImportant: true)
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
                tickets[ticket.id] = ticket
                return [.offered(ticket.id)]
            }
        case .pullCancelled: return [.cancelled, .sourceEnded]
        case .attempted(let id, let attempt):
            progress.running(-1, inTask: ordinal)
            records[id] = attempt.record
            // Judging again spends nothing that the trajectory tells.
            var spending = Spending()
            if case .sample = tickets[id]?.start { spending = Spending(attempt.record.trajectory) }
            progress.spent(spending)
            return [.attemptEnded(id, attempt.end, spending)]
        case .committed(let id, nil):
            if let record = records[id] {
                progress.committed(record, inTask: ordinal, now: clock.monotonicSeconds)
                reportEnd(of: record)
            }
            forget(id)
            return [.committed(id)]
        case .committed(let id, let error?): return [.commitFailed(id, error)]
        case .woken: return [.timePassed]
        case .interrupted:
            requestsSeen += 1
            watch(in: &group)
            return [.interrupted]
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
        let delay = Duration.seconds(max(0, moment - clock.monotonicSeconds))
        group.addTask {
            do {
                try await Task.sleep(for: delay)
                return .woken
            } catch {
                return .quiet
            }
        }
    }

    /// Waits for the user's next request to stop, or for the end of the task that runs all this.
    private func watch(in group: inout TaskGroup<Happening>) {
        let (control, seen) = (control, requestsSeen)
        group.addTask {
            await control.waitForRequest(after: seen)
            if control.requests > seen { return .interrupted }
            return .cancelled
        }
    }
}
