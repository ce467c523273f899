public import Evaluation
import Glibc

/// The directory of one shard of a run.
public struct ShardDirectory: Sendable, Hashable {
    /// Which part of the run it is.
    public var shard: Shard
    /// Where it is.
    public var path: String
}

extension RunDirectory {
    /// The directories of a run's shards, begun or not, by count and number; `path` is the run's directory.
    ///
    /// Empty where there are none. Throws ``EvaluationError``, cause `gage`, when the disk does not allow to look.
    public static func shards(of path: String) throws(EvaluationError) -> [ShardDirectory] {
        let folder = "\(path)/\(Name.shards)"
        return try FileSystem.names(in: folder).compactMap { name in
            Shard(directoryName: name).map { ShardDirectory(shard: $0, path: "\(folder)/\(name)") }
        }.sorted { ($0.shard.count, $0.shard.number) < ($1.shard.count, $1.shard.number) }
    }

    /// Whether a directory has a journal.
    public static func hasJournal(_ path: String) -> Bool { FileSystem.exists("\(path)/\(Name.journal)") }

    /// The journal in a directory; nil where there is none, and where its process died before it said whose it is.
    ///
    /// Throws ``EvaluationError``, cause `configuration` for a file that is no journal, `gage` when it cannot be read.
    public static func begunJournal(in path: String) throws(EvaluationError) -> Journal? {
        guard hasJournal(path) else { return nil }
        let journal = try Journal.open("\(path)/\(Name.journal)")
        return try journal.isBegun ? journal : nil
    }

    /// Whether a run, or one shard of it, has a journal; an id that cannot name a directory names no run.
    public static func exists(in outputDirectory: String, runID: String, shard: Shard? = nil) -> Bool {
        // Beginning such a run says why it cannot be.
        guard let path = try? location(in: outputDirectory, runID: runID, shard: shard) else { return false }
        return hasJournal(path)
    }

    /// Whether a file can be read.
    public static func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }

    /// The id of the run that a directory without symbolic links is of: `r` for `/runs/r` and for `/runs/r/shards/1-of-2`.
    static func runID(ofPath path: String) -> String {
        let names = path.split(separator: "/").suffix(3).map(String.init)
        if names.count == 3, names[1] == Name.shards, Shard(directoryName: names[2]) != nil { return names[0] }
        return names.last ?? path
    }
}
