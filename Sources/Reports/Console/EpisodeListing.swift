public import Evaluation
public import JSON

/// A run's episodes as a list for a terminal.
public struct EpisodeListing: Sendable {
    private struct Entry {
        var id: EpisodeID
        var outcome: String
        var score: Double?
        var note: String
        var seconds: Double
    }

    private let limit: Int
    private var entries: [Entry] = []
    private var count = 0

    /// An empty list that shows so many episodes.
    public init(limit: Int) { self.limit = limit }

    /// Takes an episode.
    public mutating func add(_ record: EpisodeRecord) {
        count += 1
        guard entries.count < limit else { return }
        let view = TranscriptView(record, limits: TranscriptLimits(text: 0, messages: 1, picture: 0))
        let outcome = view.cause.map { "errored: \($0)" } ?? view.outcome
        let score = record.scores.first?.values.min { $0.key < $1.key }?.value
        let note = view.outcome == "scored" ? "" : VisibleText.oneLine(view.headline ?? "")
        entries.append(
            Entry(id: record.id, outcome: outcome, score: score, note: note, seconds: record.duration))
    }

    /// Counts episodes that the list has no room for.
    public mutating func leaveOut(_ number: Int) { count += number }

    /// The lines: a table, and how many episodes it leaves out.
    public func lines(on terminal: Terminal) -> [String] {
        guard count > 0 else { return ["no episodes"] }
        var table = TextTable([
            .init("episode", canShrink: true), .init("outcome"), .init("score", .right), .init("time", .right),
            .init("note", canShrink: true),
        ])
        for entry in entries {
            table.add([
                "\(entry.id.task)/\(entry.id.sample)/\(entry.id.trial)", entry.outcome,
                entry.score.map { NumberText.short($0) } ?? "", NumberText.duration(entry.seconds), entry.note,
            ])
        }
        let rest = count - entries.count
        return table.lines(on: terminal) + (rest > 0 ? ["… \(NumberText.count(rest)) more; --limit shows them"] : [])
    }

    /// One object for each episode that the list shows.
    public var json: [JSONValue] {
        entries.map { entry in
            var object: JSONObject = [
                "episode": .string(entry.id.description), "task_id": .string(entry.id.task),
                "sample_id": .string(entry.id.sample), "trial": JSONValue(entry.id.trial),
                "outcome": .string(entry.outcome),
            ]
            if let score = entry.score { object["score"] = JSONValue(score) }
            object["duration_s"] = JSONValue(entry.seconds)
            return .object(object)
        }
    }
}
