public import Evaluation

/// The directory of a run, or of one of its shards, in which a process works.
public struct HeldDirectory: Sendable, Hashable {
    /// The run's id.
    public var runID: String
    /// The part of the run; nil for all of it.
    public var shard: Shard?
    /// The directory's path.
    public var path: String
    /// The process that works in it; nil when the one that did is gone.
    public var holder: Int32?
}

extension RunDirectory {
    /// The directories below an output directory in which a process works, or did until it was killed, by run and shard.
    ///
    /// Empty when the directory does not exist. Throws ``EvaluationError``, cause `gage`, when it cannot be read.
    public static func held(in outputDirectory: String) throws(EvaluationError) -> [HeldDirectory] {
        var found: [HeldDirectory] = []
        for runID in try FileSystem.names(in: outputDirectory).sorted() where !runID.hasPrefix(".") {
            found += try held(at: "\(outputDirectory)/\(runID)")
        }
        return found
    }

    /// The same for one run's directory: itself, and its shards.
    public static func held(at path: String) throws(EvaluationError) -> [HeldDirectory] {
        guard FileSystem.isDirectory(path), let path = FileSystem.canonical(path) else { return [] }
        var candidates: [(shard: Shard?, path: String)] = [(shard(ofPath: path), path)]
        candidates += try shards(of: path).map { ($0.shard, $0.path) }
        return candidates.compactMap { candidate in
            let lock = "\(candidate.path)/\(Name.lock)"
            guard FileSystem.exists(lock) else { return nil }
            return HeldDirectory(
                runID: runID(ofPath: candidate.path), shard: candidate.shard, path: candidate.path,
                holder: RunLock.livingHolder(lock))
        }
    }

    /// The shard that a directory without symbolic links is of; nil for a run's own.
    private static func shard(ofPath path: String) -> Shard? {
        let names = path.split(separator: "/").suffix(2).map(String.init)
        return names.count == 2 && names[0] == Name.shards ? Shard(directoryName: names[1]) : nil
    }
}
