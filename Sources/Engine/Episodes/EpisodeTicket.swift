import Evaluation
import Storage

/// An episode that is to be attempted, and everything that an attempt starts from.
struct EpisodeTicket: Sendable {
    /// What an attempt starts from.
    enum Start: Sendable {
        /// A sample; all steps are performed.
        case sample(Sample)
        /// A record that could not become a sample: the episode errors without an attempt.
        case broken(Sample, EvaluationError)
        /// An episode of the journal, of which only judges and metrics are performed again.
        case stored(EpisodeRecord)
    }

    /// Which attempt it is.
    var id: EpisodeID
    /// Where it stands in the plan's order.
    var position: EpisodePosition
    /// What it starts from.
    var start: Start
    /// What made a new version of an episode that the journal has; nil for one that it does not have.
    var replaces: String?
    /// How many attempts of this session came before.
    var attempt = 0
    /// What the session's counts have it as, where the user wants it attempted again while they are kept.
    var countedAs: CountedError?
}

/// How an errored episode was counted before it was attempted again.
struct CountedError: Sendable, Hashable {
    /// Its error's cause.
    var cause: Cause
    /// Seconds since 1970 when it began.
    var startedAt: Double
}

/// Gives the episodes of a task, one after another.
///
/// An actor, because the executor asks for the next one while others run; it asks for one at a time.
protocol EpisodeSource: Actor {
    /// The next episode, or nil when there is none.
    ///
    /// Throws ``EvaluationError`` when the data cannot be read on.
    func next() async throws -> EpisodeTicket?

    /// Gives the source episodes to give again, if the journal has them as errored; it may have ended before.
    func requeue(_ episodes: [EpisodeID])

    /// What the data has come to so far.
    var census: TaskCensus { get async }
}

extension EpisodeSource {
    /// What is gone through once has nothing to give again.
    func requeue(_ episodes: [EpisodeID]) {}
}
