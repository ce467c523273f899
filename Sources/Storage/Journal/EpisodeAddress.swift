public import Evaluation
import GRDB

/// Finds the episode that a person means.
///
/// People write `task/sample/trial`, `sample/trial`, `sample` or the whole id `task:sample__trial_0`; trials count from 0 as
/// in the id. What is left out must be clear: one task has such a sample, and one trial of it was made (else trial 0).
public struct EpisodeAddress: Sendable, Hashable {
    /// What was written.
    public let text: String

    /// Takes what was written.
    public init(_ text: String) { self.text = text }

    /// The most samples among which a near miss is looked for.
    private static let candidateLimit = 20_000

    /// The episode in a journal.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, with the near miss when there is none, and with the choices when
    /// several are meant.
    public func find(in journal: Journal) throws(EvaluationError) -> EpisodeID {
        let readings = readings
        for reading in readings {
            let found = try journal.episodes(named: reading)
            if let only = Self.choice(found) { return only }
            if found.count > 1 { throw ambiguous(found) }
        }
        throw try missing(readings, in: journal)
    }

    /// What a text can mean; sample ids may contain every sign that stands between the parts.
    struct Reading: Hashable {
        var task: String?
        var sample: String
        var trial: Int?
    }

    var readings: [Reading] {
        var readings = [Reading(sample: text)]
        let marker = "__trial_"
        if let place = text.range(ofLast: marker), let trial = Int(text[place.upperBound...]) {
            let front = text[..<place.lowerBound]
            for cut in front.indices where front[cut] == ":" {
                let sample = String(front[front.index(after: cut)...])
                readings.append(Reading(task: String(front[..<cut]), sample: sample, trial: trial))
            }
            readings.append(Reading(sample: String(front), trial: trial))
        }
        let cuts = text.indices.filter { text[$0] == "/" }.prefix(16)
        for cut in cuts {
            let (head, tail) = (String(text[..<cut]), String(text[text.index(after: cut)...]))
            readings.append(Reading(task: head, sample: tail))
            if let trial = Int(tail) { readings.append(Reading(sample: head, trial: trial)) }
            for last in cuts where last > cut {
                guard let trial = Int(text[text.index(after: last)...]) else { continue }
                readings.append(
                    Reading(task: head, sample: String(text[text.index(after: cut)..<last]), trial: trial))
            }
        }
        var seen: Set<Reading> = []
        return readings.filter { seen.insert($0).inserted }
    }

    /// One episode, or the first trial where only trials of one sample are left.
    private static func choice(_ found: [EpisodeID]) -> EpisodeID? {
        guard let first = found.first else { return nil }
        return found.allSatisfy { $0.task == first.task && $0.sample == first.sample } ? first : nil
    }

    private func ambiguous(_ found: [EpisodeID]) -> EvaluationError {
        let choices = found.prefix(4).map { "\($0.task)/\($0.sample)/\($0.trial)" }.joined(separator: ", ")
        return EvaluationError(
            .dataMissing, "'\(text)' means several episodes", cause: .configuration,
            advice: "say which: \(choices)\(found.count > 4 ? ", …" : "")")
    }

    private func missing(_ readings: [Reading], in journal: Journal) throws(EvaluationError) -> EvaluationError {
        let tasks = try journal.tasks().map(\.id)
        for reading in readings {
            guard let task = reading.task, tasks.contains(task) else { continue }
            let samples = try journal.sampleNames(inTask: task, limit: Self.candidateLimit)
            if samples.contains(reading.sample) {
                return failure(
                    "the journal has no trial \(reading.trial ?? 0) of '\(reading.sample)' in '\(task)'", nil)
            }
            if let near = NearMiss.find(reading.sample, among: samples) {
                return failure("task '\(task)' has no sample '\(reading.sample)'", "did you mean '\(task)/\(near)'?")
            }
        }
        let samples = try journal.sampleNames(inTask: nil, limit: Self.candidateLimit)
        for reading in readings {
            if let near = NearMiss.find(reading.sample, among: samples) {
                return failure("the journal has no episode '\(text)'", "did you mean '\(near)'?")
            }
        }
        let example = samples.first.map { "write TASK/SAMPLE/TRIAL, such as '\(tasks.first ?? "task")/\($0)/0'" }
        return failure("the journal has no episode '\(text)'", example ?? "the journal has no episodes yet")
    }

    private func failure(_ message: String, _ advice: String?) -> EvaluationError {
        EvaluationError(.dataMissing, message, cause: .configuration, advice: advice)
    }
}

extension String {
    fileprivate func range(ofLast part: String) -> Range<String.Index>? { ranges(of: part).last }
}

extension Journal {
    /// The episodes of a name, in plan order; at most so many as a person wants to choose from.
    func episodes(named reading: EpisodeAddress.Reading) throws(EvaluationError) -> [EpisodeID] {
        try read { database in
            var conditions = ["sample_id = ?"]
            var arguments: [(any DatabaseValueConvertible)?] = [reading.sample]
            if let task = reading.task {
                conditions.append("task = ?")
                arguments.append(task)
            }
            if let trial = reading.trial {
                conditions.append("trial = ?")
                arguments.append(trial)
            }
            let sql = """
                SELECT task, sample_id, trial FROM episode WHERE \(conditions.joined(separator: " AND "))
                ORDER BY task_ordinal, sample_ordinal, trial LIMIT 100
                """
            return try Row.fetchAll(database, sql: sql, arguments: StatementArguments(arguments))
                .map { EpisodeID(task: $0["task"], sample: $0["sample_id"], trial: $0["trial"]) }
        }
    }

    /// The samples that have episodes, in plan order, at most `limit`.
    func sampleNames(inTask task: String?, limit: Int) throws(EvaluationError) -> [String] {
        try read { database in
            let condition = task == nil ? "" : "WHERE task = ?"
            let sql = """
                SELECT DISTINCT sample_id FROM episode \(condition)
                ORDER BY task_ordinal, sample_ordinal LIMIT \(limit)
                """
            return try String.fetchAll(
                database, sql: sql, arguments: task.map { StatementArguments([$0]) } ?? StatementArguments())
        }
    }
}
