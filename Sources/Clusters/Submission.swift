public import Evaluation
public import JSON

/// What has been submitted for a run, as `submission.json` in its directory keeps it.
public struct Submission: Sendable, Hashable {
    /// An array of shards and the job that merges after it.
    public struct Round: Sendable, Hashable {
        /// The number of the array's job.
        public var array: Int
        /// The number of the merge job; nil while it has not been submitted.
        public var merge: Int?
        /// The shards of the array.
        public var shards: [Int]

        /// Describes a round.
        public init(array: Int, merge: Int? = nil, shards: [Int]) {
            self.array = array
            self.merge = merge
            self.shards = shards
        }
    }

    /// The run's id.
    public var runID: String
    /// How many shards it has.
    public var shardCount: Int
    /// The command line of a shard, without `--shard`.
    public var shardCommand: [String]
    /// The command line that merges.
    public var mergeCommand: [String]
    /// The directory that both start in.
    public var directory: String
    /// Options for the cluster.
    public var options: [String]
    /// What was submitted, oldest first.
    public var rounds: [Round]

    /// Describes a submission of which nothing has been submitted yet.
    public init(
        runID: String, shardCount: Int, shardCommand: [String], mergeCommand: [String], directory: String,
        options: [String]
    ) {
        self.runID = runID
        self.shardCount = shardCount
        self.shardCommand = shardCommand
        self.mergeCommand = mergeCommand
        self.directory = directory
        self.options = options
        rounds = []
    }

    /// All jobs' numbers.
    public var jobs: [Int] { rounds.flatMap { [$0.array] + [$0.merge].compactMap(\.self) } }

    /// The array job of these shards; logs go below `logDirectory`.
    public func shardJob(_ shards: [Int], logDirectory: String) -> BatchJob {
        BatchJob(
            name: "gage-\(runID)",
            command: shardCommand.map(BatchJob.Word.text) + [.text("--shard"), .shard(count: shardCount)],
            shards: shards, directory: directory, logDirectory: logDirectory, options: options)
    }

    /// The job that merges; it needs none of the resources that shards do.
    public func mergeJob(logDirectory: String) -> BatchJob {
        BatchJob(
            name: "gage-\(runID)-merge", command: mergeCommand.map(BatchJob.Word.text), directory: directory,
            logDirectory: logDirectory)
    }
}

extension Submission {
    /// The submission as it is kept.
    public var json: JSONValue {
        [
            "engine": "slurm", "run_id": .string(runID), "shards": JSONValue(shardCount),
            "shard_command": .array(shardCommand.map(JSONValue.string)),
            "merge_command": .array(mergeCommand.map(JSONValue.string)), "directory": .string(directory),
            "options": .array(options.map(JSONValue.string)),
            "rounds": .array(
                rounds.map {
                    [
                        "array": JSONValue($0.array), "merge": $0.merge.map { JSONValue($0) } ?? .null,
                        "shards": .array($0.shards.map { JSONValue($0) }),
                    ]
                }),
        ]
    }

    /// Reads a submission.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, when it is none.
    public init(json: JSONValue) throws(EvaluationError) {
        func texts(_ key: String) -> [String]? { json[key]?.arrayValue?.compactMap(\.stringValue) }
        guard let runID = json["run_id"]?.stringValue, let count = json["shards"]?.intValue, count > 0,
            let shardCommand = texts("shard_command"), let mergeCommand = texts("merge_command"),
            let directory = json["directory"]?.stringValue, let options = texts("options"),
            let rounds = json["rounds"]?.arrayValue
        else {
            throw EvaluationError(
                .configurationInvalid, "submission.json does not say what was submitted", cause: .configuration)
        }
        self.init(
            runID: runID, shardCount: count, shardCommand: shardCommand, mergeCommand: mergeCommand,
            directory: directory, options: options)
        self.rounds = rounds.compactMap { round in
            guard let array = round["array"]?.intValue else { return nil }
            return Round(
                array: array, merge: round["merge"]?.intValue,
                shards: round["shards"]?.arrayValue?.compactMap(\.intValue) ?? [])
        }
    }
}
