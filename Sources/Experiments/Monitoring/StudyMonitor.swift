public import Evaluation
public import JSON
public import Reports
import Storage

/// How an experiment stands: by variant and worker, while it runs and afterwards.
public struct StudyMonitor: Sendable {
    /// One variant's share of one worker.
    public struct Row: Sendable, Hashable {
        /// The environment.
        public var environment: String
        /// The variant.
        public var variant: String
        /// The worker, from 1.
        public var worker: Int
        /// How many episodes are planned; nil while the worker does not know.
        public var planned: Int?
        /// Episodes in the journal.
        public var done = 0
        /// Of these: successes.
        public var successes = 0
        /// Of these: errored.
        public var errored = 0
        var turns = 0
        var scored = 0
        /// Tokens of all model calls.
        public var tokens = 0
        /// The price in US dollars, as far as it is known; nil where nothing has a price.
        public var cost: Double?

        /// Mean turns of the scored dialogues.
        public var meanTurns: Double? { scored > 0 ? Double(turns) / Double(scored) : nil }
    }

    /// The rows.
    public let rows: [Row]
    /// How many episodes the experiment has.
    public let planned: Int
    /// Seconds until all are done at the pace so far; nil where nothing can be said.
    public let remaining: Double?
    /// What is worth a look: an error, a stall, another model behind a name.
    public let notes: [String]
    /// Whether a worker says that it is at work.
    public let isRunning: Bool

    /// Looks at an experiment.
    ///
    /// `now` is the wall clock's time. Throws ``EvaluationError`` when a journal cannot be read.
    public init(_ directory: StudyDirectory, design: StudyDesign, environments: [StudyEnvironment], now: Double) throws
    {
        var survey = Survey(design: design)
        var isRunning = false
        for (worker, path) in directory.runs {
            guard let journal = try RunDirectory.begunJournal(in: path) else { continue }
            isRunning = try journal.run().status == .running || isRunning
            for task in try journal.tasks() { survey.plan(task.id, worker: worker, episodes: task.plannedEpisodes) }
        }
        let collector = StudyCollector(directory: directory, design: design, environments: environments)
        try collector.forEachEpisode { record, key, worker in
            survey.add(record, key, worker: worker)
        }
        planned = design.cellCount
        self.isRunning = isRunning
        rows = survey.sortedRows
        let done = rows.reduce(0) { $0 + $1.done }
        let elapsed = survey.lastEnd - survey.firstStart
        remaining =
            done > 0 && done < planned && elapsed > 0 ? Double(planned - done) * elapsed / Double(done) : nil
        var notes = survey.notes
        if isRunning, done > 0, now - survey.lastEnd > Self.stall {
            notes.append(
                "no episode has ended for \(NumberText.duration(now - survey.lastEnd)): look at the workers' logs, or "
                    + "go on with --resume if they are gone")
        }
        self.notes = notes
    }

    /// Seconds without an ended episode after which something is probably wrong.
    private static let stall = 600.0

    /// What is gathered on the way through the journals.
    private struct Survey {
        struct Key: Hashable {
            var task: String
            var worker: Int
        }

        let design: StudyDesign
        var rows: [Key: Row] = [:]
        var firstStart = Double.infinity
        var lastEnd = 0.0
        var firstError: String?
        var models: [String: Set<String>] = [:]

        mutating func plan(_ task: String, worker: Int, episodes: Int?) {
            guard let place = place(of: task) else { return }
            let key = Key(task: task, worker: worker)
            var row = rows[key] ?? Row(environment: place.environment, variant: place.variant, worker: worker)
            row.planned = episodes
            rows[key] = row
        }

        private func place(of task: String) -> (environment: String, variant: String)? {
            for environment in design.environments {
                for variant in design.variants
                where StudyDesign.taskID(environment: environment.name, variant: variant.name) == task {
                    return (environment.name, variant.name)
                }
            }
            return nil
        }

        mutating func add(_ record: EpisodeRecord, _ key: StudyCollector.TaskKey, worker: Int) {
            let rowKey = Key(task: record.id.task, worker: worker)
            var row =
                rows[rowKey]
                ?? Row(environment: key.environment.name, variant: key.variant.name, worker: worker)
            row.done += 1
            let outcome = key.environment.outcome(record)
            if outcome?.isSuccess == true { row.successes += 1 }
            if outcome != nil {
                row.scored += 1
                row.turns += record.trajectory.turns(of: .agent) + record.trajectory.turns(of: .user)
            }
            let usage = record.trajectory.usage()
            row.tokens += (usage.inputTokens ?? 0) + (usage.outputTokens ?? 0)
            for entry in record.trajectory.entries {
                if let cost = entry.cost { row.cost = (row.cost ?? 0) + cost }
                if let model = entry.model { models[entry.speaker.rawValue, default: []].insert(model) }
            }
            if case .errored(let error) = record.outcome {
                row.errored += 1
                firstError = firstError ?? "\(record.id): \(error.message)"
            }
            firstStart = min(firstStart, record.startedAt)
            lastEnd = max(lastEnd, record.startedAt + record.duration)
            rows[rowKey] = row
        }

        var sortedRows: [Row] {
            let environments = design.environments.map(\.name)
            let variants = design.variants.map(\.name)
            func rank(_ row: Row) -> (Int, Int, Int) {
                (
                    environments.firstIndex(of: row.environment) ?? 0, variants.firstIndex(of: row.variant) ?? 0,
                    row.worker
                )
            }
            return rows.values.sorted { rank($0) < rank($1) }
        }

        var notes: [String] {
            var notes: [String] = []
            if let firstError { notes.append("the first error: \(firstError)") }
            for (speaker, names) in models.sorted(by: { $0.key < $1.key }) where names.count > 1 {
                notes.append("the \(speaker)'s model changed on the way: \(names.sorted().joined(separator: ", "))")
            }
            return notes
        }
    }

    /// What all models have cost in US dollars, as far as prices are known; nil where nothing has a price.
    public var cost: Double? {
        let known = rows.compactMap(\.cost)
        return known.isEmpty ? nil : known.reduce(0, +)
    }

    /// The state as one object.
    public var json: JSONValue {
        [
            "planned": JSONValue(planned), "done": JSONValue(rows.reduce(0) { $0 + $1.done }),
            "running": .bool(isRunning), "eta_s": JSONValue(optional: remaining),
            "tokens": JSONValue(rows.reduce(0) { $0 + $1.tokens }),
            "cost_usd": JSONValue(optional: cost), "rows": .array(rows.map(\.json)),
            "notes": .array(notes.map(JSONValue.string)),
        ]
    }

    /// The state as lines for a terminal.
    public func lines(on terminal: Terminal) -> [String] {
        var table = TextTable([
            .init("environment", canShrink: true), .init("variant"), .init("worker", .right), .init("done", .right),
            .init("success", .right), .init("errors", .right), .init("turns", .right), .init("tokens", .right),
            .init("cost", .right),
        ])
        for row in rows {
            table.add([
                row.environment, row.variant, "\(row.worker)", "\(row.done)/\(row.planned.map { "\($0)" } ?? "?")",
                row.scored > 0 ? NumberText.percent(Double(row.successes) / Double(row.scored)) : "–",
                "\(row.errored)", row.meanTurns.map { NumberText.fixed($0, digits: 1) } ?? "–",
                NumberText.count(row.tokens), row.cost.map { NumberText.dollars($0) } ?? "–",
            ])
        }
        let done = rows.reduce(0) { $0 + $1.done }
        var state = "\(done) of \(planned) episodes"
        if let remaining { state += ", about \(NumberText.duration(remaining)) to go" }
        if !isRunning, done < planned { state += "; nobody is at work" }
        return table.lines(on: terminal) + ["", state] + notes.map { terminal.styled("note: ", .yellow) + $0 }
    }
}

extension StudyMonitor.Row {
    fileprivate var json: JSONValue {
        [
            "environment": .string(environment), "variant": .string(variant), "worker": JSONValue(worker),
            "planned": planned.map { JSONValue($0) } ?? .null, "done": JSONValue(done),
            "successes": JSONValue(successes), "errored": JSONValue(errored),
            "mean_turns": JSONValue(optional: meanTurns), "tokens": JSONValue(tokens),
            "cost_usd": JSONValue(optional: cost),
        ]
    }
}
