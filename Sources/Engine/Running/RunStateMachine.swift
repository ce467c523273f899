import Evaluation

/// Decides what a task of a run does next: the pure part of the run loop.
///
/// It holds the names of the episodes that are alive and nothing else of them; it does no I/O and reads no clock. Every
/// event that the executor reports is answered with actions to perform, so that its tests are tables.
///
/// An episode is offered by the source, waits until there is room, is attempted (more than once where its error says
/// that this can help), and is committed to the journal. Alive are at most as many as may run at once and wait ahead;
/// what happens in a data set of any size stays within that.
struct RunStateMachine: Sendable {
    /// What bounds one task.
    struct Limits: Sendable, Hashable {
        /// Episodes at once.
        var concurrency: Int
        /// Episodes read ahead of those.
        var readAhead: Int
        /// How often an errored episode is attempted again.
        var maxRetries: Int
        /// How long it waits before that.
        var backoff = RetryBackoff()
    }

    /// An episode that errored and waits for its next attempt.
    private struct Waiting {
        /// What failed so far.
        var failures: [EvaluationError]
        /// When the next attempt may begin.
        var resumesAt: Double
    }

    private enum Source { case idle, pulling, ended }

    private enum Phase: Hashable {
        case running
        /// Nothing new begins; what runs may finish.
        case draining(StopReason)
        /// Everything was told to stop.
        case cancelling(StopReason)
        /// This task was told to stop, and the run goes on with the next.
        case leaving
    }

    private var limits: Limits
    private let policy: StopPolicy
    private var tally: StopPolicy.Tally
    private var source = Source.idle
    private var phase = Phase.running
    private var ready: [EpisodeID] = []
    /// What failed before, of each episode that is being attempted.
    private var running: [EpisodeID: [EvaluationError]] = [:]
    private var waiting: [EpisodeID: Waiting] = [:]
    private var committing: [EpisodeID: Outcome] = [:]
    private var wakesAt: Double?
    private var isPaused = false
    /// Whether the source was given episodes while it was being asked, so that its end was not its end.
    private var isRefilled = false
    private var isFinished = false

    /// Begins a task; `tally` is what the tasks before it have come to.
    init(limits: Limits, policy: StopPolicy, tally: StopPolicy.Tally = .init()) {
        self.limits = limits
        self.policy = policy
        self.tally = tally
        self.tally.hasUsableEpisode = false
    }

    /// Why the run stops early; nil while nothing stands against going on.
    var stopReason: StopReason? {
        switch phase {
        case .running, .leaving: nil
        case .draining(let reason), .cancelling(let reason): reason
        }
    }

    /// Whether the user told the run to leave this task.
    var isLeft: Bool { phase == .leaving }

    /// What the run has come to, for the next task's machine.
    var runTally: StopPolicy.Tally { tally }

    /// How many episodes are alive.
    var liveCount: Int { ready.count + running.count + waiting.count + committing.count }

    /// The first actions.
    mutating func start(at now: Double) -> [RunAction] {
        var actions: [RunAction] = []
        if let reason = policy.reasonToStop(tally, at: now) { drain(reason, &actions) }
        schedule(at: now, &actions)
        return actions
    }

    /// What follows from an event.
    mutating func handle(_ event: RunEventKind, at now: Double) -> [RunAction] {
        var actions: [RunAction] = []
        switch event {
        case .offered(let id):
            source = .idle
            offered(id, &actions)
        case .sourceEnded:
            source = isRefilled ? .idle : .ended
            isRefilled = false
        case .sourceRefilled: refilled()
        case .sourceFailed(let error):
            source = .ended
            drain(.failed(error), &actions)
        case .attemptEnded(let id, let end, let spending):
            tally.spending += spending
            attemptEnded(id, end, at: now, &actions)
        case .committed(let id): committed(id, &actions)
        case .commitFailed(let id, let error):
            committing[id] = nil
            actions.append(.discard(id))
            cancel(.failed(error), &actions)
        case .timePassed: wakesAt = nil
        case .interrupted: interrupted(&actions)
        case .paused: isPaused = true
        case .resumed: isPaused = false
        case .limited(let concurrency): limits.concurrency = max(1, concurrency)
        case .taskCancelled: leave(&actions)
        case .cancelled: cancel(.interrupted, &actions)
        }
        if phase == .running, let reason = policy.reasonToStop(tally, at: now) { drain(reason, &actions) }
        schedule(at: now, &actions)
        return actions
    }

    // MARK: Episodes

    private mutating func offered(_ id: EpisodeID, _ actions: inout [RunAction]) {
        guard phase == .running else { return actions.append(.discard(id)) }
        // An episode that is to be attempted again may be alive already, when somebody asked for it twice.
        if !isAlive(id) { ready.append(id) }
    }

    private func isAlive(_ id: EpisodeID) -> Bool {
        running[id] != nil || waiting[id] != nil || committing[id] != nil || ready.contains(id)
    }

    private mutating func refilled() {
        switch source {
        case .ended: source = .idle
        case .pulling: isRefilled = true
        case .idle: break
        }
    }

    private mutating func attemptEnded(
        _ id: EpisodeID, _ end: AttemptEnd, at now: Double, _ actions: inout [RunAction]
    ) {
        guard var failures = running.removeValue(forKey: id) else { return }
        guard case .finished(let outcome) = end else {
            actions.append(.discard(id))
            return
        }
        if case .errored(let error) = outcome {
            if let reason = StopPolicy.reasonToStop(for: error) {
                // The run may not spend more; the episode is attempted when the run is resumed.
                drain(reason, &actions)
                actions.append(.discard(id))
                return
            }
            let canRetry = error.retry.isWorthwhile && failures.count < limits.maxRetries
            if canRetry, phase == .running {
                failures.append(error)
                let delay = limits.backoff.delay(after: failures.count, advice: error.retry)
                waiting[id] = Waiting(failures: failures, resumesAt: now + delay)
                actions.append(.announceRetry(id, error, attempt: failures.count + 1, delay: delay))
                return
            }
            if canRetry {
                // Attempting it again could help, and there is no time for that now: left to a resumption.
                actions.append(.discard(id))
                return
            }
        }
        committing[id] = outcome
        actions.append(.commit(id, failures: failures))
    }

    private mutating func committed(_ id: EpisodeID, _ actions: inout [RunAction]) {
        guard let outcome = committing.removeValue(forKey: id) else { return }
        tally.count(outcome)
        if phase == .running, let reason = policy.reasonToStop(after: outcome, tally) { drain(reason, &actions) }
    }

    // MARK: Stopping

    private mutating func interrupted(_ actions: inout [RunAction]) {
        switch phase {
        case .running: drain(.interrupted, &actions)
        case .draining: cancel(.interrupted, &actions)
        case .leaving:
            phase = .cancelling(.interrupted)
            actions.append(.announceStop(.interrupted))
        case .cancelling: break
        }
    }

    /// Leaves the task: what is in flight is told to stop; nothing of it is lost, since a resumption finds it anew.
    private mutating func leave(_ actions: inout [RunAction]) {
        guard phase == .running else { return }
        phase = .leaving
        discardWaiting(&actions)
        actions.append(.cancelRunning)
    }

    private mutating func discardWaiting(_ actions: inout [RunAction]) {
        actions += (ready + waiting.keys.sorted()).map(RunAction.discard)
        ready = []
        waiting = [:]
    }

    private mutating func drain(_ reason: StopReason, _ actions: inout [RunAction]) {
        guard phase == .running else { return }
        phase = .draining(reason)
        discardWaiting(&actions)
        actions.append(.announceStop(reason))
    }

    private mutating func cancel(_ reason: StopReason, _ actions: inout [RunAction]) {
        if phase == .leaving, case .failed = reason {
            phase = .cancelling(reason)
            return actions.append(.announceStop(reason))
        }
        drain(reason, &actions)
        guard case .draining(let first) = phase else { return }
        // An interruption tells nothing about why the run was stopping already; a failure does.
        if case .failed = reason { phase = .cancelling(reason) } else { phase = .cancelling(first) }
        actions.append(.cancelRunning)
    }

    // MARK: Scheduling

    private mutating func schedule(at now: Double, _ actions: inout [RunAction]) {
        guard !isFinished else { return }
        if phase == .running {
            if !isPaused { proceed(at: now, &actions) }
            wake(at: now, &actions)
        }
        let isSourceDone = source == .ended || (phase != .running && source == .idle)
        if isSourceDone, liveCount == 0 {
            isFinished = true
            actions.append(.finish)
        }
    }

    private mutating func proceed(at now: Double, _ actions: inout [RunAction]) {
        begin(at: now, &actions)
        guard source == .idle, liveCount - limits.readAhead < limits.concurrency else { return }
        source = .pulling
        actions.append(.pull)
    }

    /// Begins what there is room for: due retries first, then new episodes in the order in which they were offered.
    private mutating func begin(at now: Double, _ actions: inout [RunAction]) {
        let room = limits.concurrency - committing.count - running.count
        guard room > 0 else { return }
        let due = waiting.filter { $0.value.resumesAt <= now }.keys.sorted().prefix(room)
        for id in due {
            running[id] = waiting.removeValue(forKey: id)?.failures
            actions.append(.begin(id))
        }
        let new = ready.prefix(room - due.count)
        for id in new {
            running[id] = []
            actions.append(.begin(id))
        }
        ready.removeFirst(new.count)
    }

    /// Asks to be woken when the next retry is due, or the run's time is used up.
    private mutating func wake(at now: Double, _ actions: inout [RunAction]) {
        let moments = waiting.values.map(\.resumesAt) + [policy.budget.deadline].compactMap { $0 }
        guard let next = moments.filter({ $0 > now }).min(), next < wakesAt ?? .infinity else { return }
        wakesAt = next
        actions.append(.wait(until: next))
    }
}
