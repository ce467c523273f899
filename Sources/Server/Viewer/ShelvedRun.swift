import Evaluation
import Storage
import Synchronization

/// A run that the viewer knows: where it lies, its index, and what was last seen of it.
final class ShelvedRun: Sendable {
    /// What stands for the run in links: its id, or for a shard the path below the directory.
    let key: String
    /// The run's directory.
    let path: String
    private let cacheDirectory: String
    /// Protects the index, which is opened when it is first needed, and the last card.
    private let state = Mutex(State())

    private struct State {
        var index: RunIndex?
        var card: (signature: FileSignature, card: RunCard)?
        /// How many pairs there are with another run, as long as neither index changes.
        var pairs: [String: (generations: [Int], counts: PairedEpisodes.Counts)] = [:]
        /// Whether the keeper brings the index up to date.
        var isKept = false
    }

    init(key: String, path: String, cacheDirectory: String) {
        self.key = key
        self.path = path
        self.cacheDirectory = cacheDirectory
    }

    /// The run's index.
    ///
    /// Throws ``EvaluationError`` when the journal cannot be read or the index not be made.
    func index() throws(EvaluationError) -> RunIndex {
        if let open = openIndex { return open }
        let index = try RunIndex.open(runDirectory: path, cacheDirectory: cacheDirectory)
        return state.withLock { state in
            // Two requests may have opened it at once; one of them is kept.
            if let known = state.index { return known }
            state.index = index
            return index
        }
    }

    /// The index, where it has been needed before.
    var openIndex: RunIndex? { state.withLock { $0.index } }

    /// Whether a process works on the run now.
    var isLive: Bool {
        // A directory that cannot be looked at says nothing.
        (try? RunDirectory.held(at: path))?.contains { $0.shard == nil && $0.holder != nil } ?? false
    }

    /// What the table shows of the run; read anew only when its files have changed.
    func card() throws(EvaluationError) -> RunCard {
        let signature = FileSignature(["run.sqlite", "run.sqlite-wal", "summary.json"].map { "\(path)/\($0)" })
        let known = state.withLock { $0.card.flatMap { $0.signature == signature ? $0.card : nil } }
        if let known, !known.isUnfinished { return known }
        let card = try RunCard(self)
        state.withLock { $0.card = (signature, card) }
        return card
    }

    /// How many episodes it has in common with another run; counted anew only when one of the indexes has changed.
    func pairCounts(with other: ShelvedRun) throws(EvaluationError) -> PairedEpisodes.Counts {
        let (left, right) = (try index(), try other.index())
        let generations = [left.progress.generation, right.progress.generation]
        let known = state.withLock { state in
            state.pairs[other.key].flatMap { $0.generations == generations ? $0.counts : nil }
        }
        if let known { return known }
        let counts = try PairedEpisodes(left, right).counts()
        state.withLock { $0.pairs[other.key] = (generations, counts) }
        return counts
    }

    /// Claims the work of bringing the index up to date; false while somebody does it.
    func claim() -> Bool {
        state.withLock { state in
            if state.isKept { return false }
            state.isKept = true
            return true
        }
    }

    func release() { state.withLock { $0.isKept = false } }

    /// Brings the index up to date as far as a page can wait for it, and says how far it is.
    ///
    /// What is left is the keeper's. Throws ``EvaluationError`` when the journal cannot be read.
    func refresh(_ keeper: IndexKeeper) async throws(EvaluationError) -> IndexProgress {
        let index = try index()
        guard claim() else { return index.progress }
        let end = ContinuousClock.now + Self.patience
        do {
            var progress = try await index.advance(episodes: 100)
            while !progress.isCurrent, ContinuousClock.now < end { progress = try await index.advance(episodes: 100) }
            release()
            if !progress.isCurrent { keeper.wake(self) }
            return progress
        } catch {
            release()
            throw error
        }
    }

    /// How long a page waits for the index.
    private static let patience = Duration.milliseconds(40)
}
