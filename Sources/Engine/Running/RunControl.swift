import Evaluation

/// A handle with which a run that is under way is looked at and told what to do.
///
/// It holds what is wanted of the run, which the run's loop reads when it is woken, and what the run last said of itself.
/// So commands may be given before the run begins and between its tasks, and giving one twice does nothing more.
/// Everything here may be called from anywhere, a signal's handler thread included, but not from a signal handler.
public final class RunControl: Sendable {
    /// What is wanted of the run.
    struct Wishes: Sendable, Hashable {
        /// Grows with every change, so that a waiting loop notices.
        var version = 0
        /// How often it was asked to stop.
        var stops = 0
        /// Whether nothing new may begin.
        var isPaused = false
        /// Episodes at once, by task.
        var concurrency: [String: Int] = [:]
        /// Tasks that are to be left.
        var cancelled: Set<String> = []
        /// Errored episodes that are to be attempted again and were not looked for yet.
        var requeued: Set<EpisodeID> = []
        /// How often somebody asked how the run stands.
        var questions = 0
    }

    /// What the run last said of itself.
    struct Standing: Sendable {
        var place: RunPlace?
        var snapshot: ProgressSnapshot?
        /// The questions answered so far.
        var answers = 0
        var isOver = false
    }

    let wanted = Watched(Wishes())
    let standing = Watched(Standing())

    /// A handle that was not used yet.
    public init() {}

    /// Asks the run to stop.
    ///
    /// The first request lets what is in flight finish and begins nothing new; the second cancels what is in flight.
    public func interrupt() { change { $0.stops += 1 } }

    /// How often the run was asked to stop.
    public var requests: Int { wanted.read(\.stops) }

    /// Returns when there were more requests than `seen`, or when the caller's task is cancelled.
    public func waitForRequest(after seen: Int) async { await wanted.wait { $0.stops > seen } }

    func change(_ body: (inout Wishes) -> Void) {
        wanted.change { wishes in
            body(&wishes)
            wishes.version += 1
        }
    }
}
