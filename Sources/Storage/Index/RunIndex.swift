public import Evaluation
import GRDB
import Glibc
import Synchronization

/// How far an index has come with its journal.
public struct IndexProgress: Sendable, Hashable {
    /// Episodes that are in the index.
    public var indexed: Int
    /// Episodes that are in the journal.
    public var total: Int
    /// Whether everything that the journal has is in the index.
    public var isCurrent: Bool
    /// Changes whenever the index's content has changed.
    public var generation: Int

    /// Says how far an index has come.
    public init(indexed: Int, total: Int, isCurrent: Bool, generation: Int) {
        self.indexed = indexed
        self.total = total
        self.isCurrent = isCurrent
        self.generation = generation
    }
}

/// A searchable list of a run's episodes, derived from its journal and kept in a file of its own.
///
/// It is made by readers and never by the run, step by step through ``advance(episodes:)``, also while the run goes on.
/// Deleting the file loses nothing.
///
/// ```swift
/// let index = try RunIndex.open(runDirectory: path, cacheDirectory: cache)
/// try await index.bringUpToDate()
/// let page = try await index.page(EpisodeQuery(filter: try EpisodeFilter("outcome = errored")))
/// ```
public final class RunIndex: Sendable {
    /// The run's directory.
    public let runDirectory: String
    let pool: DatabasePool
    /// Protects the connection to the journal and what was seen of it last.
    private let source: Mutex<Source>
    /// Protects what pages were last told about the run as a whole.
    let overviews = Mutex<KnownOverview?>(nil)

    /// What was last counted, and when.
    struct KnownOverview {
        var generation: Int
        var overview: RunOverview
        var moment: ContinuousClock.Instant
    }

    private struct Source {
        var journal: Journal
        var identity: FileIdentity
        var dataVersion: Int?
        var progress = IndexProgress(indexed: 0, total: 0, isCurrent: false, generation: 0)
    }

    private init(runDirectory: String, pool: DatabasePool, journal: Journal, identity: FileIdentity) {
        self.runDirectory = runDirectory
        self.pool = pool
        source = Mutex(Source(journal: journal, identity: identity))
    }

    /// Opens a run's index, or makes an empty one.
    ///
    /// It lies in the run directory as `index.sqlite`; where that cannot be written, below `cacheDirectory`. Throws
    /// ``EvaluationError``, cause `configuration` when there is no journal, `gage` when neither place can hold the file.
    public static func open(runDirectory: String, cacheDirectory: String) throws(EvaluationError) -> RunIndex {
        let path = "\(runDirectory)/\(RunDirectory.Name.journal)"
        let identity = try FileIdentity(path)
        let journal = try Journal.open(path)
        let pool = try IndexFile.open(runDirectory: runDirectory, cacheDirectory: cacheDirectory)
        return RunIndex(runDirectory: runDirectory, pool: pool, journal: journal, identity: identity)
    }

    /// The run's journal.
    public var journal: Journal { source.withLock { $0.journal } }

    /// How far the index was at the last look.
    public var progress: IndexProgress { source.withLock { $0.progress } }

    /// Takes what is new in the journal into the index, some of it at a time, and says how far it is.
    ///
    /// Costs next to nothing when nothing has changed. Several processes may do this at once. Throws
    /// ``EvaluationError``, cause `gage`, when the journal cannot be read or the index not be written.
    @discardableResult
    public func advance(episodes limit: Int = 1_000) async throws(EvaluationError) -> IndexProgress {
        let identity = try FileIdentity("\(runDirectory)/\(RunDirectory.Name.journal)")
        let journal = try journal(of: identity)
        let version = try journal.dataVersion()
        let known = source.withLock { $0.dataVersion == version && $0.progress.isCurrent ? $0.progress : nil }
        if let known { return known }
        do {
            let advanced = try await pool.write { database in
                try IndexAdvance(database: database, journal: journal, identity: identity).advance(by: limit)
            }
            return source.withLock { source in
                source.dataVersion = version
                let generation = source.progress.generation + (advanced.hasChanged ? 1 : 0)
                source.progress = IndexProgress(
                    indexed: advanced.indexed, total: advanced.total, isCurrent: advanced.isCurrent,
                    generation: generation)
                return source.progress
            }
        } catch {
            throw JournalDatabase.wrap(error, "cannot bring the index of \(runDirectory) up to date")
        }
    }

    /// Takes everything that the journal has into the index.
    ///
    /// Throws as ``advance(episodes:)`` does.
    @discardableResult
    public func bringUpToDate() async throws(EvaluationError) -> IndexProgress {
        while true {
            let progress = try await advance()
            if progress.isCurrent { return progress }
        }
    }

    /// The journal, opened again when another file has taken its place.
    private func journal(of identity: FileIdentity) throws(EvaluationError) -> Journal {
        if let same = source.withLock({ $0.identity == identity ? $0.journal : nil }) { return same }
        let journal = try Journal.open("\(runDirectory)/\(RunDirectory.Name.journal)")
        source.withLock { source in
            source.journal = journal
            source.identity = identity
            source.dataVersion = nil
        }
        return journal
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(EvaluationError) -> Value {
        do {
            return try await pool.read(body)
        } catch {
            throw JournalDatabase.wrap(error, "cannot read the index of \(runDirectory)")
        }
    }
}

/// Which file a path leads to, so that another one in its place is noticed.
struct FileIdentity: Sendable, Hashable {
    var device: Int64
    var inode: Int64

    init(_ path: String) throws(EvaluationError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw StorageFailure.request("there is no journal at \(path)") }
        device = Int64(truncatingIfNeeded: status.st_dev)
        inode = Int64(truncatingIfNeeded: status.st_ino)
    }
}
