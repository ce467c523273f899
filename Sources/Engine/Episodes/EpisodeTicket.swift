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
}

/// Gives the episodes of a task, one after another.
///
/// An actor, because the executor asks for the next one while others run; it asks for one at a time.
protocol EpisodeSource: Actor {
    /// The next episode, or nil when there is none.
    ///
    /// Throws ``EvaluationError`` when the data cannot be read on.
    func next() async throws -> EpisodeTicket?

    /// What the data has come to so far.
    var census: TaskCensus { get }
}
