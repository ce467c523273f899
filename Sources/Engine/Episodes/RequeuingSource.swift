import Evaluation
import JSON
import Storage

/// The episodes of a data set, and those that the user wants to be attempted again while the task goes on.
///
/// What an attempt starts from is not in the journal, so the data set is gone through once more, as far as the last
/// episode that is wanted.
actor RequeuingSource: EpisodeSource {
    /// Opens the data set anew for these samples, errored episodes included.
    typealias Reopening = @Sendable (_ samples: Set<String>) async throws -> DatasetSource

    private let primary: DatasetSource
    private let journal: Journal
    private let events: any EventSink
    private let reopen: Reopening
    /// Wanted and not looked for yet.
    private var wanted: Set<EpisodeID> = []
    /// Being looked for, and where.
    private var sought: [EpisodeID: CountedError] = [:]
    private var again: DatasetSource?
    private var hasEnded = false

    init(_ primary: DatasetSource, journal: Journal, events: any EventSink, reopen: @escaping Reopening) {
        self.primary = primary
        self.journal = journal
        self.events = events
        self.reopen = reopen
    }

    var census: TaskCensus {
        get async { await primary.census }
    }

    func requeue(_ episodes: [EpisodeID]) { wanted.formUnion(episodes) }

    func next() async throws -> EpisodeTicket? {
        while true {
            if let ticket = await nextWanted() { return ticket }
            if !hasEnded {
                if let ticket = try await primary.next() { return ticket }
                hasEnded = true
            }
            if wanted.isEmpty, sought.isEmpty { return nil }
        }
    }

    private func nextWanted() async -> EpisodeTicket? {
        do {
            if sought.isEmpty { try await seek() }
            while let source = again, !sought.isEmpty {
                guard var ticket = try await source.next() else { break }
                guard ticket.replaces != nil, let counted = sought.removeValue(forKey: ticket.id) else { continue }
                ticket.countedAs = counted
                return ticket
            }
        } catch {
            events.report(RunEvent("requeue_failed", payload: ["error": .string("\(error)")]))
        }
        (again, sought) = (nil, [:])
        return nil
    }

    /// Begins to look for what is wanted and the journal has as errored.
    private func seek() async throws {
        guard !wanted.isEmpty else { return }
        for id in wanted.sorted() {
            guard let stored = try journal.episode(id), case .errored(let error) = stored.record.outcome else {
                continue
            }
            sought[id] = CountedError(cause: error.cause, startedAt: stored.record.startedAt)
        }
        wanted = []
        guard !sought.isEmpty else { return }
        again = try await reopen(Set(sought.keys.map(\.sample)))
    }
}

/// Takes what was reported when the data set was gone through for the first time.
struct SilentEvents: EventSink {
    func report(_ event: RunEvent) {}
}
