import Evaluation
import GageConfiguration

/// Counts what happens in a run and tells its observer, not too often.
///
/// Used by the run loop alone, between its events; so it needs no lock.
struct ProgressTracker {
    private var snapshot: ProgressSnapshot
    private let observer: (@Sendable (ProgressSnapshot) -> Void)?
    private let commitObserver: (@Sendable (EpisodeRecord) -> Void)?
    private let interval: Double
    private let startedAt: Double
    /// Seconds since 1970 when the session began.
    private let sessionStart: Double
    private var lastReport = -Double.infinity
    private var rate = CompletionRate()

    init(runID: String, tasks: [PlannedTask], options: RunOptions, now: Double, wallSeconds: Double) {
        snapshot = ProgressSnapshot(
            runID: runID,
            tasks: tasks.map { planned in
                var task = ProgressSnapshot.Task(id: planned.id)
                task.concurrency = planned.concurrency
                return task
            })
        sessionStart = wallSeconds
        observer = options.onProgress
        commitObserver = options.onCommit
        interval = options.progressInterval.inSeconds
        startedAt = now
    }

    /// An attempt began or ended.
    mutating func running(_ change: Int, inTask ordinal: Int) { snapshot.tasks[ordinal].running += change }

    /// An attempt used this.
    mutating func spent(_ spending: Spending) {
        snapshot.tokens += spending.tokens
        snapshot.cost += spending.cost
    }

    /// An attempt failed and will be made again.
    mutating func retried(inTask ordinal: Int) { snapshot.tasks[ordinal].retries += 1 }

    /// An episode is in the journal.
    mutating func committed(_ record: EpisodeRecord, inTask ordinal: Int, now: Double) {
        rate.count(at: now)
        var task = snapshot.tasks[ordinal]
        task.done += 1
        switch record.outcome {
        case .scored: task.scored += 1
        case .unscorable: task.unscorable += 1
        case .errored(let error): task.errored[error.cause.rawValue, default: 0] += 1
        }
        for score in record.scores {
            guard let value = score.values.min(by: { $0.key < $1.key })?.value else { continue }
            let place = task.scores.firstIndex { $0.metric == score.metric }
            if let place {
                task.scores[place].count += 1
                task.scores[place].mean += (value - task.scores[place].mean) / Double(task.scores[place].count)
            } else {
                task.scores.append(.init(metric: score.metric, mean: value, count: 1))
            }
        }
        snapshot.tasks[ordinal] = task
        commitObserver?(record)
    }

    /// What is known of a task's data set.
    mutating func surveyed(_ census: TaskCensus, inTask ordinal: Int) {
        let skipped = census.alreadyDone - snapshot.tasks[ordinal].doneBefore
        snapshot.tasks[ordinal].doneBefore = census.alreadyDone
        snapshot.tasks[ordinal].done += skipped
        snapshot.tasks[ordinal].planned = census.expectedEpisodes
        snapshot.tasks[ordinal].dropped = census.dropped
    }

    /// Nothing new may begin, or may again.
    mutating func paused(_ isPaused: Bool) { snapshot.isPaused = isPaused }

    /// So many episodes of a task may run at once.
    mutating func limited(_ concurrency: Int, inTask ordinal: Int) { snapshot.tasks[ordinal].concurrency = concurrency }

    /// The user wants a task to be left.
    mutating func left(task ordinal: Int) { snapshot.tasks[ordinal].isCancelled = true }

    /// An errored episode that was counted has been attempted again, and is about to be counted anew.
    mutating func requeued(_ counted: CountedError, inTask ordinal: Int) {
        snapshot.tasks[ordinal].done -= 1
        let cause = counted.cause.rawValue
        // Errors of earlier sessions are not counted by cause.
        guard counted.startedAt >= sessionStart, let count = snapshot.tasks[ordinal].errored[cause] else { return }
        snapshot.tasks[ordinal].errored[cause] = count > 1 ? count - 1 : nil
    }

    /// The run is stopping.
    mutating func stopping(_ reason: StopReason) { snapshot.stopping = reason.message }

    /// A task is over.
    mutating func finished(task ordinal: Int) {
        snapshot.tasks[ordinal].isFinished = true
        snapshot.tasks[ordinal].running = 0
    }

    /// Tells the observer, unless it was told a moment ago and this is not important.
    mutating func report(now: Double, isImportant: Bool = false) {
        guard let observer, isImportant || now - lastReport >= interval else { return }
        lastReport = now
        observer(current(at: now))
    }

    /// How the run stands.
    mutating func current(at now: Double) -> ProgressSnapshot {
        var current = snapshot
        current.elapsed = now - startedAt
        current.rate = rate.perSecond(at: now)
        let planned = current.tasks.reduce(Int?(0)) { sum, task in sum.flatMap { sum in task.planned.map { sum + $0 } }
        }
        if let planned, let rate = current.rate, rate > 0 {
            current.remaining = Double(max(0, planned - current.tasks.reduce(0) { $0 + $1.done })) / rate
        }
        return current
    }
}

/// How many episodes are finished a second, lately.
struct CompletionRate {
    /// The span looked at, in seconds; and the number of equal parts in which it is counted.
    private static let (span, parts) = (30.0, 30)

    private var counts: [Int] = Array(repeating: 0, count: parts)
    private var newest: Int?
    private var firstAt = 0.0

    /// Counts an episode.
    mutating func count(at now: Double) {
        if newest == nil { firstAt = now }
        advance(to: now)
        if let newest { counts[newest % Self.parts] += 1 }
    }

    /// The rate; nil before the first episode.
    mutating func perSecond(at now: Double) -> Double? {
        guard newest != nil else { return nil }
        advance(to: now)
        let seconds = min(max(now - firstAt, 1), Self.span)
        return Double(counts.reduce(0, +)) / seconds
    }

    private mutating func advance(to now: Double) {
        let part = Int(now / (Self.span / Double(Self.parts)))
        guard let last = newest else {
            newest = part
            return
        }
        guard part > last else { return }
        for passed in (last + 1)...min(part, last + Self.parts) { counts[passed % Self.parts] = 0 }
        newest = part
    }
}
