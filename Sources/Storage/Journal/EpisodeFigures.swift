public import Evaluation
import GRDB
public import JSON

/// What an episode came to in numbers, without anything that was said.
public struct EpisodeFigures: Sendable {
    /// Which attempt it was.
    public var id: EpisodeID
    /// Where it stands in the plan's order.
    public var position: EpisodePosition
    /// Its seed.
    public var seed: UInt64
    /// How it ended: `scored`, `errored` or `unscorable`.
    public var outcome: String
    /// Who was at fault, of an errored one.
    public var cause: String?
    /// Seconds that the last attempt took.
    public var duration: Double
    /// Tokens that all models of the dialogue read; nil where unknown.
    public var inputTokens: Int?
    /// Tokens that all models of the dialogue wrote; nil where unknown.
    public var outputTokens: Int?
    /// US dollars that agent and user cost; nil where a price is unknown.
    public var cost: Double?
    /// The metrics' values; empty unless scored.
    public var scores: [Score]
    /// The sample's metadata.
    public var sampleMetadata: JSONObject
    /// A number that differs, as good as surely, where the sample differs.
    public var sampleFingerprint: UInt64
}

extension Journal {
    /// Goes through the finished episodes in plan order, their figures only.
    ///
    /// All of them are of one state of the journal. Throws what `body` throws, and ``EvaluationError``, cause `gage`, when
    /// the journal cannot be read.
    public func forEachFigures(_ body: (EpisodeFigures) throws -> Void) throws {
        let sql = """
            SELECT task, sample_id, trial, task_ordinal, sample_ordinal, seed, outcome, cause, duration, input_tokens,
                output_tokens, agent_cost, user_cost, scores, sample
            FROM episode ORDER BY task_ordinal, sample_ordinal, trial, id
            """
        do {
            try reader.read { database in
                let rows = try Row.fetchCursor(database, sql: sql)
                while let row = try rows.next() { try body(try Self.figures(row)) }
            }
        } catch let error as DatabaseError {
            throw JournalDatabase.wrap(error, "cannot read the journal")
        }
    }

    private static func figures(_ row: Row) throws -> EpisodeFigures {
        let id = EpisodeID(task: row["task"], sample: row["sample_id"], trial: row["trial"])
        let (sample, scores): (String, String?) = (row["sample"], row["scores"])
        let (agent, user): (Double?, Double?) = (row["agent_cost"], row["user_cost"])
        let seed: Int64 = row["seed"]
        do {
            return EpisodeFigures(
                id: id, position: EpisodePosition(task: row["task_ordinal"], sample: row["sample_ordinal"]),
                seed: UInt64(bitPattern: seed), outcome: row["outcome"], cause: row["cause"],
                duration: row["duration"], inputTokens: row["input_tokens"], outputTokens: row["output_tokens"],
                cost: agent.flatMap { agent in user.map { agent + $0 } },
                scores: try scores.map { try JSONValue.parse($0, options: EpisodeRow.readingOptions) }?.arrayValue?
                    .compactMap(Score.init(json:)) ?? [],
                sampleMetadata: try JSONValue.parse(sample, options: EpisodeRow.readingOptions)["metadata"]?
                    .objectValue ?? [:],
                sampleFingerprint: fingerprint(sample))
        } catch {
            throw StorageFailure.plain("the journal's row of episode \(id) cannot be read", underlying: error)
        }
    }

    /// FNV-1a over the text's bytes: not for secrets, and the same on every machine.
    private static func fingerprint(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}
