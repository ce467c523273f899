public import Evaluation
public import JSON
public import Storage

/// A shard that has begun, with what its journal says.
public struct BegunShard: Sendable {
    /// Where it is.
    public var path: String
    /// What its journal says about the run.
    public var run: RunMetadata
    /// Which part of the run it is.
    public var part: ShardMetadata

    /// The part as people write it.
    var name: String { part.shard.description }
}

/// The shards of one run, found to belong together.
public struct ShardSet: Sendable {
    /// Those that have begun.
    public let begun: [BegunShard]
    /// Those that have not, of the division with the most parts.
    public let notBegun: [Shard]
    /// What the command line said to all of them beside the configuration.
    public let options: JSONObject

    /// Reads the shards in these directories and checks that they follow the same plan with the same seed and options.
    ///
    /// Directories without a journal count as not begun; so do those whose process died before it wrote down whose they
    /// are. Shards of several divisions (`1/2` and `3/4`) may stand together. Throws ``EvaluationError``, cause
    /// `configuration`, when none has begun, when one is no shard, or when they do not belong together.
    public init(_ directories: [String]) throws {
        var begun: [BegunShard] = []
        for path in directories {
            guard let journal = try RunDirectory.begunJournal(in: path) else { continue }
            let run = try journal.run()
            guard let part = run.shard else {
                throw EvaluationError(
                    .configurationInvalid, "\(path) is a whole run and no shard", cause: .configuration,
                    advice: "name directories of runs that were begun with --shard")
            }
            begun.append(BegunShard(path: path, run: run, part: part))
        }
        begun.sort { ($0.part.shard.count, $0.part.shard.number) < ($1.part.shard.count, $1.part.shard.number) }
        guard let first = begun.first else {
            throw EvaluationError(
                .configurationInvalid, "there are no shards to merge", cause: .configuration,
                advice: "begin them with: gage run --run-id ID --shard 1/4")
        }
        for other in begun.dropFirst() { try Self.check(other, against: first) }
        self.begun = begun
        options = first.part.options
        let count = begun.map(\.part.shard.count).max() ?? 1
        let numbers = Set(begun.filter { $0.part.shard.count == count }.map(\.part.shard.number))
        notBegun = (1...count).filter { !numbers.contains($0) }.compactMap { Shard(number: $0, count: count) }
    }

    private static func check(_ other: BegunShard, against first: BegunShard) throws(EvaluationError) {
        var differences: [String] = []
        if other.run.seed != first.run.seed { differences.append("seed \(other.run.seed) and not \(first.run.seed)") }
        if other.part.options != first.part.options {
            let (there, here) = (JSONValue.object(first.part.options), JSONValue.object(other.part.options))
            differences.append("options \(here.text()) and not \(there.text())")
        }
        if other.run.planDigest != first.run.planDigest {
            differences.append(
                "another plan (\(other.run.planDigest.prefix(12)) and not \(first.run.planDigest.prefix(12)))"
                    + first.run.configuration.changes(to: other.run.configuration))
        }
        guard !differences.isEmpty else { return }
        throw EvaluationError(
            .configurationInvalid,
            "shard \(other.name) in \(other.path) is of another run than shard \(first.name): it has "
                + differences.joined(separator: "; "),
            cause: .configuration, advice: "run that shard again with the configuration and options of the others")
    }
}
