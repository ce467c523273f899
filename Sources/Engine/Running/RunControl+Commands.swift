public import Evaluation

/// What a run that is under way can be told to do.
public enum RunControlCommand: Sendable, Hashable {
    /// Stop: let what is in flight finish, or, with `now`, cancel it; a resumption goes on.
    case stop(now: Bool)
    /// Begin nothing new until told to go on; what is in flight finishes.
    case pause
    /// Go on after a pause.
    case resume
    /// Let so many episodes of a task, at least one, run at once.
    case limit(task: String, concurrency: Int)
    /// Leave a task: what is in flight is cancelled, and a resumption attempts what is missing.
    case cancel(task: String)
    /// Attempt errored episodes of the task that goes on again.
    case requeue([EpisodeID])
}

/// Where and what a run is that goes on.
public struct RunPlace: Sendable, Hashable {
    /// The run's id.
    public var runID: String
    /// The run's directory, a shard's own where it is one.
    public var directory: String
    /// The part of the run that this is; nil for all of it.
    public var shard: Shard?
    /// What the process does: `run`, `resume`, `retry`, `score` or `import`.
    public var command: String
    /// The ids of the plan's tasks, in plan order.
    public var tasks: [String]
    /// Seconds since 1970 when the session began.
    public var startedAt: Double
}

extension RunControl {
    /// Tells the run what to do, as soon as its loop comes to it.
    public func perform(_ command: RunControlCommand) {
        switch command {
        case .stop(let now): change { $0.stops = max($0.stops + 1, now ? 2 : 1) }
        case .pause: change { $0.isPaused = true }
        case .resume: change { $0.isPaused = false }
        case .limit(let task, let concurrency): change { $0.concurrency[task] = max(1, concurrency) }
        case .cancel(let task): change { $0.cancelled.insert(task) }
        case .requeue(let episodes): change { $0.requeued.formUnion(episodes) }
        }
    }

    /// Returns when a run has begun with this handle, where it is; nil when it ended or the caller's task is cancelled.
    public func waitForRun() async -> RunPlace? {
        await standing.wait { $0.place != nil || $0.isOver }
        return standing.read { $0.isOver ? nil : $0.place }
    }

    /// The run that goes on with this handle; nil before it begins and once it has ended.
    public var place: RunPlace? { standing.read { $0.isOver ? nil : $0.place } }

    /// Whether nothing new may begin.
    public var isPaused: Bool { wanted.read(\.isPaused) }

    /// How the run stands at this moment; nil before its first task begins.
    ///
    /// The loop of the run answers; while it has none, as when a data set is being opened, what it last said is returned
    /// after a quarter of a second.
    public func snapshot() async -> ProgressSnapshot? {
        change { $0.questions += 1 }
        let question = wanted.read(\.questions)
        _ = await TimeLimit.run(.milliseconds(250)) { [standing] in
            await standing.wait { $0.answers >= question || $0.isOver }
        }
        return standing.read(\.snapshot)
    }
}

// MARK: What the run's loop uses

extension RunControl {
    /// Says that a run begins.
    func begin(_ place: RunPlace) {
        standing.change { standing in
            standing.place = place
            standing.isOver = false
        }
    }

    /// Says how the run stands, in answer to all questions asked before `wishes` were read.
    func publish(_ snapshot: ProgressSnapshot, answering wishes: Wishes) {
        standing.change { standing in
            standing.snapshot = snapshot
            standing.answers = max(standing.answers, wishes.questions)
        }
    }

    /// Says that the run is over.
    func end() { standing.change { $0.isOver = true } }

    /// What is wanted now.
    var wishes: Wishes { wanted.read { $0 } }

    /// Returns when something else is wanted than in `seen`, or when the caller's task is cancelled.
    func waitForWish(after seen: Wishes) async { await wanted.wait { $0.version > seen.version } }

    /// Whether a task is to be left.
    func isCancelled(task: String) -> Bool { wanted.read { $0.cancelled.contains(task) } }

    /// The episodes of a task that are to be attempted again; asked for once.
    func takeRequeued(ofTask task: String) -> [EpisodeID] {
        var taken: [EpisodeID] = []
        wanted.change { wishes in
            taken = wishes.requeued.filter { $0.task == task }.sorted()
            wishes.requeued.subtract(taken)
        }
        return taken
    }
}
