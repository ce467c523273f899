import Evaluation
import Models
import Storage
import Synchronization

/// What the calls of a run to its models use: counted while a session goes on, and kept for the next.
///
/// Every call counts: agents', simulated users', judges' and helpers', those of attempts that failed afterwards too.
/// Answers of a cache or a cassette use nothing.
final class RunSpending: Sendable {
    /// How often the journal is told, in seconds: what a killed process used since then is not accounted for.
    private static let interval = Duration.seconds(10)

    private let models: RunModels?
    private let journal: JournalWriter
    /// Protects what was reported before.
    private let reported = Mutex(Spending())

    init(models: any ModelProvider, journal: JournalWriter) {
        self.models = models as? RunModels
        self.journal = journal
    }

    /// What was used since this was last asked.
    ///
    /// Models that do not count are taken at what an attempt's trajectory says.
    func sinceLastAsked(trajectory: Spending) -> Spending {
        guard let models else { return trajectory }
        let total = Spending(models.trafficOfBackends())
        return reported.withLock { reported in
            let before = reported
            reported = total
            var difference = Spending()
            difference.tokens = total.tokens - before.tokens
            difference.cost = total.cost - before.cost
            difference.unpriced = total.unpriced - before.unpriced
            return difference
        }
    }

    /// Tells the journal again and again while the body runs.
    func recording<Result: Sendable>(_ body: () async -> Result) async -> Result {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                while (try? await Task.sleep(for: Self.interval)) != nil {
                    // A disk that takes nothing more is reported by the next episode that it should take.
                    try? await self.record()
                }
            }
            let result = await body()
            group.cancelAll()
            return result
        }
    }

    /// Tells the journal what the calls of this session came to.
    func record() async throws(EvaluationError) {
        guard let models else { return }
        try await journal.record(models.trafficOfBackends())
    }
}

/// What a run's earlier sessions used.
struct EarlierSpending: Sendable {
    /// Of models.
    var spending = Spending()
    /// Of time, in seconds.
    var seconds = 0.0

    init() {}

    /// Sums up what the journal knows, of sessions that ended by themselves and of killed ones.
    init(_ journal: Journal) throws(EvaluationError) {
        let traffic = try journal.traffic()
        spending = Spending(traffic.flatMap { $0 })
        seconds = try journal.earlierSeconds()
    }
}
