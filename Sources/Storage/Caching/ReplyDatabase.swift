import Evaluation
import GRDB
import Glibc
import JSON

/// The SQLite file of a ``ReplyStore``.
struct ReplyDatabase: Sendable {
    /// What the file's header says whose it is: `gage`.
    private static let applicationID = 0x6761_6765
    private static let version = 1
    private static let schema = """
        CREATE TABLE reply (
            id INTEGER PRIMARY KEY,
            digest TEXT NOT NULL UNIQUE,
            model TEXT NOT NULL,
            body TEXT NOT NULL,
            checksum TEXT NOT NULL,
            bytes INTEGER NOT NULL,
            tokens INTEGER,
            cost REAL,
            created REAL NOT NULL,
            used REAL NOT NULL,
            uses INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX reply_used ON reply (used);
        """
    /// How often a file is opened again that others are making just now.
    private static let attempts = 100

    private let path: String
    private let reader: any DatabaseReader
    private let writer: DatabasePool?

    var isWritable: Bool { writer != nil }

    init(path: String, isWritable: Bool) throws(EvaluationError) {
        self.path = path
        try Self.checkFile(path, isWritable: isWritable)
        do {
            if isWritable {
                let pool = try Self.openPool(path)
                (reader, writer) = (pool, pool)
            } else {
                var configuration = Self.configuration()
                configuration.readonly = true
                let queue = try DatabaseQueue(path: path, configuration: configuration)
                try queue.read { try Self.check($0, path) }
                (reader, writer) = (queue, nil)
            }
        } catch {
            throw Self.failure(error, "cannot open the cache \(path)")
        }
    }

    /// Reads without a transaction: a look-up is one statement.
    func read<Value>(_ body: (Database) throws -> Value) throws(EvaluationError) -> Value {
        do {
            return try reader.unsafeRead(body)
        } catch {
            throw Self.failure(error, "cannot read the cache \(path)")
        }
    }

    /// Writes in a transaction.
    func write<Value>(_ body: (Database) throws -> Value) throws(EvaluationError) -> Value {
        try withWriter { writer in try writer.write(body) }
    }

    /// Writes without a transaction, as vacuuming wants it.
    func writeWithoutTransaction<Value>(_ body: (Database) throws -> Value) throws(EvaluationError) -> Value {
        try withWriter { writer in try writer.writeWithoutTransaction(body) }
    }

    func close() {
        // There is nothing to lose in a file that cannot be closed: every reply is committed.
        try? reader.close()
    }

    /// What a reply must have beside it: a digest of both, so that neither a damaged nor a misplaced reply is one.
    static func checksum(_ body: String, of digest: String) -> String {
        var hasher = SHA256Hasher()
        hasher.update(digest)
        hasher.update(body)
        return String(hasher.finalize().prefix(16))
    }

    private func withWriter<Value>(_ body: (DatabasePool) throws -> Value) throws(EvaluationError) -> Value {
        guard let writer else { throw StorageFailure.plain("the cache \(path) is open for reading only") }
        do {
            return try body(writer)
        } catch {
            throw Self.failure(error, "cannot write the cache \(path)")
        }
    }
}

// MARK: Opening

extension ReplyDatabase {
    /// Refuses what is no SQLite file before SQLite sees it, and makes a missing file readable for its owner only.
    private static func checkFile(_ path: String, isWritable: Bool) throws(EvaluationError) {
        guard FileSystem.exists(path) else {
            guard isWritable else { throw StorageFailure.request("there is no cache at \(path)") }
            try FileSystem.makeDirectories(FileSystem.directory(of: path))
            Glibc.close(try FileSystem.open(path, O_RDWR | O_CREAT, mode: 0o600))
            return
        }
        let descriptor = try FileSystem.open(path, O_RDONLY)
        defer { Glibc.close(descriptor) }
        var header = [UInt8](repeating: 0, count: 16)
        let count = Glibc.read(descriptor, &header, header.count)
        guard count == 0 || (count == 16 && header == Array("SQLite format 3\0".utf8)) else { throw foreign(path) }
    }

    private static func openPool(_ path: String) throws -> DatabasePool {
        var attempt = 1
        while true {
            do {
                let pool = try DatabasePool(path: path, configuration: configuration())
                try pool.writeWithoutTransaction { database in
                    try database.execute(sql: "PRAGMA synchronous = NORMAL")
                    guard try String.fetchOne(database, sql: "PRAGMA journal_mode") == "wal" else {
                        throw StorageFailure.request(
                            "SQLite cannot use a write-ahead log at \(path)",
                            advice: "network file systems cannot; choose a cache on a local disk")
                    }
                }
                try pool.write { database in
                    if try isEmpty(database) { try create(database) }
                    try check(database, path)
                }
                return pool
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && attempt < attempts {
                // Turning to write-ahead mode does not wait for others that do the same.
                attempt += 1
                usleep(20_000)
            }
        }
    }

    private static func isEmpty(_ database: Database) throws -> Bool {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0
    }

    private static func create(_ database: Database) throws {
        try database.execute(sql: schema)
        try database.execute(sql: "PRAGMA application_id = \(applicationID)")
        try database.execute(sql: "PRAGMA user_version = \(version)")
    }

    private static func check(_ database: Database, _ path: String) throws {
        let identity = try Int.fetchOne(database, sql: "PRAGMA application_id")
        guard identity == applicationID else { throw foreign(path) }
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard found == version else {
            throw StorageFailure.request(
                "the cache \(path) has format \(found), and this gage reads \(version)",
                advice: "use another file, or remove this one")
        }
    }

    private static func foreign(_ path: String) -> EvaluationError {
        StorageFailure.request(
            "\(path) is there and is no cache of gage's", advice: "name another file, or remove this one")
    }

    private static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.foreignKeysEnabled = false
        configuration.maximumReaderCount = 4
        // Before the first table is made, so that pruning can give space back.
        configuration.prepareDatabase { database in
            guard !database.configuration.readonly else { return }
            try database.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
        }
        return configuration
    }

    /// The room's error for one of SQLite's; errors of the room pass.
    static func failure(_ error: any Error, _ message: String) -> EvaluationError {
        if let known = error as? EvaluationError { return known }
        guard let failure = error as? DatabaseError else { return StorageFailure.plain(message, underlying: error) }
        switch failure.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            return EvaluationError(
                .configurationInvalid, "\(message): the file is damaged", cause: .configuration,
                advice: "remove it; a run fills a new one", underlying: error)
        case .SQLITE_FULL:
            return StorageFailure.plain(message, advice: "free some disk space", underlying: error)
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM:
            return StorageFailure.plain(
                message, advice: "check the permissions of the file and its directory", underlying: error)
        default: return StorageFailure.plain(message, underlying: error)
        }
    }
}
