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

    /// Whether a file can be read.
    public static func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }

    /// The id of the run that a directory without symbolic links is of: `r` for `/runs/r` and for `/runs/r/shards/1-of-2`.
    static func runID(ofPath path: String) -> String {
        let names = path.split(separator: "/").suffix(3).map(String.init)
        if names.count == 3, names[1] == Name.shards, Shard(directoryName: names[2]) != nil { return names[0] }
        return names.last ?? path
    }
}
