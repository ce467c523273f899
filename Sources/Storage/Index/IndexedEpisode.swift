import Evaluation
import JSON

/// What the index keeps of an episode.
struct IndexedEpisode {
    /// The number of the episode's row in the journal.
    var row: Int64
    var id: EpisodeID
    var position: EpisodePosition
    var revision: Int
    var outcome: String
    var failed: Bool
    var cause: String?
    var errorCode: String?
    var termination: String?
    var domain: String?
    var turns = 0
    var messages = 0
    var toolCalls = 0
    var toolErrors = 0
    var inputTokens: Int?
    var outputTokens: Int?
    var cost: Double?
    var duration: Double
    var startedAt: Double
    var attempts = 1
    /// The first metric's value.
    var score: Double?
    /// What came of it, in a line.
    var summary: String?
    var scores: [(name: ScoreNames.Name, value: Double)] = []
    var tools: Set<String> = []
    /// Everything that is searched.
    var text = ""

    /// The longest ``summary``, in characters.
    private static let longestSummary = 160

    /// Derives everything from an episode as the journal holds it.
    init(row: Int64, _ stored: StoredEpisode) {
        let record = stored.record
        self.row = row
        id = record.id
        position = stored.position
        revision = stored.revision
        outcome = record.outcome.name
        duration = record.duration
        startedAt = record.startedAt
        score = record.scores.first?.values.min { $0.key < $1.key }?.value
        failed = Self.failed(record.outcome, score: score)
        attempts = record.failedAttempts.count + 1
        domain = Self.domain(of: record)
        for score in record.scores {
            for (name, value) in score.values where value.isFinite {
                scores.append((ScoreNames.Name(metric: score.metric, value: name), value))
            }
        }
        count(record.trajectory)
        describe(record)
        text = Self.text(of: record)
    }

    /// What is known of an episode whose row cannot be read.
    init(
        row: Int64, id: EpisodeID, position: EpisodePosition, revision: Int, outcome: String,
        times: (start: Double, duration: Double), problem: String
    ) {
        self.row = row
        self.id = id
        self.position = position
        self.revision = revision
        self.outcome = outcome
        failed = outcome == "errored"
        startedAt = times.start
        duration = times.duration
        summary = Self.line(problem)
    }

    /// Errored, or scored with less than full marks.
    private static func failed(_ outcome: Outcome, score: Double?) -> Bool {
        switch outcome {
        case .errored: true
        case .unscorable: false
        case .scored: score.map { $0 < 1 - 1e-6 } ?? false
        }
    }

    /// The sample's `metadata.domain`, or that of the benchmark's own part of the metadata.
    private static func domain(of record: EpisodeRecord) -> String? {
        let metadata = record.sample["metadata"]
        if let domain = metadata?["domain"]?.stringValue { return domain }
        return metadata?.objectValue?.lazy.compactMap { $0.value["domain"]?.stringValue }.first
    }

    private mutating func count(_ trajectory: Trajectory) {
        messages = trajectory.entries.count
        termination = trajectory.termination?.rawValue
        for entry in trajectory.entries {
            if entry.speaker == .agent { turns += 1 }
            if entry.message.role == .tool, entry.message.isError { toolErrors += 1 }
            toolCalls += entry.message.toolCalls.count
            for call in entry.message.toolCalls { tools.insert(call.name) }
        }
        let usage = trajectory.usage()
        inputTokens = usage.inputTokens
        outputTokens = usage.outputTokens
        // Of an episode in which no model spoke, or none that counts, nothing is known.
        guard trajectory.entries.contains(where: { $0.usage != nil || $0.cost != nil }) else { return }
        if let agent = trajectory.cost(of: .agent), let user = trajectory.cost(of: .user) { cost = agent + user }
    }

    private mutating func describe(_ record: EpisodeRecord) {
        switch record.outcome {
        case .errored(let error):
            cause = error.cause.rawValue
            errorCode = error.code.rawValue
            summary = Self.line(error.message)
        case .unscorable(let reason): summary = Self.line(reason)
        case .scored:
            let explanation = failed ? record.scores.lazy.compactMap(\.explanation).first : nil
            summary = (explanation ?? record.prediction?.answer ?? record.trajectory.entries.last?.message.text)
                .map(Self.line)
        }
    }

    /// The beginning of a text as one line.
    private static func line(_ text: String) -> String {
        let words = text.prefix(longestSummary * 2).split { $0.isWhitespace || $0 == "\0" }
        let line = words.joined(separator: " ")
        return line.count > longestSummary ? String(line.prefix(longestSummary - 1)) + "…" : line
    }

    /// Everything said in an episode and about it, up to a limit.
    private static func text(of record: EpisodeRecord) -> String {
        var collected = TextCollector()
        collected.add(record.id.sample)
        if case .errored(let error) = record.outcome { collected.add(error.description) }
        if case .unscorable(let reason) = record.outcome { collected.add(reason) }
        if let answer = record.prediction?.answer { collected.add(answer) }
        for entry in record.trajectory.entries {
            if let text = entry.message.text { collected.add(text) }
            if let reasoning = entry.message.reasoning { collected.add(reasoning) }
            for call in entry.message.toolCalls {
                collected.add(call.name)
                if !call.arguments.isEmpty { collected.add(JSONValue.object(call.arguments).text()) }
            }
            if collected.isFull { break }
        }
        for score in record.scores { score.explanation.map { collected.add($0) } }
        for verdict in record.verdicts where !collected.isFull {
            collected.add(JSONValue.object(verdict.output).text())
        }
        return SearchText.prepared(collected.text)
    }
}

/// Gathers texts until there is enough.
private struct TextCollector {
    private(set) var text = ""
    private(set) var isFull = false

    /// The most that is searched of an episode, in bytes.
    private static let limit = 1 << 18

    mutating func add(_ piece: String) {
        guard !isFull, !piece.isEmpty else { return }
        let left = Self.limit - text.utf8.count
        if piece.utf8.count > left {
            text += String(decoding: piece.utf8.prefix(left), as: UTF8.self)
            isFull = true
        } else {
            text += piece
            text += "\n"
        }
    }
}
