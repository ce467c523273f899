/// A command that a cluster runs, once or as many times as a run has shards.
///
/// A value: what a cluster is asked to do is written down before anything is asked.
public struct BatchJob: Sendable, Hashable {
    /// A word of the command line.
    public enum Word: Sendable, Hashable {
        /// A word as it is.
        case text(String)
        /// The shard that a task of the array does, as `3/8`.
        case shard(count: Int)
    }

    /// What the cluster's listings call it.
    public var name: String
    /// The program and its arguments.
    public var command: [Word]
    /// The shards to do, a task each, counted from 1; empty for a job of one task.
    public var shards: [Int]
    /// The directory to start in.
    public var directory: String
    /// The directory that holds a log for each task.
    public var logDirectory: String
    /// Options for the cluster itself, as its submission command takes them.
    public var options: [String]

    /// Describes a job.
    public init(
        name: String, command: [Word], shards: [Int] = [], directory: String, logDirectory: String,
        options: [String] = []
    ) {
        self.name = name
        self.command = command
        self.shards = shards
        self.directory = directory
        self.logDirectory = logDirectory
        self.options = options
    }
}
