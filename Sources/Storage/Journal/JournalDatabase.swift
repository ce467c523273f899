import Evaluation
import GRDB

/// Opens SQLite files the way journals need it.
enum JournalDatabase {
    /// What `PRAGMA synchronous` answers for NORMAL.
    private static let normalSynchronous = 1

    /// How long a write waits for another program that holds the journal's lock, such as a backup, in seconds.
    static let patience = 30.0

    /// Opens a journal for one writer and many readers, in write-ahead mode.
    ///
    /// `synchronous` is NORMAL: what was committed survives the end of the process however it ends, kill -9 included,
    /// and the file survives a power cut whole; the last commits before a power cut may be lost. FULL would cost a
    /// forced write (some 10 ms) for every commit. GRDB sets the value itself after its preparation block, so it is set
    /// again and read back here.
    static func openForWriting(
        _ path: String, patience: Double = patience
    ) throws(EvaluationError) -> DatabasePool {
        do {
            let pool = try DatabasePool(path: path, configuration: configuration(patience: patience))
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = NORMAL")
                let mode = try Int.fetchOne(database, sql: "PRAGMA synchronous")
                guard mode == normalSynchronous else {
                    throw StorageFailure.plain("SQLite does not keep 'synchronous = NORMAL'")
                }
                let journal = try String.fetchOne(database, sql: "PRAGMA journal_mode")
                guard journal == "wal" else {
                    throw StorageFailure.plain(
                        "SQLite cannot use a write-ahead log at \(path)",
                        advice: "network file systems cannot; choose an output directory on a local disk")
                }
                try JournalSchema.migrate(database)
            }
            return pool
        } catch {
            throw wrap(error, "cannot open the journal \(path)")
        }
    }

    /// Opens a journal for reading, beside a process that may be writing it.
    static func openForReading(_ path: String) throws(EvaluationError) -> any DatabaseReader {
        guard FileSystem.exists(path) else {
            throw StorageFailure.request("there is no journal at \(path)")
        }
        do {
            var configuration = configuration()
            configuration.readonly = true
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            let version = try queue.read { try JournalSchema.current($0) }
            guard version > 0 else { throw StorageFailure.request("the journal \(path) is empty") }
            return queue
        } catch {
            throw wrap(error, "cannot read the journal \(path)")
        }
    }

    /// Opens a journal to add a little to it, in the mode that it is in, beside a process that may be writing it.
    static func openBeside(_ path: String) throws -> DatabaseQueue {
        guard FileSystem.exists(path) else { throw StorageFailure.request("there is no journal at \(path)") }
        return try DatabaseQueue(path: path, configuration: configuration())
    }

    /// Ends write-ahead mode, so that a finished journal is one file that can be copied and read anywhere.
    static func makeSingleFile(_ path: String) {
        // A viewer that still reads keeps the file in write-ahead mode, which is only less handy; so failures are ignored.
        guard let queue = try? DatabaseQueue(path: path) else { return }
        // As above.
        try? queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
        // As above.
        try? queue.close()
    }

    /// Brings the journal of a process that has ended, however it ended, to one file of the newest version.
    static func settle(_ path: String) throws(EvaluationError) {
        let pool = try openForWriting(path)
        do {
            try pool.close()
        } catch {
            throw wrap(error, "cannot close the journal \(path)")
        }
        makeSingleFile(path)
    }

    /// The room's error for one of SQLite's; errors of the room pass.
    static func wrap(_ error: any Error, _ message: String) -> EvaluationError {
        if let known = error as? EvaluationError { return known }
        var advice: String?
        if let failure = error as? DatabaseError {
            switch failure.resultCode {
            case .SQLITE_FULL: advice = "free some disk space, then resume the run"
            case .SQLITE_IOERR:
                advice = "the disk failed, or a limit on the size of files (ulimit -f) was reached; then resume the run"
            case .SQLITE_BUSY:
                advice = "another program holds the journal's lock; let it end, then resume the run"
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: advice = "the file is damaged; 'sqlite3 FILE .recover' may save rows"
            case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM: advice = "check the permissions of the directory"
            default: break
            }
        }
        return StorageFailure.plain(message, advice: advice, underlying: error)
    }

    private static func configuration(patience: Double = patience) -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(patience)
        configuration.foreignKeysEnabled = false
        configuration.maximumReaderCount = 4
        return configuration
    }
}
