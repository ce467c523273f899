import Evaluation

/// What the executor reports to the state machine.
enum RunEventKind: Sendable {
    /// The source has another episode.
    case offered(EpisodeID)
    /// The source has no more.
    case sourceEnded
    /// The source was given episodes to attempt again, even if it had ended.
    case sourceRefilled
    /// The source broke: the data set cannot be read on.
    case sourceFailed(EvaluationError)
    /// An attempt came to its end, having spent this.
    case attemptEnded(EpisodeID, AttemptEnd, Spending)
    /// The journal has the episode.
    case committed(EpisodeID)
    /// The journal could not take it.
    case commitFailed(EpisodeID, EvaluationError)
    /// A moment that the machine asked for has come.
    case timePassed
    /// The user asks to stop.
    case interrupted
    /// The user wants nothing new to begin.
    case paused
    /// The user wants it to go on.
    case resumed
    /// The user wants so many episodes at once.
    case limited(Int)
    /// The user wants this task to be left, and the run to go on.
    case taskCancelled
    /// The task that runs all this was cancelled.
    case cancelled
}

/// How an attempt at an episode ended.
enum AttemptEnd: Sendable, Hashable {
    /// With an outcome.
    case finished(Outcome)
    /// It was told to stop before it had one.
    case cancelled
}

/// What the executor has to do.
enum RunAction: Sendable, Hashable {
    /// Ask the source for an episode.
    case pull
    /// Attempt an episode.
    case begin(EpisodeID)
    /// Write an episode to the journal, with what failed before.
    case commit(EpisodeID, failures: [EvaluationError])
    /// Forget an episode; it is not in the journal, and a resumption will find it anew.
    case discard(EpisodeID)
    /// Report `timePassed` at this moment.
    case wait(until: Double)
    /// Tell people that an episode will be attempted again.
    case announceRetry(EpisodeID, EvaluationError, attempt: Int, delay: Double)
    /// Tell people that the run stops.
    case announceStop(StopReason)
    /// Cancel everything that runs.
    case cancelRunning
    /// The task is over.
    case finish
}
