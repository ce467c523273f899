import Evaluation
import JSON
public import Storage

/// A run as comparisons and gates see it: what every episode came to, and nothing of what was said.
public struct ComparedRun: Sendable {
    /// How a run is read.
    public struct Options: Sendable {
        /// Whether people's corrections stand in the place of what the judges said.
        public var isAmended = false
        /// Other names for tasks, so that runs whose tasks are called differently can be paired.
        public var taskNames: [String: String] = [:]

        /// As the judges said, tasks under their own names.
        public init() {}
    }

    /// What tables call it.
    public internal(set) var name: String
    /// The run's directory.
    public let path: String
    /// What the journal says about the run.
    public let metadata: RunMetadata
    /// Its tasks, under their new names.
    public let tasks: [TaskMetadata]
    /// Its tasks' names as the run itself has them.
    public let ownTaskIDs: [String]
    /// Whether corrections are in it, and how many episodes they concern.
    public let amendedEpisodes: Int?
    let measures: [Measure]
    let episodes: [ComparedEpisode]

    /// Reads the run in a directory; `name` is what tables call it, its id by default.
    ///
    /// Throws ``EvaluationError``: cause `configuration` when there is no run, `gage` when it cannot be read.
    public init(path: String, name: String? = nil, options: Options = Options()) throws {
        let directory = try RunDirectory.open(path)
        let journal = try Journal.open(directory.journalPath)
        metadata = try journal.run()
        let ownTasks = try journal.tasks()
        ownTaskIDs = ownTasks.map(\.id)
        tasks = ownTasks.map { task in
            var task = task
            task.id = options.taskNames[task.id] ?? task.id
            return task
        }
        self.path = path
        self.name = name ?? metadata.runID
        let annotations = options.isAmended ? try journal.annotationsByEpisode() : [:]
        var reader = ComparedEpisode.Reader(taskNames: options.taskNames)
        var amended = 0
        try journal.forEachFigures { figures in
            guard let said = annotations[figures.id], said.isAmended else { return reader.add(figures) }
            amended += 1
            reader.add(said.amended(figures))
        }
        amendedEpisodes = options.isAmended ? amended : nil
        measures = reader.measures
        episodes = reader.episodes
    }

    /// The ids of the metrics that any episode has a value of.
    public var metricIDs: [String] { measures.map(\.metric) }

    /// How many episodes the run has planned; nil while that is not known.
    var plannedEpisodes: Int? {
        tasks.reduce(Int?(0)) { sum, task in sum.flatMap { sum in task.plannedEpisodes.map { sum + $0 } } }
    }

    /// How many episodes have a score.
    var scoredCount: Int { episodes.count { $0.isScored } }
}

/// One number of one metric.
struct Measure: Sendable, Hashable {
    var metric: String
    var value: String

    /// The metric's name, and the number's where that says more.
    var title: String { value == metric || metric.hasSuffix("_\(value)") ? metric : "\(metric) \(value)" }
}

/// What one episode came to.
struct ComparedEpisode: Sendable {
    let id: EpisodeID
    let seed: UInt64
    let isScored: Bool
    /// `errored: provider`, `unscorable`; nil of a scored one.
    let failure: String?
    let domain: String?
    let fingerprint: UInt64
    let seconds: Double
    let inputTokens: Int?
    let outputTokens: Int?
    let cost: Double?
    /// The numbers of the run's measures, by their place.
    let values: [(measure: Int, value: Double)]

    func value(of measure: Int) -> Double? { values.first { $0.measure == measure }?.value }

    /// Makes episodes of a journal's figures, with one table of measures for all of them.
    struct Reader {
        let taskNames: [String: String]
        private(set) var measures: [Measure] = []
        private(set) var episodes: [ComparedEpisode] = []
        private var places: [Measure: Int] = [:]

        init(taskNames: [String: String]) { self.taskNames = taskNames }

        mutating func add(_ figures: Storage.EpisodeFigures) {
            let isScored = figures.outcome == "scored"
            var values: [(measure: Int, value: Double)] = []
            for score in isScored ? figures.scores : [] {
                for key in score.values.keys.sorted() {
                    guard let value = score.values[key], value.isFinite else { continue }
                    values.append((place(of: Measure(metric: score.metric, value: key)), value))
                }
            }
            let id = EpisodeID(
                task: taskNames[figures.id.task] ?? figures.id.task, sample: figures.id.sample, trial: figures.id.trial)
            episodes.append(
                ComparedEpisode(
                    id: id, seed: figures.seed, isScored: isScored,
                    failure: isScored ? nil : figures.cause.map { "\(figures.outcome): \($0)" } ?? figures.outcome,
                    domain: SampleDomain.of(figures.sampleMetadata), fingerprint: figures.sampleFingerprint,
                    seconds: figures.duration, inputTokens: figures.inputTokens, outputTokens: figures.outputTokens,
                    cost: figures.cost, values: values))
        }

        private mutating func place(of measure: Measure) -> Int {
            if let place = places[measure] { return place }
            places[measure] = measures.count
            measures.append(measure)
            return measures.count - 1
        }
    }
}
