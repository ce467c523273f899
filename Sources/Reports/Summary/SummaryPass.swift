import Evaluation
import GageConfiguration
import JSON
import Storage

/// Everything that reports collect of episodes besides metrics, in one pass over the journal and bounded memory.
struct SummaryPass {
    private(set) var census: EpisodeCensus
    private(set) var groups: GroupCensus
    private(set) var figures: EpisodeFigures
    private(set) var activity: ActivityHistory
    /// The curves over trials; empty until ``finish()``.
    private(set) var reliability: JSONValue = []
    private var trials: Reliability

    init(plan: Plan, seed: UInt64, sessions: [RunSession]) {
        census = EpisodeCensus(tasks: plan.tasks.count)
        groups = GroupCensus(plan: plan, seed: seed)
        figures = EpisodeFigures(plan: plan)
        activity = ActivityHistory(sessions: sessions)
        trials = Reliability(plan: plan)
    }

    /// Takes an episode, whatever its outcome; episodes come in plan order.
    mutating func add(_ record: EpisodeRecord) {
        census.add(record)
        groups.add(record)
        figures.add(record)
        activity.add(record)
        trials.add(record)
    }

    /// Says that there are no more.
    mutating func finish() { reliability = trials.finish() }
}
