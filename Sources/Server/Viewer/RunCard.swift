import Evaluation
import JSON
import Storage

/// What a line of the runs' table says.
struct RunCard: Sendable {
    /// A metric's aggregated value with its interval.
    struct Headline: Sendable, Hashable {
        var metric: String
        var name: String
        var task: String
        var value: Double
        var interval: (lower: Double, upper: Double)? {
            guard let lower, let upper else { return nil }
            return (lower, upper)
        }
        var lower: Double?
        var upper: Double?
    }

    var key: String
    var name: String
    var status: RunStatus
    var statusReason: String?
    var startedAt: Double
    /// Seconds from the first start to the last end, as far as they are known.
    var duration: Double?
    var planned: Int?
    var total = 0
    var scored = 0
    var failed: Int?
    var errored = 0
    /// Whether the counts are of an index that is not complete yet.
    var isCounting = false
    /// Whether a process works on it now.
    var isLive: Bool
    var headlines: [Headline] = []
    var cost: Double?
    var tokens: Int?
    var models: [String] = []

    /// Whether it may say something else soon although no file has changed.
    var isUnfinished: Bool { isCounting || status == .running }

    init(_ run: ShelvedRun) throws(EvaluationError) {
        let journal: Journal
        if let open = run.openIndex?.journal {
            journal = open
        } else {
            journal = try Journal.open("\(run.path)/run.sqlite")
        }
        let metadata = try journal.run()
        key = run.key
        name = metadata.name
        status = metadata.status
        statusReason = metadata.statusReason
        startedAt = metadata.startedAt
        isLive = run.isLive
        let sessions = try journal.sessions()
        if let end = sessions.last?.endedAt { duration = max(0, end - metadata.startedAt) }
        let tasks = try journal.tasks()
        let counts = tasks.compactMap(\.plannedEpisodes)
        // A sum that leaves a task out would be too small.
        if !counts.isEmpty, counts.count == tasks.count { planned = counts.reduce(0, +) }
        models = Self.models(metadata.configuration)
        if status != .running, let summary = Self.summary(run.path) {
            take(summary)
        } else {
            isCounting = true
        }
    }

    /// Takes the counts of an index.
    mutating func take(_ overview: RunOverview, isCurrent: Bool) {
        let all = overview.total
        total = all.total
        scored = all.scored
        failed = all.failed
        errored = all.errored.values.reduce(0, +)
        isCounting = !isCurrent
        if headlines.isEmpty {
            headlines = overview.scores.map { score in
                Headline(metric: score.metric, name: score.name, task: "", value: score.mean)
            }
        }
        cost = cost ?? overview.cost
        let sum = overview.inputTokens + overview.outputTokens
        if tokens == nil, sum > 0 { tokens = sum }
    }

    // MARK: summary.json

    /// Nil where there is none that can be read; then the index counts.
    static func summary(_ path: String) -> JSONValue? {
        guard let bytes = try? RunDirectory.readReport("\(path)/summary.json") else { return nil }
        return try? JSONValue.parse(bytes: bytes)
    }

    private mutating func take(_ summary: JSONValue) {
        scored = summary.at("outcomes.scored")?.intValue ?? 0
        errored = summary.at("outcomes.errored")?.intValue ?? 0
        total = scored + errored + (summary.at("outcomes.unscorable")?.intValue ?? 0)
        planned = summary.at("outcomes.planned")?.intValue ?? planned
        cost = summary.at("cost.total_usd")?.doubleValue
        let input = summary.at("usage.input_tokens")?.intValue
        let output = summary.at("usage.output_tokens")?.intValue
        tokens = input == nil && output == nil ? nil : (input ?? 0) + (output ?? 0)
        headlines = Self.headlines(summary)
    }

    static func headlines(_ summary: JSONValue) -> [Headline] {
        (summary["metrics"]?.arrayValue ?? []).flatMap { entry -> [Headline] in
            guard let metric = entry["metric_id"]?.stringValue else { return [] }
            return (entry["raw_values"]?.objectValue ?? [:]).compactMap { name, value in
                guard let number = value.doubleValue else { return nil }
                let interval = entry["intervals"]?[name]
                return Headline(
                    metric: metric, name: name, task: entry["task_id"]?.stringValue ?? "", value: number,
                    lower: interval?[0]?.doubleValue, upper: interval?[1]?.doubleValue)
            }
        }
    }

    /// The models of the configuration's backends.
    private static func models(_ configuration: JSONValue) -> [String] {
        var names: [String] = []
        for backend in configuration["backends"]?.arrayValue ?? [] {
            guard let name = backend.at("config.model")?.stringValue ?? backend["model"]?.stringValue,
                !names.contains(name)
            else { continue }
            names.append(name)
        }
        return names
    }
}
