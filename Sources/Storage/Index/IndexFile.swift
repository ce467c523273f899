import Evaluation
import GRDB
import Glibc
import JSON

/// The SQLite file of an index: where it lies, and how it is opened.
enum IndexFile {
    /// The file's name in a run directory.
    static let name = "index.sqlite"

    /// Opens the index of a run directory, or makes it.
    ///
    /// It lies in the run directory, or, where that cannot be written, in the cache directory under a name made from the
    /// run's place. A file that is damaged or of another version is made anew: everything in it is derived.
    static func open(runDirectory: String, cacheDirectory: String) throws(EvaluationError) -> DatabasePool {
        let canonical = FileSystem.canonical(runDirectory) ?? runDirectory
        let own = "\(canonical)/\(name)"
        if access(canonical, W_OK) == 0 {
            do {
                return try openOrMakeAnew(own)
            } catch let error as DatabaseError where isOutOfReach(error) {
                // The cache directory is left.
            } catch {
                throw JournalDatabase.wrap(error, "cannot open the index \(own)")
            }
        }
        let folder = "\(cacheDirectory)/index"
        try FileSystem.makeDirectories(folder)
        let cached = "\(folder)/\(sha256Hex(Array(canonical.utf8)).prefix(32)).sqlite"
        do {
            return try openOrMakeAnew(cached)
        } catch {
            throw JournalDatabase.wrap(error, "cannot open the index \(cached)")
        }
    }

    private static func openOrMakeAnew(_ path: String) throws -> DatabasePool {
        do {
            return try connect(path)
        } catch {
            guard mayBeMadeAnew(error) else { throw error }
        }
        remove(path)
        return try connect(path)
    }

    private static func isOutOfReach(_ error: DatabaseError) -> Bool {
        switch error.resultCode {
        case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_IOERR, .SQLITE_FULL: true
        default: false
        }
    }

    /// How connections to indexes are made.
    static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.foreignKeysEnabled = false
        configuration.maximumReaderCount = 4
        // A filter that no index helps goes through every row: those are mapped, and kept in memory as far as that goes.
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA mmap_size = \(1 << 28); PRAGMA cache_size = -16384")
        }
        return configuration
    }

    private static func connect(_ path: String) throws -> DatabasePool {
        let configuration = configuration()
        let pool = try DatabasePool(path: path, configuration: configuration)
        try pool.writeWithoutTransaction { database in
            // What a power cut takes away is derived again.
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
            try database.inTransaction(.immediate) {
                try prepare(database)
                return .commit
            }
        }
        return pool
    }

    private static func prepare(_ database: Database) throws {
        if try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0 {
            return try IndexSchema.create(in: database)
        }
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        guard application == IndexSchema.applicationID else {
            throw StorageFailure.request(
                "the file \(name) in the run directory is no index of gage", advice: "move it elsewhere")
        }
        guard try Int.fetchOne(database, sql: "PRAGMA user_version") == IndexSchema.version,
            try IndexSchema.isWhole(database)
        else { throw OtherTables() }
    }

    /// An index that another gage made, or somebody changed.
    private struct OtherTables: Error {}

    private static func mayBeMadeAnew(_ error: any Error) -> Bool {
        if error is OtherTables { return true }
        guard let failure = error as? DatabaseError else { return false }
        return failure.resultCode == .SQLITE_CORRUPT || failure.resultCode == .SQLITE_NOTADB
    }

    private static func remove(_ path: String) {
        for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
    }
}
