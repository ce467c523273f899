public import JSON

/// Computes one metric for one episode that reached a verdict.
public protocol Metric: Sendable {
    /// The aggregation used when the configuration names none.
    var defaultAggregation: String { get }

    /// What its values measure; a score unless the metric says otherwise.
    var scale: MetricScale { get }

    /// The value, or nil where the metric does not apply to this episode. Throws ``EvaluationError`` when what it
    /// needs is missing: a missing verdict is an error, never a zero.
    func score(_ episode: Episode, as id: String) async throws -> Score?
}

extension Metric {
    /// A score.
    public var scale: MetricScale { .score }
}

/// What the values of a metric measure, which decides how sure a mean of them can be.
public enum MetricScale: String, Sendable, Hashable, ParameterChoice {
    /// How well an episode went: where only 0 and 1 occur, their mean is a share.
    case score
    /// A score in percent: where only 0 and 100 occur, their mean is a share.
    case percent
    /// A count, a cost or a time: never negative, without an upper bound, and never a share.
    case amount
}

/// One episode's values of one metric, as an aggregation reads them.
public struct MetricRow: Sendable {
    /// The episode.
    public var episode: EpisodeID
    /// The metric's value.
    public var score: Score
    /// The sample's metadata.
    public var sampleMetadata: JSONObject
    /// What the values measure.
    public var scale: MetricScale

    /// Takes a row.
    public init(episode: EpisodeID, score: Score, sampleMetadata: JSONObject, scale: MetricScale = .score) {
        self.episode = episode
        self.score = score
        self.sampleMetadata = sampleMetadata
        self.scale = scale
    }
}

/// What an aggregation found.
public struct AggregateResult: Sendable {
    /// The numbers by name.
    public var values: [(name: String, value: Double)]
    /// An interval for each number that has one: lower and upper end of the 95 % interval.
    public var intervals: [String: (lower: Double, upper: Double)]
    /// How many rows went in.
    public var count: Int
    /// Anything else worth knowing.
    public var metadata: JSONObject

    /// Takes a result.
    public init(
        values: [(name: String, value: Double)], intervals: [String: (lower: Double, upper: Double)] = [:],
        count: Int, metadata: JSONObject = [:]
    ) {
        self.values = values
        self.intervals = intervals
        self.count = count
        self.metadata = metadata
    }
}

/// Takes rows one by one and says what they come to.
public protocol Accumulator {
    /// Takes a row.
    ///
    /// Rows come in plan order, so that the trials of a sample follow each other: what concerns a sample can be dealt with
    /// when the next one begins, in memory that does not grow with the run.
    mutating func add(_ row: MetricRow)

    /// What the rows come to. Throws ``EvaluationError`` when they cannot be aggregated.
    func finish() throws -> AggregateResult
}

/// Makes accumulators.
public protocol Aggregation: Sendable {
    /// An accumulator that has seen nothing. `seed` is for bootstraps.
    func makeAccumulator(seed: UInt64) -> any Accumulator
}

/// Takes finished episodes one by one and makes one section of `summary.json`.
public protocol SummaryAccumulator {
    /// Takes an episode, whatever its outcome.
    mutating func add(_ record: EpisodeRecord)

    /// The section; nil when no episode concerned it.
    func finish() throws -> JSONObject?

    /// The section and the files that go with it; asked for instead of ``finish()`` where files can be written.
    func result() async throws -> SummaryResult
}

extension SummaryAccumulator {
    /// The section, without files.
    public func result() async throws -> SummaryResult { SummaryResult(section: try finish()) }
}

/// What a summary comes to: its section, and files that are derived from the same episodes.
public struct SummaryResult: Sendable {
    /// The section; nil when no episode concerned it.
    public var section: JSONObject?
    /// Files by their path in the run directory, such as `<kit>_artifacts/plot.svg`; written anew with each report.
    ///
    /// Those that end in `.svg` are shown in the report.
    public var files: [String: [UInt8]]
    /// What the report shows of the section.
    public var tables: [SummaryTable]

    /// Gives a section, its files and its tables.
    public init(section: JSONObject?, files: [String: [UInt8]] = [:], tables: [SummaryTable] = []) {
        self.section = section
        self.files = files
        self.tables = tables
    }
}

/// A table of a report.
public struct SummaryTable: Sendable, Hashable {
    /// What it shows.
    public var title: String
    /// The columns' names.
    public var columns: [String]
    /// The cells, as they are shown.
    public var rows: [[String]]

    /// Makes a table.
    public init(title: String, columns: [String], rows: [[String]]) {
        self.title = title
        self.columns = columns
        self.rows = rows
    }
}

/// Makes a section of `summary.json`, under its key.
public protocol SummaryGenerator: Sendable {
    /// An accumulator that has seen nothing. `seed` is for bootstraps.
    func makeAccumulator(seed: UInt64) -> any SummaryAccumulator

    /// What the benchmark's scores were compared with; nil where there is nothing to say.
    var fidelity: FidelityStatement? { get }
}

extension SummaryGenerator {
    /// Nothing to say.
    public var fidelity: FidelityStatement? { nil }
}
