public import Evaluation
import GRDB
import Glibc

/// Makes one journal of several: those of a run's shards, and that of the run itself where it has one already.
///
/// The new journal is made beside the old one and takes its place in one step at the end, so that a merge that fails or
/// is killed leaves everything as it was. Episodes are copied within SQLite, not through memory.
///
/// Where several journals have an episode, the better outcome is kept (scored, then unscorable, then errored), then the
/// one that was written more often (retried, judged again), then the one that began later, then that of the journal
/// named first. The order of the journals decides nothing else.
public final class JournalMerge {
    /// A journal to merge.
    public struct Source: Sendable, Hashable {
        /// What reports call it.
        public var name: String
        /// Where the file is.
        public var path: String

        /// Names a journal.
        public init(name: String, path: String) {
            self.name = name
            self.path = path
        }
    }

    private let target: String
    private let temporary: String
    private let queue: DatabaseQueue
    private var isFinished = false

    /// Begins a merge into the journal of a run's directory, which must be locked by this process.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when the disk does not allow it.
    public init(into directory: RunDirectory) throws(EvaluationError) {
        target = directory.journalPath
        temporary = target + ".merging"
        // What a killed merge left.
        for rest in ["", "-journal", "-wal", "-shm"] { unlink(temporary + rest) }
        do {
            queue = try DatabaseQueue(path: temporary)
            // Until it is whole nobody else opens the file, and it is thrown away when the merge fails.
            try queue.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
                try JournalSchema.migrate(database)
                try database.execute(sql: Self.choiceTable)
            }
        } catch {
            throw JournalDatabase.wrap(error, "cannot make the journal \(temporary)")
        }
    }

    deinit {
        guard !isFinished else { return }
        // The file is thrown away, so that it does not matter how it is closed.
        try? queue.close()
        unlink(temporary)
    }

    /// What has been merged so far, for reading.
    public var journal: Journal { Journal(reader: queue) }

    /// Copies the episodes of all these journals, each once, and says where they came from.
    ///
    /// Nobody else may write the journals meanwhile: the caller holds the locks of their directories. Throws
    /// ``EvaluationError``: cause `configuration` for a file that is no journal of this or an earlier gage, `gage` when one
    /// cannot be read.
    public func add(_ sources: [Source]) throws(EvaluationError) -> MergedEpisodes {
        for source in sources { try JournalDatabase.settle(source.path) }
        do {
            return try queue.writeWithoutTransaction { database in
                var choice = EpisodeChoice(sources: sources)
                for index in sources.indices { try choice.offer(index, to: database) }
                for index in sources.indices { try choice.copy(index, in: database) }
                for index in sources.indices { try choice.copyAnnotations(index, in: database) }
                return choice.merged
            }
        } catch {
            throw JournalDatabase.wrap(error, "cannot merge the journals")
        }
    }

    /// Writes what the journal says besides its episodes, and puts it into its place.
    ///
    /// Throws ``EvaluationError``: cause `configuration` while another program has the old journal open, `gage` when the
    /// disk does not allow it.
    public func finish(_ run: MergedRun) throws(EvaluationError) {
        do {
            try queue.writeWithoutTransaction { database in
                try JournalStatements.insert(run.metadata, into: database)
                for session in run.sessions { try JournalStatements.insert(session, into: database) }
                for task in run.tasks { try JournalStatements.insert(task, into: database) }
                for item in run.dropped { try JournalStatements.insert(item, of: item.task, into: database) }
            }
            try queue.close()
        } catch {
            throw JournalDatabase.wrap(error, "cannot make the journal \(temporary)")
        }
        try putIntoPlace()
        isFinished = true
    }

    private func putIntoPlace() throws(EvaluationError) {
        if FileSystem.exists(target) { try JournalDatabase.settle(target) }
        // SQLite would apply the old journal's log to the new journal.
        guard !FileSystem.exists(target + "-wal") else {
            throw StorageFailure.request(
                "another program has \(target) open", advice: "close it, then merge again")
        }
        let descriptor = try FileSystem.open(temporary, O_RDWR)
        let isOnDisk = fsync(descriptor) == 0
        close(descriptor)
        guard isOnDisk, rename(temporary, target) == 0 else { throw StorageFailure.system("write", target) }
        FileSystem.synchronizeDirectory(String(target.dropLast(RunDirectory.Name.journal.count + 1)))
    }

    /// Which journal each episode is taken from; `rank` orders outcomes.
    private static let choiceTable = """
        CREATE TEMPORARY TABLE choice (
            task TEXT NOT NULL,
            sample_id TEXT NOT NULL,
            trial INTEGER NOT NULL,
            source INTEGER NOT NULL,
            episode INTEGER NOT NULL,
            rank INTEGER NOT NULL,
            revision INTEGER NOT NULL,
            started_at REAL NOT NULL,
            PRIMARY KEY (task, sample_id, trial)
        ) WITHOUT ROWID;
        """
}
