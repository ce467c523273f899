public import Evaluation

extension RunDirectory {
    /// The directories below an output directory that have a journal, by what they are called there, sorted: runs, and of
    /// those in shards that are not merged the shards, as `run/1-of-2`.
    ///
    /// Empty when the directory does not exist. Throws ``EvaluationError``, cause `gage`, when it cannot be read.
    public static func journals(
        in outputDirectory: String
    ) throws(EvaluationError) -> [(name: String, path: String)] {
        var found: [(name: String, path: String)] = []
        for name in try FileSystem.names(in: outputDirectory).sorted() where !name.hasPrefix(".") {
            let path = "\(outputDirectory)/\(name)"
            if hasJournal(path) {
                found.append((name, path))
            } else if FileSystem.isDirectory(path) {
                for shard in try shards(of: path) where hasJournal(shard.path) {
                    found.append(("\(name)/\(shard.shard.directoryName)", shard.path))
                }
            }
        }
        return found
    }
}
